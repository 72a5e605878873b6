import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmulator, type Emulator } from '../src/emulator/index.js';
import { explainDocument } from '../src/explain/explainDocument.js';
import { openTestGateway, type TestGateway } from './support/testGateway.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The first block of code in a language. */
function block(language: string): string {
  return new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? '';
}

describe('the README tells the truth', () => {
  let emulator: Emulator;
  let gateway: TestGateway;

  beforeAll(async () => {
    emulator = await startEmulator();
    gateway = openTestGateway(emulator.url);
  });

  afterAll(async () => {
    await gateway.close();
    await emulator.close();
  });

  it('about the answer to the first query', async () => {
    const answer = await gateway.ask(block('graphql'));
    expect(answer.errors).toEqual([]);
    expect({ data: answer.data as unknown }).toEqual(JSON.parse(block('json')));
  });

  it('about the plan that explain prints for it', () => {
    expect(explainDocument(block('graphql'))).toBe(block('text'));
  });

  it('about the files that it points to', () => {
    const links = [...readme.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    const missing = links.filter((link) => {
      try {
        readFileSync(new URL(`../${link}`, import.meta.url));
        return false;
      } catch (error) {
        return (error as { code?: string }).code !== 'EISDIR';
      }
    });
    expect(missing).toEqual([]);
  });
});
