import { describe, expect, it } from '@jest/globals';
import { printFilter, printIdSegment, printQuery, printString } from '../../../src/planner/odata/printOData.js';
import { createRandom } from '../../support/random.js';

const root = 'https://graph.example/beta';

describe('A19: an id as a path segment', () => {
  it.each([
    '..',
    '.',
    '',
    '../../v1.0/me',
    '%2e%2e/me',
    'a\\..\\b',
    'a?x',
    'a#f',
    'a/b',
    'a b',
    'a\nb',
    'x'.repeat(300),
    '\u0000',
    'a..b',
  ])('%j is refused', (id) => {
    expect(() => printIdSegment(id)).toThrow(/is not an id/);
  });

  it.each([
    ['48fbdf70-9e09-40df-9dbe-17af483ab113', '48fbdf70-9e09-40df-9dbe-17af483ab113'],
    ['i6sq63x2vd3esbkifv7m42xdaugc6lfpqf3ozgvdlvk3ttnamby3', 'i6sq63x2vd3esbkifv7m42xdaugc6lfpqf3ozgvdlvk3ttnamby3'],
    ['adele@contoso.com', 'adele%40contoso.com'],
    ["o'neil_x#EXT#@contoso.com", "o'neil_x%23EXT%23%40contoso.com"],
  ])('%s is let through', (id, printed) => {
    expect(printIdSegment(id)).toBe(printed);
  });

  it('never changes the path that it stands in, whatever the text (10,000 random strings)', () => {
    const random = createRandom(19);
    const letters = [...'ab.-/\\%?#@ \'"();&=:,é\n\r\u0000\u202e2eF', '..', '%2e', '😀', '\ud800'];
    let accepted = 0;
    for (let run = 0; run < 10_000; run += 1) {
      const id = Array.from({ length: 1 + random.below(8) }, () => random.pick(letters)).join('');
      let segment: string;
      try {
        segment = printIdSegment(id);
      } catch {
        continue;
      }
      accepted += 1;
      const url = new URL(`${root}/users/${segment}/cloudLicensing/usageRights`);
      expect(url.pathname.split('/')).toEqual(['', 'beta', 'users', segment, 'cloudLicensing', 'usageRights']);
      expect(decodeURIComponent(segment)).toBe(id);
      expect([url.search, url.hash]).toEqual(['', '']);
    }
    expect(accepted).toBeGreaterThan(100);
  });
});

/** Reads one string literal of OData: what stands between the quotes, quotes undoubled; undefined where more is there. */
function readLiteral(text: string): string | undefined {
  const match = /^'((?:[^']|'')*)'$/.exec(text);
  return match?.[1]?.replaceAll("''", "'");
}

/** A text made of what has a meaning in URLs, in OData, in JSON or in HTTP. */
function hostileText(random: ReturnType<typeof createRandom>): string {
  const letters = [...'ab\'")(,;&#%=$+ \\/?:é\n\t', "''", '%27', '&filter=', '&$filter=', ')or(', '\u0000', '😀'];
  return Array.from({ length: random.below(12) }, () => random.pick(letters)).join('');
}

/** The one option that stands before `$top` in the query of a URL, read as a server does. */
function readOption(name: string, query: string): string {
  const url = new URL(`${root}/users${query}`);
  expect(url.hash).toBe('');
  expect([...url.searchParams.keys()]).toEqual([name, '$top']);
  return decodeURIComponent(url.search.slice(name.length + 2).replace(/&\$top=5$/, ''));
}

