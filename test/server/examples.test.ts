import { describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { readConfig } from '../../src/config/readConfig.js';
import { createSchema } from '../../src/schema/createSchema.js';
import { checkSource } from '../../src/server/limits/checkSource.js';
import { readExamples } from '../../src/server/pages/readExamples.js';

const examples = readExamples();

describe('the example queries', () => {
  it('are eight or more, each headed by a question in plain words', () => {
    expect(examples.length).toBeGreaterThanOrEqual(8);
    for (const { title } of examples) expect(title).toMatch(/^[A-Z].*\?$/);
  });

  it.each(examples.map((example) => [example.name, example] as const))(
    '%s is valid and within the limits',
    (_name, example) => {
      expect(validate(createSchema(), parse(example.query))).toEqual([]);
      expect(() => checkSource(example.query, readConfig({}).limits)).not.toThrow();
    },
  );
});
