import { describe, expect, it } from '@jest/globals';
import { parseJson } from '../../src/graph/http/parseJson.js';
import { parseInParts } from '../../src/graph/http/parseInParts.js';
import { createRandom } from '../support/random.js';

/** More than V8 has among other texts. */
const long = 'x'.repeat(150_000);
const type = { 'Content-Type': 'application/json' };

function part(id: string, body: unknown): object {
  return { id, status: 200, headers: type, body };
}

function read(text: string): unknown {
  return parseJson(Buffer.from(text));
}

/** Whether a text is cut into its parts, which are what they are as a whole. */
function isReadInParts(text: string): boolean {
  const found = parseInParts(Buffer.from(text), (piece) => JSON.parse(piece.toString()) as unknown);
  if (found !== undefined) expect(found).toEqual(JSON.parse(text));
  return found !== undefined;
}

describe('a large batch answer is read part by part', () => {
  it('in whatever order the parts come', () => {
    const text = JSON.stringify({ responses: [part('12', { value: [] }), part('3', 'text'), part('1', { long })] });
    expect(isReadInParts(text)).toBe(true);
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it('with signs of more than one byte', () => {
    const text = JSON.stringify({ responses: [part('1', 'Zoë 🦊'), part('2', { long, é: 'ü' })] });
    expect(isReadInParts(text)).toBe(true);
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it('without keys that would change a prototype', () => {
    const text = `{"responses":[{"id":"1","status":200,"body":{"__proto__":{"a":1}}},{"id":"2","status":200,"body":"${long}"}]}`;
    const { responses } = read(text) as { responses: readonly { body: object }[] };
    expect(Object.keys(responses[0]?.body ?? {})).toEqual([]);
  });
});

describe('and as a whole where it cannot be cut safely', () => {
  const nested = [part('7', 'inner'), part('8', 'inner')];
  const cases: Readonly<Record<string, string>> = {
    'what looks like parts stands inside a part': JSON.stringify({
      responses: [part('1', { nested }), part('2', long)],
    }),
    'other keys stand beside the parts': JSON.stringify({ responses: [part('1', 1), part('2', long)], more: 1 }),
    'the status stands elsewhere': JSON.stringify({
      responses: [
        { id: '1', body: 1, status: 200 },
        { id: '2', body: long, status: 200 },
      ],
    }),
    'spaces stand between': JSON.stringify({ responses: [part('1', 1), part('2', long)] }, null, 1),
    'the list is given twice': `{"responses":[${JSON.stringify(part('1', 1))}],"responses":[{"id":"2","status":200,"body":"${long}"}]}`,
    'an id is longer than any of ours': JSON.stringify({ responses: [part('1', 1), part('123456789', long)] }),
    'there is one part': JSON.stringify({ responses: [part('1', long)] }),
    'a status stands in it as text': JSON.stringify({
      responses: [part('1', { a: ['","status":'] }), part('2', { a: 'b', status: 1, long })],
    }),
    'it is no batch answer': JSON.stringify({ value: [part('1', 1), part('2', long)] }),
  };
  it.each(Object.keys(cases))('%s', (name) => {
    const text = cases[name] ?? '';
    expect(isReadInParts(text)).toBe(false);
    expect(read(text)).toEqual(JSON.parse(text));
  });

  it.each(['{"id":"2","status":200,"body":{}', '"nothing"', '{"id":"2","status":200,"body":tru}'])(
    'what is broken stays an error: %s',
    (broken) => {
      const text = `{"responses":[${JSON.stringify(part('1', long))},${broken},{"id":"3","status":200,"body":1}`;
      expect(() => read(`${text}]}`.replace('"nothing"', 'nothing'))).toThrow('that is not JSON');
    },
  );

  it('gives what JSON.parse gives, for random answers', () => {
    const random = createRandom(11);
    const value = (depth: number): unknown => {
      if (depth === 0 || random.chance(0.3))
        return random.pick<unknown>([1, null, '","status":', ',{"id":"4', ']}', '\\"', 'é', true]);
      if (random.chance(0.4)) return Array.from({ length: random.below(4) }, () => value(depth - 1));
      return part(random.pick(['1', '2', '","status":', '']), value(depth - 1));
    };
    let inParts = 0;
    for (let round = 0; round < 2_000; round += 1) {
      const responses = Array.from({ length: 1 + random.below(5) }, (_, index) =>
        random.chance(0.9) ? part(String(index), value(4)) : value(3),
      );
      if (isReadInParts(JSON.stringify({ responses }))) inParts += 1;
    }
    expect(inParts).toBeGreaterThan(50);
    expect(inParts).toBeLessThan(1_800);
  });
});
