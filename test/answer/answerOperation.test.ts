import { describe, expect, it } from '@jest/globals';
import { getOperationAST, parse } from 'graphql';
import { answerOperation, type AnswerEnvironment } from '../../src/answer/answerOperation.js';
import { createCursors } from '../../src/answer/Cursors.js';
import { CompiledDocuments } from '../../src/compile/CompiledDocuments.js';
import { learnedLimits } from '../../src/compile/CompileLimits.js';
import { builtInNames } from '../../src/names/readProductNames.js';
import type { GraphReader } from '../../src/run/GraphReader.js';
import { LearnedOptions } from '../../src/run/learned/LearnedOptions.js';
import { createSchema } from '../../src/schema/createSchema.js';

const schema = createSchema();
const parts = {
  schema,
  compiled: new CompiledDocuments(schema, learnedLimits),
  limits: { maxCost: 100, maxRepresentations: 100, maxMutations: 1, maxValues: 1000 },
};
const document = parse('{ user(id: "6fd2c87f-b296-42f0-b197-1e91e994b900") { displayName } }');
const operation = getOperationAST(document);
if (operation === null || operation === undefined) throw new Error('no operation');
const asked = { document, operation, variables: {} };

function openEnvironment(admit: AnswerEnvironment['admit']) {
  const seen: string[] = [];
  const reader = {
    readObject: async () => {
      seen.push('read');
      return { id: '6fd2c87f-b296-42f0-b197-1e91e994b900', displayName: 'Ada' };
    },
  } as unknown as GraphReader;
  const environment: AnswerEnvironment = {
    openReader: () => {
      seen.push('opened');
      return reader;
    },
    cursors: createCursors('a key', ''),
    learned: new LearnedOptions(),
    names: builtInNames,
    callerKey: '',
    resolve: async () => ({ data: {} }),
    admit,
  };
  return { environment, seen };
}

const answer = { data: { user: { displayName: 'Ada' } }, errors: [] };

describe('an operation that waits for its turn', () => {
  it('has no reader until then, so that nothing that became old meanwhile keeps what is read', async () => {
    let begin: (release: () => void) => void = () => undefined;
    const turn = new Promise<() => void>((resolve) => (begin = resolve));
    const { environment, seen } = openEnvironment(() => turn);
    const answering = answerOperation(parts, asked, environment);
    await Promise.resolve();
    expect(seen).toEqual([]);
    begin(() => seen.push('released'));
    expect(await answering).toMatchObject(answer);
    expect(seen).toEqual(['opened', 'read', 'released']);
  });

  it('is refused by what its turn is rejected with', async () => {
    const { environment, seen } = openEnvironment(async () => {
      throw new Error('no time');
    });
    await expect(answerOperation(parts, asked, environment)).rejects.toThrow('no time');
    expect(seen).toEqual([]);
  });
});

describe('an operation that need not wait', () => {
  it('says when it is over and whether it was answered without an error, also where it fails', async () => {
    const { environment, seen } = openEnvironment(() => (isWhole) => seen.push(`released ${isWhole}`));
    expect(await answerOperation(parts, asked, environment)).toMatchObject(answer);
    expect(seen).toEqual(['opened', 'read', 'released true']);
    const broken = {
      ...environment,
      openReader: () => {
        throw new Error('no reader');
      },
    };
    await expect(async () => answerOperation(parts, asked, broken)).rejects.toThrow('no reader');
    const readObject = () => Promise.reject(new Error('no answer'));
    const failing = { ...environment, openReader: () => ({ readObject }) as unknown as GraphReader };
    expect(await answerOperation(parts, asked, failing)).toMatchObject({ data: { user: null } });
    expect(seen.slice(3)).toEqual(['released false', 'released false']);
  });

  it('is refused at once where it costs too much', () => {
    const { environment, seen } = openEnvironment(() => () => undefined);
    const strict = { ...parts, limits: { ...parts.limits, maxCost: 0 } };
    expect(() => answerOperation(strict, asked, environment)).toThrow('may need 1 operations');
    expect(seen).toEqual([]);
  });
});
