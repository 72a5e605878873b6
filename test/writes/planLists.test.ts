import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseGround, type GraphGround } from './support/GraphGround.js';
import { openReplicas, type Answer, type LocalReplicas } from './support/openReplicas.js';

let replicas: LocalReplicas;
let ground: GraphGround;
let pool: string;
let plans: readonly string[];
let people: readonly string[];

beforeAll(async () => {
  replicas = await openReplicas();
  ground = await chooseGround(replicas.emulator);
  const [, allotment] = ground.allotments;
  [pool, plans, people] = [allotment?.id ?? '', allotment?.plans ?? [], ground.assignees.slice(0, 3)];
});

afterAll(() => replicas.close());

type Row = Readonly<Record<string, unknown>>;

function withoutList({ disabledServicePlanIds: _list, ...row }: Row): Row {
  return row;
}

function withNull(row: Row): Row {
  return { ...row, disabledServicePlanIds: null };
}

/** A list with a row of this kind in the place of each, or such an object. */
function everywhere(change: (row: Row) => Row) {
  return (body: Row): Row => (Array.isArray(body.value) ? { ...body, value: body.value.map(change) } : change(body));
}

async function change(field: string, input: object, shown = 'outcome userErrors { code message }'): Promise<Answer> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  return replicas.ask(0, 'somebody', `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${shown} } }`, {
    input,
  });
}

describe.each([
  ['left out', withoutList],
  ['null', withNull],
])('where Graph shows assignments whose list of plans that are off is %s', (_, damage) => {
  let id: string;

  beforeEach(async () => {
    replicas.emulator.reset();
    await ground.clear();
    id = await ground.assign(pool, people[0] ?? '');
    replicas.emulator.reset();
    replicas.emulator.script({
      method: 'GET',
      path: /\/assignments/,
      kind: 'change',
      change: everywhere(damage),
      times: 99,
    });
  });

  it('others are assigned, and whoever has it has it with all plans on', async () => {
    const results = 'results { outcome userErrors { code } }';
    const { data } = await change('assignLicenses', { allotmentId: pool, assigneeIds: people }, results);
    expect(data.done.results).toEqual([
      { outcome: 'ALREADY_EXISTS', userErrors: [] },
      { outcome: 'CREATED', userErrors: [] },
      { outcome: 'CREATED', userErrors: [] },
    ]);
  });

  it('it can be updated and deleted', async () => {
    const updated = await change('updateAssignment', { id, disabledServicePlanIds: plans.slice(0, 1) });
    expect(updated.data.done).toEqual({ outcome: 'UPDATED', userErrors: [] });
    const deleted = await change('deleteAssignment', { id });
    expect(deleted.data.done).toEqual({ outcome: 'DELETED', userErrors: [] });
  });

  it('queries are told that the list is missing', async () => {
    const query = 'query ($id: ID!) { assignment(id: $id) { disabledServicePlanIds } }';
    const { errors } = await replicas.ask(0, 'somebody', query, { id });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UPSTREAM_BAD_RESPONSE']);
  });
});
