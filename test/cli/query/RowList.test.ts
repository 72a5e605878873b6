import { describe, expect, it } from '@jest/globals';
import { readCell } from '../../../src/cli/query/readCell.js';
import { findRowList, listNames, objectOf, rowsIn } from '../../../src/cli/query/RowList.js';
import { readQuery } from '../../../src/cli/query/ValidQuery.js';
import { createSchema } from '../../../src/schema/createSchema.js';

const schema = createSchema();

function shapeOf(source: string, variables: Record<string, unknown> = {}) {
  return readQuery(schema, source, undefined, variables).shape;
}

const rowsOf = (source: string, wanted?: string) => {
  const list = findRowList(shapeOf(source), wanted);
  if (list === undefined) throw new Error('there is no such list');
  return list;
};

const columnsOf = (source: string, wanted?: string) => rowsOf(source, wanted).columns.map(({ name }) => name);

describe('the rows of a query', () => {
  it.each([
    ['{ users { nodes { id } } skus { skuId } }', undefined, 'users'],
    ['{ me { usageRights { nodes { id } } } skus { skuId } }', undefined, 'skus'],
    ['{ me { rights: usageRights { edges { node { id } } } } }', undefined, 'me.rights'],
    ['{ users { nodes { usageRights { nodes { id } } } } }', 'users.usageRights', 'users.usageRights'],
    ['{ users { totalCount } skus { skuId } }', undefined, 'skus'],
    ['{ me { displayName } }', undefined, ''],
  ])('of %s, asked for %s, are the items of %j', (source, wanted, name) => {
    expect(rowsOf(source, wanted).name).toBe(name);
  });

  it('are named by what people see of the query', () => {
    const shape = shapeOf('{ users { edges { node { usageRights { nodes { services { planId } } } } } } }');
    expect(findRowList(shape, 'users.nodes')).toBeUndefined();
    expect(listNames(shape)).toEqual(['users', 'users.usageRights', 'users.usageRights.services']);
  });
});

describe('the columns of a query', () => {
  it('are the leaves by dotted path, in its order', () => {
    expect(
      columnsOf(
        '{ users { totalCount nodes { name: displayName manager { mail } usageRights { totalled: __typename nodes { sku { displayName } skuId } } id } pageInfo { hasNextPage } } }',
      ),
    ).toEqual([
      'name',
      'manager.mail',
      'usageRights.totalled',
      'usageRights.sku.displayName',
      'usageRights.skuId',
      'id',
    ]);
  });

  it('are each there once, whatever types they are asked of, and whether by nodes or by edges', () => {
    const source = `query ($no: Boolean! = false) { assignments { edges { cursor node { assignedTo { ...Who } } } } }
      fragment Who on DirectoryObject { id ... on User { id mail displayName @include(if: $no) } ... on Group { mail visibility } }`;
    expect(columnsOf(source)).toEqual(['cursor', 'assignedTo.id', 'assignedTo.mail', 'assignedTo.visibility']);
  });
});

describe('the columns above the rows', () => {
  const above = (source: string, wanted?: string) => rowsOf(source, wanted).above.map(({ name }) => name);

  it('are the leaves of the objects that the rows hang from, from the outermost on, but for other lists of theirs', () => {
    const source = `{ users { totalCount edges { cursor node {
      id manager { mail } assignments { nodes { id } } usageRights { totalCount: __typename nodes { skuId services { planId } } } department
    } } } skus { skuId } me { id } }`;
    expect(above(source, 'users.usageRights')).toEqual(['users.id', 'users.manager.mail', 'users.department']);
    expect(above(source, 'users.usageRights.services')).toEqual([
      'users.id',
      'users.manager.mail',
      'users.department',
      'users.usageRights.skuId',
    ]);
    expect(above(source, 'skus')).toEqual([]);
  });

  it('are there without lists on the way, too, and none is called like one of the row', () => {
    expect(above('{ me { id displayName usageRights { nodes { skuId } } } }')).toEqual(['me.id', 'me.displayName']);
    const source = `{ allotment(id: "a") { id skuId waitingMembers { nodes { allotment { id } } } } }`;
    expect(above(source)).toEqual(['allotment.skuId']);
  });
});

