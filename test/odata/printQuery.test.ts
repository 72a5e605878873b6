import { describe, expect, it } from '@jest/globals';
import type { Filter } from '../../src/odata/ODataQuery.js';
import { fillPath } from '../../src/odata/fillPath.js';
import { printId } from '../../src/odata/printId.js';
import { printFilter, printQuery } from '../../src/odata/printQuery.js';
import { printString } from '../../src/odata/printString.js';
import { createRandom } from '../support/random.js';

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
    expect(() => printId(id)).toThrow(/is not an id/);
  });

  it.each([
    ['48fbdf70-9e09-40df-9dbe-17af483ab113', '48fbdf70-9e09-40df-9dbe-17af483ab113'],
    ['i6sq63x2vd3esbkifv7m42xdaugc6lfpqf3ozgvdlvk3ttnamby3', 'i6sq63x2vd3esbkifv7m42xdaugc6lfpqf3ozgvdlvk3ttnamby3'],
    ['adele@contoso.com', 'adele%40contoso.com'],
    ["o'neil_x#EXT#@contoso.com", "o'neil_x%23EXT%23%40contoso.com"],
  ])('%s is let through', (id, printed) => {
    expect(printId(id)).toBe(printed);
  });

  it('never changes the path that it stands in, whatever the text (10,000 random strings)', () => {
    const random = createRandom(19);
    const letters = [...'ab.-/\\%?#@ \'"();&=:,é\n\r\u0000\u202e2eF', '..', '%2e', '😀', '\ud800'];
    let accepted = 0;
    for (let run = 0; run < 10_000; run += 1) {
      const id = Array.from({ length: 1 + random.below(8) }, () => random.pick(letters)).join('');
      let segment: string;
      try {
        segment = printId(id);
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

/** The one option that stands before `$top` in the query of a URL, as a server reads it; undefined where more is there. */
function readOption(name: string, query: string): string | undefined {
  const url = new URL(`${root}/users${query}`);
  const isAlone = url.hash === '' && [...url.searchParams.keys()].join() === `${name},$top`;
  return isAlone ? decodeURIComponent(url.search.slice(name.length + 2).replace(/&\$top=5$/, '')) : undefined;
}

/** The texts, of 10,000, that are not read as they were printed. */
function misread(seed: number, read: (text: string) => string | undefined): readonly string[] {
  const random = createRandom(seed);
  const texts = Array.from({ length: 10_000 }, () => hostileText(random));
  return texts.filter((text) => read(text) !== text);
}

describe('A21: a text in a query is one literal again when the URL is read (10,000 random strings each)', () => {
  it('that is compared with', () => {
    const read = (value: string): string | undefined => {
      const filter: Filter = {
        kind: 'compare',
        operator: 'eq',
        property: 'displayName',
        literal: { type: 'string', value },
      };
      const printed = readOption('$filter', printQuery({ filter, top: 5 }));
      return readLiteral(/^displayName eq ([^]*)$/.exec(printed ?? '')?.[1] ?? '');
    };
    expect(misread(21, read)).toEqual([]);
  });

  it.each(['startsWith', 'endsWith'] as const)('that %s looks for', (name) => {
    const read = (value: string): string | undefined => {
      const filter: Filter = { kind: 'function', name, property: 'mail', literal: { type: 'string', value } };
      const printed = readOption('$filter', printQuery({ filter, top: 5 }));
      return readLiteral(/^\w+\(mail,([^]*)\)$/.exec(printed ?? '')?.[1] ?? '');
    };
    expect(misread(22, read)).toEqual([]);
  });

  it('that stands in a key in parentheses', () => {
    const letters = [..."ab.-~=!_'#&;+$é"];
    const random = createRandom(26);
    let accepted = 0;
    for (let run = 0; run < 2_000; run += 1) {
      const name = Array.from({ length: 1 + random.below(6) }, () => random.pick(letters)).join('');
      const id = `$${name}@example.com`;
      let path: string;
      try {
        path = fillPath('/users/{id}', { id });
      } catch {
        continue;
      }
      accepted += 1;
      const [, segment = ''] =
        /^\/users\((.*)\)$/.exec(decodeURIComponent(new URL(root + path).pathname.slice(5))) ?? [];
      expect(readLiteral(segment)).toBe(id);
    }
    expect(accepted).toBeGreaterThan(100);
  });

  it('that is one of a list', () => {
    const read = (value: string): string | undefined => {
      const literals = [value, 'last'].map((each) => ({ type: 'string', value: each }) as const);
      const printed = readOption('$filter', printQuery({ filter: { kind: 'in', property: 'mail', literals }, top: 5 }));
      return readLiteral(/^mail in \(('(?:[^']|'')*'),'last'\)$/.exec(printed ?? '')?.[1] ?? '');
    };
    expect(misread(23, read)).toEqual([]);
  });

  it('that is searched for', () => {
    const read = (value: string): string | undefined => {
      const printed = readOption('$search', printQuery({ search: value, top: 5 }));
      const phrase = /^"displayName:((?:[^"\\]|\\["\\])*)"$/.exec(printed ?? '')?.[1];
      return phrase?.replace(/\\(["\\])/g, '$1');
    };
    expect(misread(24, read)).toEqual([]);
  });

  it('refuses what is longer than any property, which would make URLs of any size', () => {
    expect(printString("'".repeat(256))).toBe(`'${"''".repeat(256)}'`);
    for (const print of [() => printString('x'.repeat(257)), () => printQuery({ search: 'x'.repeat(1_000_000) })]) {
      expect(print).toThrow(/more than the 256 that are allowed/);
    }
  });

  it('refuses half a character pair', () => {
    expect(() => printString('\ud800')).toThrow(/half of a character pair/);
  });
});

describe('A20: a GUID or a date-time in a filter stands without quotes, so nothing else is let in', () => {
  it.each([
    ['guid', 'x or 1 eq 1'],
    ['guid', '639dec6b-bb19-468b-871c-c5c441c4b0cb or true'],
    ['guid', "'639dec6b-bb19-468b-871c-c5c441c4b0cb'"],
    ['guid', ''],
    ['dateTime', '2024-01-01T00:00:00Z or true'],
    ['dateTime', "'2024-01-01T00:00:00Z'"],
    ['dateTime', '2024-01-01'],
    ['dateTime', ''],
  ] as const)('%s %j is refused', (type, value) => {
    const refused = type === 'guid' ? /is not a GUID/ : /is not a date-time/;
    const filter = { kind: 'compare', operator: 'ge', property: 'x', literal: { type, value } } as const;
    expect(() => printFilter(filter)).toThrow(refused);
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

  it.each([
    [{ kind: 'compare', operator: 'ne', property: 'mail', literal: { type: 'string', value: 'a@b' } }, "mail ne 'a@b'"],
    [{ kind: 'compare', operator: 'eq', property: 'mail', literal: { type: 'string', value: null } }, 'mail eq null'],
    [{ kind: 'compare', operator: 'ne', property: 'mail', literal: { type: 'string', value: null } }, 'mail ne null'],
    [{ kind: 'filled', collection: 'assignedLicenses', isFilled: true }, 'assignedLicenses/$count ne 0'],
    [{ kind: 'filled', collection: 'assignedLicenses', isFilled: false }, 'assignedLicenses/$count eq 0'],
  ] satisfies [Filter, string][])('prints %j as %s', (filter, printed) => {
    expect(decodeURIComponent(printFilter(filter))).toBe(printed);
  });
});
