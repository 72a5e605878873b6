import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startToyServer, type Toy } from './toyServer.js';

/** More than Node keeps by itself (511), fewer than systems allow. */
const clients = 600;

const turn = (): Promise<void> => new Promise(setImmediate);

describe('many clients at once', () => {
  let toy: Toy;
  const sockets: Socket[] = [];
  beforeAll(async () => {
    toy = await startToyServer();
  });
  afterAll(async () => {
    await Promise.all(sockets.map((socket) => once(socket.destroy(), 'close')));
    await toy.close();
  });

  it('are all connected before the first is accepted: nobody has to knock a second time, a second later', async () => {
    const { hostname, port } = new URL(toy.url);
    let connected = 0;
    for (let index = 0; index < clients; index += 1) {
      sockets.push(connect(Number(port), hostname).once('connect', () => (connected += 1)));
    }
    for (let index = 0; index < 50; index += 1) await turn();
    expect(connected).toBe(clients);
  });
});
