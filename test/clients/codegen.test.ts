import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TypedDocumentNode } from '@urql/core';
import { createApolloClient } from '../../examples/clients/apollo.js';
import { createUrqlClient, type UrqlClientOptions } from '../../examples/clients/urql.js';
import { apiDefinitions } from '../../src/schema/apiDefinitions.js';
import { openClientStand, type ClientStand } from './openClientStand.js';

const fileOf = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const run = promisify(execFile);

/** What a front end would write: a query, a change, and code that is right only if the types of what they give are. */
const source = `
import type { ResultOf, VariablesOf } from '@graphql-typed-document-node/core';
import { graphql } from './gql';

export const rights = graphql(\`
  query Rights($id: ID!, $filter: UsageRightFilter) {
    user(id: $id) {
      id
      usageRights(filter: $filter) {
        nodes {
          id
          skuId
          origin
        }
      }
    }
  }
\`);

export const reprocess = graphql(\`
  mutation Reprocess($input: ReprocessAssignmentsInput!) {
    reprocessAssignments(input: $input) {
      outcome
    }
  }
\`);

type IsSame<A, B> = [A, B] extends [B, A] ? true : false;
type Right = NonNullable<NonNullable<NonNullable<ResultOf<typeof rights>['user']>['usageRights']>['nodes'][number]>;
export const isTyped: IsSame<Pick<Right, 'id' | 'skuId' | 'origin'>, {
  id: string;
  skuId: string | null;
  origin: 'DIRECT' | 'INHERITED' | 'BOTH' | null;
}> = true;
export const variables: VariablesOf<typeof rights> = { id: '1', filter: { skuId: { in: ['1'] } } };
`;

const compilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  module: 'ESNext',
  moduleResolution: 'bundler',
  target: 'ES2022',
  types: [],
};

let folder: string;
let stand: ClientStand;
let documents: { readonly RightsDocument: Rights; readonly ReprocessDocument: Reprocess };
type Rights = TypedDocumentNode<{ readonly user: { readonly id: string } }, { readonly id: string }>;
type Reprocess = TypedDocumentNode<
  { readonly reprocessAssignments: { readonly outcome: string } },
  { readonly input: object }
>;

async function generate(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'codegen-'));
  await mkdir(join(folder, 'src'));
  await symlink(fileOf('node_modules'), join(folder, 'node_modules'));
  await copyFile(fileOf('examples/clients/codegen.ts'), join(folder, 'codegen.ts'));
  for (const client of ['apollo.ts', 'relay.ts', 'urql.ts'])
    await copyFile(fileOf(`examples/clients/${client}`), join(folder, 'src', client));
  await writeFile(join(folder, 'schema.graphql'), apiDefinitions());
  await writeFile(join(folder, 'src/documents.ts'), source);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }));
  const bin = fileOf('node_modules/@graphql-codegen/cli/cjs/bin.js');
  await run(process.execPath, [bin, '--config', 'codegen.ts'], { cwd: folder });
}

beforeAll(async () => {
  await generate();
  documents = (await import(join(folder, 'src/gql/graphql.ts'))) as typeof documents;
  stand = await openClientStand({ TRUSTED_DOCUMENTS: join(folder, 'src/gql/persisted-documents.json') });
});
afterAll(async () => {
  await stand.close();
  await rm(folder, { recursive: true });
});

describe('the client preset of graphql-codegen', () => {
  it('gives types that TypeScript accepts in a project for browsers, set-ups of clients included; UUIDs and ids are texts', async () => {
    const { stdout } = await run(process.execPath, [fileOf('node_modules/typescript/bin/tsc'), '-p', folder]).catch(
      (error: { stdout: string }) => error,
    );
    expect(stdout).toBe('');
  });

  it('makes the list of a gateway that answers no other documents', async () => {
    const list = JSON.parse(await readFile(join(folder, 'src/gql/persisted-documents.json'), 'utf8')) as object;
    expect(Object.values(list)).toEqual([expect.stringContaining('Rights'), expect.stringContaining('Reprocess')]);
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ query: '{ users { nodes { id } } }' });
    expect((await fetch(stand.url, { method: 'POST', headers, body })).status).toBe(400);
  });
});

describe('the documents of that list', () => {
  const [rights, input] = [{ id: '' }, { userId: '', dryRun: true }];
  beforeAll(() => {
    [rights.id = ''] = stand.emulator.tenant.users;
    input.userId = rights.id;
    stand.sent.length = 0;
  });

  it('are asked for by Apollo Client', async () => {
    const client = createApolloClient(stand.url, { trusted: true, fetch: stand.fetch });
    const asked = await client.query({ query: documents.RightsDocument, variables: rights });
    expect([asked.error, asked.data?.user.id]).toEqual([undefined, rights.id]);
    const changed = await client.mutate({ mutation: documents.ReprocessDocument, variables: { input } });
    expect(changed).toMatchObject({ data: { reprocessAssignments: { outcome: 'UPDATED' } } });
  });

  it('are asked for by urql', async () => {
    await copyFile(fileOf('examples/clients/writeIntrospection.mjs'), join(folder, 'writeIntrospection.mjs'));
    await run(process.execPath, ['writeIntrospection.mjs'], { cwd: folder });
    const schema = JSON.parse(await readFile(join(folder, 'src/schema.json'), 'utf8')) as UrqlClientOptions['schema'];
    const client = createUrqlClient(stand.url, { schema, trusted: true, fetch: stand.fetch });
    const asked = await client.query(documents.RightsDocument, rights).toPromise();
    expect(asked).toMatchObject({ data: { user: { id: rights.id } }, error: undefined });
    const changed = await client.mutation(documents.ReprocessDocument, { input }).toPromise();
    expect(changed).toMatchObject({ data: { reprocessAssignments: { outcome: 'UPDATED' } }, error: undefined });
  });
});
