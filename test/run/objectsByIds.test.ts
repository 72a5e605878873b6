import { describe, expect, it } from '@jest/globals';
import { sendJson, startRawServer } from '../graph/support/startRawServer.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { openTestGateway } from '../support/testGateway.js';

/** The id of a user, with letters in it. */
function idOf(place: number): string {
  return `abcdef00-0000-4000-8000-00000000000${place}`;
}

/** Asks for users 1, 2 and 3 of a Graph whose getByIds answers with these pages. */
async function namesOf(...pages: readonly (readonly object[])[]): Promise<unknown> {
  const graph = await startRawServer((request, response) => {
    const place = Number(/skiptoken=(\d+)/.exec(String(request.url))?.[1] ?? 0);
    const next = `${graph.url}/directoryObjects/getByIds?$skiptoken=${place + 1}`;
    sendJson(response, {
      value: pages[place],
      ...(place + 1 < pages.length ? { '@odata.nextLink': next } : {}),
    });
  });
  const gateway = openTestGateway(graph.url);
  closeAfterEach(graph, gateway);
  const ids = [1, 2, 3].map((each) => `"${idOf(each)}"`).join(', ');
  const { data, errors } = await gateway.ask(`{ usersByIds(ids: [${ids}]) { displayName } }`);
  expect(errors ?? []).toEqual([]);
  return (data as { usersByIds: readonly ({ displayName: string } | null)[] }).usersByIds.map(
    (user) => user?.displayName ?? null,
  );
}

const user = (place: number, id = idOf(place)) => ({ id, displayName: `U${place}` });

describe('getByIds promises no order: each object is found by its id', () => {
  it.each([
    ['as asked for', [user(1), user(2), user(3)], ['U1', 'U2', 'U3']],
    ['the other way round', [user(3), user(2), user(1)], ['U1', 'U2', 'U3']],
    ['without the first one', [user(2), user(3)], [null, 'U2', 'U3']],
    ['without the second one', [user(1), user(3)], ['U1', null, 'U3']],
    ['nothing at all', [], [null, null, null]],
    ['ids in upper case', [1, 2, 3].map((place) => user(place, idOf(place).toUpperCase())), ['U1', 'U2', 'U3']],
    [
      'a group between them, which nobody asked for',
      [{ ...user(1), '@odata.type': '#microsoft.graph.group' }, user(2), user(3)],
      [null, 'U2', 'U3'],
    ],
  ])('%s', async (_, page, names) => {
    expect(await namesOf(page)).toEqual(names);
  });

  it('on two pages, the last one first', async () => {
    expect(await namesOf([user(3)], [user(1), user(2)])).toEqual(['U1', 'U2', 'U3']);
  });
});

describe('ids that are asked for together', () => {
  it('are object ids, or their field is an error and nothing is sent', async () => {
    const graph = await startRawServer((_, response) => sendJson(response, { value: [] }));
    const gateway = openTestGateway(graph.url);
    closeAfterEach(graph, gateway);
    const { data, errors } = await gateway.ask(`{ usersByIds(ids: ["${idOf(1)}", "ann@example.com"]) { id } }`);
    expect(data).toEqual({ usersByIds: null });
    const message = 'Query.usersByIds: "ann@example.com" is not an object id (a GUID).';
    expect(errors).toMatchObject([{ path: 'usersByIds', code: 'BAD_USER_INPUT', message }]);
    expect(graph.requests).toEqual([]);
  });
});