describe('A21: a text in a query', () => {
  const runs = 10_000;

  it('is one literal again when a comparison is read, whatever the text (10,000 random strings)', () => {
    const random = createRandom(21);
    for (let run = 0; run < runs; run += 1) {
      const value = hostileText(random);
      const literal = { type: 'string', value } as const;
      const filter = { kind: 'compare', operator: 'eq', property: 'displayName', literal } as const;
      const read = readOption('$filter', printQuery({ filter, top: 5 }));
      expect(read.startsWith('displayName eq ')).toBe(true);
      expect(readLiteral(read.slice('displayName eq '.length))).toBe(value);
    }
  });

  it('is one literal again as the beginning of a name (10,000 random strings)', () => {
    const random = createRandom(22);
    for (let run = 0; run < runs; run += 1) {
      const value = hostileText(random);
      const filter = { kind: 'startsWith', property: 'displayName', literal: { type: 'string', value } } as const;
      const read = readOption('$filter', printQuery({ filter, top: 5 }));
      expect(readLiteral(/^startsWith\(displayName,([^]*)\)$/.exec(read)?.[1] ?? '')).toBe(value);
    }
  });

  it('is one literal among others in a list (10,000 random strings)', () => {
    const random = createRandom(23);
    for (let run = 0; run < runs; run += 1) {
      const values = [hostileText(random), hostileText(random)];
      const literals = values.map((value) => ({ type: 'string', value }) as const);
      const read = readOption('$filter', printQuery({ filter: { kind: 'in', property: 'mail', literals }, top: 5 }));
      const list = /^mail in \(('(?:[^']|'')*'),('(?:[^']|'')*')\)$/.exec(read);
      expect([readLiteral(list?.[1] ?? ''), readLiteral(list?.[2] ?? '')]).toEqual(values);
    }
  });

  it('is one phrase again in a search (10,000 random strings)', () => {
    const random = createRandom(24);
    for (let run = 0; run < runs; run += 1) {
      const value = hostileText(random);
      const read = readOption('$search', printQuery({ search: value, top: 5 }));
      const phrase = /^"displayName:((?:[^"\\]|\\["\\])*)"$/.exec(read)?.[1];
      expect(phrase?.replace(/\\(["\\])/g, '$1')).toBe(value);
    }
  });

  it('refuses half a character pair', () => {
    expect(() => printString('\ud800')).toThrow(/half of a character pair/);
  });
});

describe('A20: a GUID in a filter stands without quotes, so nothing but a GUID is let in', () => {
  it.each([
    'x or 1 eq 1',
    '639dec6b-bb19-468b-871c-c5c441c4b0cb or true',
    "'639dec6b-bb19-468b-871c-c5c441c4b0cb'",
    '',
  ])('%j is refused', (value) => {
    const literal = { type: 'guid', value } as const;
    expect(() => printFilter({ kind: 'compare', operator: 'eq', property: 'skuId', literal })).toThrow(/is not a GUID/);
  });
});

describe('query options', () => {
  const skuId = { type: 'guid', value: '639DEC6B-bb19-468b-871c-c5c441c4b0cb' } as const;
  it('prints a filter on a plan inside a collection as the documentation does', () => {
    const planId = { kind: 'compare', operator: 'eq', property: 'planId', literal: skuId } as const;
    const query = printQuery({ filter: { kind: 'any', collection: 'services', filter: planId } });
    expect(decodeURIComponent(query)).toBe('?$filter=services/any(c:c/planId eq 639dec6b-bb19-468b-871c-c5c441c4b0cb)');
  });

  it('joins the options of an expansion by semicolons', () => {
    const filter = { kind: 'in', property: 'skuId', literals: [skuId, skuId] } as const;
    const query = printQuery({
      select: ['id'],
      expand: [{ navigation: 'allotment', select: ['id', 'skuId'], filter }],
    });
    expect(decodeURIComponent(query)).toBe(
      '?$select=id&$expand=allotment($select=id,skuId;$filter=skuId in (639dec6b-bb19-468b-871c-c5c441c4b0cb,639dec6b-bb19-468b-871c-c5c441c4b0cb))',
    );
  });

  it('puts search words into quotes and escapes quotes in them', () => {
    expect(decodeURIComponent(printQuery({ search: 'a "b" \\' }))).toBe('?$search="displayName:a \\"b\\" \\\\"');
  });
});
