import { expect, it } from '@jest/globals';
import { startEmulator } from '../../src/emulator/index.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { openTestGateway } from '../support/testGateway.js';

it('errors that clients are told have no stack, which would take most of the time of an answer full of them', async () => {
  const emulator = await startEmulator({ users: 5, latencyMs: 0 });
  const gateway = openTestGateway(emulator.url);
  closeAfterEach(emulator, gateway);
  emulator.script({ method: 'GET', path: /\/groups/, kind: 'answer', status: 403 });
  const odd = { value: [{ id: 'odd', skuId: 7 }] };
  emulator.script({ method: 'GET', path: /\/allotments/, kind: 'change', change: () => odd });
  const { raw } = await gateway.ask(
    '{ nodes(nodeIds: ["wrong"]) { nodeId } user(id: "a/b") { id } groups { nodes { id } } allotments { nodes { skuId } } }',
  );
  expect(raw.map(({ path }) => path?.[0])).toEqual(['nodes', 'user', 'groups', 'allotments']);
  for (const error of raw) {
    expect(error.stack).not.toMatch(/\n +at /);
    expect(error.originalError?.stack).not.toMatch(/\n +at /);
  }
});
