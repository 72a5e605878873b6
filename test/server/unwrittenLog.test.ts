import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createLogger, logTo } from '../../src/server/createLogger.js';
import { closeAfterEach } from '../support/closeAfterEach.js';
import { ask, startToyServer } from './toyServer.js';

/** A descriptor to which nothing can be written, as where the disk is full. */
const openForReading = () => openSync(fileURLToPath(import.meta.url), 'r');

describe('a log that cannot be written', () => {
  it('keeps nobody from being answered', async () => {
    const descriptor = openForReading();
    const toy = await startToyServer({ options: { log: createLogger('info', logTo(descriptor)) } });
    for (let time = 0; time < 3; time += 1) expect((await ask(toy, '{ user { id } }')).status).toBe(200);
    await toy.close();
    closeSync(descriptor);
  });

  it('does not keep the process from ending', async () => {
    const descriptor = openForReading();
    const environment = { PORT: '0', GRAPH_AUTH: 'none', GRAPH_BASE_URL: 'http://127.0.0.1:9/beta' };
    const child = spawn(process.execPath, ['scripts/run.mjs', 'serve'], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', descriptor],
    });
    closeAfterEach({ close: async () => void child.kill('SIGKILL') });
    const ended = once(child, 'close');
    await once(child.stdout as Readable, 'data');
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    closeSync(descriptor);
  });

  it('loses lines, and does not keep all of them in memory', () => {
    const descriptor = openForReading();
    const destination = logTo(descriptor);
    let lost = 0;
    destination.on('drop', () => (lost += 1));
    const log = createLogger('info', destination);
    for (let line = 0; line < 100; line += 1) log.info({ text: 'x'.repeat(100_000) }, 'line');
    expect(lost).toBeGreaterThan(50);
    closeSync(descriptor);
  });
});
