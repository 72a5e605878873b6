import { describe, expect, it } from '@jest/globals';
import { parse, validate } from 'graphql';
import { countDocument } from '../../../src/cli/query/countDocument.js';
import { pageDocument, type PagedDocument } from '../../../src/cli/query/PagedDocument.js';
import { readQuery } from '../../../src/cli/query/ValidQuery.js';
import { createSchema } from '../../../src/schema/createSchema.js';

const schema = createSchema();

function page(source: string, variables: Record<string, unknown> = {}, root?: string): PagedDocument {
  const document = pageDocument(readQuery(schema, source, undefined, variables), root);
  expect(validate(schema, parse(document.source))).toEqual([]);
  return document;
}

const inOneLine = (source: string): string => source.replaceAll(/\s+/g, ' ').trim();

describe('a document that can be asked for any page', () => {
  it('has variables behind first and after, and asks where the page stands', () => {
    const { source, variables } = page('{ users(filter: { accountEnabled: { eq: true } }) { nodes { id } } }');
    expect(inOneLine(source)).toBe(
      'query ($rowsFirst0: Int, $rowsAfter0: String) { ' +
        'users( filter: {accountEnabled: {eq: true}} first: $rowsFirst0 after: $rowsAfter0 ) { nodes { id } ' +
        'rowsPageInfo: pageInfo { hasNextPage endCursor } rowsCursors: edges { cursor } } }',
    );
    expect(variables).toEqual({ rowsAfter0: null });
  });

  it('keeps the page that it asks for itself, as the values of its variables', () => {
    const source =
      'query ($n: Int, $c: String, $s: UUID!) { users(first: $n, after: $c) { nodes { usageRights(first: 7, filter: { skuId: { eq: $s } }) { nodes { id } } } } }';
    const sku = '06ebc4ee-1bb5-47dd-8120-11324bc54e06';
    const { variables } = page(source, { n: 3, c: 'cursor', s: sku });
    expect(variables).toEqual({ rowsFirst0: 3, rowsAfter0: 'cursor', rowsFirst1: 7, rowsAfter1: null, s: sku });
  });

  it('is edited inside fragments, where a list may be asked for twice', () => {
    const { lists } = page(
      'query { u: users { ...Page } u: users { nodes { mail } } } fragment Page on UserConnection { nodes { ...Rights } edges { node { usageRights { nodes { id } } } } } fragment Rights on User { usageRights { nodes { skuId } } }',
    );
    expect(lists.map(({ keys, lists: inner }) => [keys, inner.map((each) => each.keys)])).toEqual([
      [
        ['u'],
        [
          ['u', 'nodes', 'usageRights'],
          ['u', 'edges', 'node', 'usageRights'],
        ],
      ],
    ]);
  });

  it('leaves alone a list of which only the number of items is asked', () => {
    const { source, lists } = page(
      '{ groups { nodes { id m: members { totalCount } } } g: groups { totalCount } g: groups { nodes { id } } }',
    );
    expect(lists.map(({ keys }) => keys)).toEqual([['groups'], ['g']]);
    expect(inOneLine(source)).toContain('m: members { totalCount }');
  });

  it('leaves out root fields that do not lead to the rows, and their variables', () => {
    const { source, variables } = page(
      'query ($id: ID!) { ... on Query { me { id } } users { nodes { id } } group(id: $id) { id } }',
      { id: 'x' },
      'users',
    );
    expect(source).not.toMatch(/\bme\b|group|\$id/);
    expect(variables).toEqual({ rowsAfter0: null });
  });
});

describe('a document that counts a list', () => {
  const count = (source: string): string | undefined => {
    const query = readQuery(schema, source, undefined, {});
    const [list] = pageDocument(query, undefined).lists;
    const question = list === undefined ? undefined : countDocument(query, list);
    return question === undefined ? undefined : inOneLine(question.source);
  };

  it('asks for the total and nothing else', () => {
    expect(count('{ me { id } users(filter: { accountEnabled: { eq: false } }) { nodes { id } } }')).toBe(
      '{ users(filter: {accountEnabled: {eq: false}}) { totalCount } }',
    );
  });

  it('is none where Graph cannot count', () => {
    expect(count('{ allotments { nodes { id } } }')).toBeUndefined();
  });
});