describe('a cell', () => {
  const list = rowsOf(
    '{ users { nodes { displayName accountEnabled manager { mail } usageRights { nodes { skuId services { planName } } } } } }',
  );
  const cells = (row: object) => list.columns.map((column) => readCell(row, column));

  it('holds a value, or those of lists joined, with a place for those that are null', () => {
    const row = {
      displayName: 'Anna',
      accountEnabled: false,
      manager: null,
      usageRights: {
        nodes: [
          { skuId: 'a', services: [{ planName: 'p' }, { planName: null }, { planName: 'q' }] },
          null,
          { skuId: null, services: null },
        ],
      },
    };
    expect(cells(row)).toEqual(['Anna', false, '', 'a; ; ', 'p, , q; ; ']);
  });

  it('has one place for each item of the outer list, however long the lists inside are', () => {
    const right = (skuId: string, plans: readonly string[]) => ({
      skuId,
      services: plans.map((planName) => ({ planName })),
    });
    const nodes = [right('a', []), right('b', ['p', 'q']), right('c', ['r'])];
    expect(cells({ usageRights: { nodes } }).slice(3)).toEqual(['a; b; c', '; p, q; r']);
    expect(cells({ usageRights: { nodes: [right('a', ['p', 'q'])] } }).slice(3)).toEqual(['a', 'p, q']);
  });

  it('joins a list of values in the row itself by semicolons, and one inside a list by commas', () => {
    const services = rowsOf('{ assignments { nodes { disabledServicePlanIds } } }');
    const [column] = services.columns;
    expect(column === undefined ? '' : readCell({ disabledServicePlanIds: ['a', 'b'] }, column)).toBe('a; b');
    const tags = rowsOf('{ allotments { nodes { subscriptions { state tags } } } }').columns;
    const row = {
      subscriptions: [
        { state: 's', tags: ['x', 'y'] },
        { state: 't', tags: [] },
      ],
    };
    expect(tags.map((each) => readCell(row, each))).toEqual(['s; t', 'x, y; ']);
  });

  it('is empty where there is nothing', () => {
    expect(cells({ displayName: null, usageRights: { nodes: [] } })).toEqual(['', '', '', '', '']);
  });

  it('comes from a row with its place in the answer', () => {
    const data = { users: { nodes: [{ displayName: 'a' }, null, { displayName: 'b' }] } };
    expect([...rowsIn(data, list)].map(({ value, path }) => ({ value, path }))).toEqual([
      { value: { displayName: 'a' }, path: ['users', 'nodes', 0] },
      { value: { displayName: 'b' }, path: ['users', 'nodes', 2] },
    ]);
  });

  it('of a column above the row comes from the object that the row hangs from', () => {
    const rights = rowsOf('{ users { nodes { id usageRights { nodes { skuId } } } } }', 'users.usageRights');
    const nodes = [
      { id: 'a', usageRights: { nodes: [{ skuId: 'x' }, { skuId: 'y' }] } },
      { id: 'b', usageRights: { nodes: [{ skuId: 'z' }] } },
    ];
    const columns = [...rights.above, ...rights.columns];
    const cells = [...rowsIn({ users: { nodes } }, rights)].map((row) =>
      columns.map((column) => readCell(objectOf(row, column).value, column)),
    );
    expect(cells).toEqual([
      ['a', 'x'],
      ['a', 'y'],
      ['b', 'z'],
    ]);
  });

  it.each([
    ['edges { cursor } nodes { id }', ['cursor', 'id']],
    ['nodes { id } edges { cursor node { mail } }', ['id', 'cursor', 'mail']],
    ['ids: nodes { id } mails: nodes { mail }', ['id', 'mail']],
  ])('of a list that is asked for %s has what each of them says', (items, names) => {
    const list = rowsOf(`{ users { ${items} } }`);
    const answers = { id: 'a', mail: 'm' };
    const edges = [null, { cursor: 'c', node: answers }];
    const data = { users: { nodes: [null, answers], ids: [null, answers], mails: [null, answers], edges } };
    const [row, ...others] = [...rowsIn(data, list)];
    if (row === undefined) throw new Error('there is no row');
    const values: Record<string, string> = { cursor: 'c', id: 'a', mail: 'm' };
    expect([list.columns.map(({ name }) => name), others]).toEqual([names, []]);
    expect(list.columns.map((column) => readCell(row.value, column))).toEqual(names.map((name) => values[name]));
  });
});
