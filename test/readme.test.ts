import { existsSync, readdirSync, readFileSync } from 'node:fs';
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
});

const root = new URL('../', import.meta.url);
const docs = readdirSync(new URL('docs', root), { recursive: true, encoding: 'utf8' });
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...docs.map((page) => `docs/${page}`)].filter((page) =>
  page.endsWith('.md'),
);

describe('every page tells the truth', () => {
  it.each(pages)('%s: about the pages and files that it links to', (page) => {
    const at = new URL(page, root);
    const links = [...readFileSync(at, 'utf8').matchAll(/\]\(((?!https?:)[^)#]+)(?:#[^)]*)?\)/g)];
    expect(links.map(([, link = '']) => link).filter((link) => !existsSync(new URL(link, at)))).toEqual([]);
  });

  it.each(pages)('%s: about how commands are called, and the files that they are given', (page) => {
    const text = readFileSync(new URL(page, root), 'utf8');
    const commands = [...text.matchAll(/^ {4}(?:\S.*)$/gm)].map(([line]) => line.trim());
    expect(commands.filter((line) => line.startsWith('license-gateway'))).toEqual([]);
    const given = commands.flatMap((line) => /--config(?:-path)? (\S+)/.exec(line)?.[1] ?? []);
    expect(given.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  it.each(pages)('%s: about the folders and files of the code that it names', (page) => {
    const text = readFileSync(new URL(page, root), 'utf8');
    const named = [...text.matchAll(/`((?:src|test|schema|scripts|examples|deploy|jobs|bench)\/[\w./-]*)`/g)];
    expect(named.map(([, path = '']) => path).filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });
});
