import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../../src/emulator/identity/certificates/makeCertificate.js';
import { openStand, type OpenGateway, type Stand } from './support/openStand.js';

const page = 'query ($after: String) { users(first: 3, after: $after) { nodes { id } pageInfo { endCursor } } }';

interface Page {
  readonly nodes: readonly unknown[];
  readonly pageInfo: { readonly endCursor: string };
}

describe('a gateway with a certificate instead of a secret', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-certificate-'));
  const [registered, foreign] = [makeCertificate('rsa', 'gateway'), makeCertificate('rsa', 'somebody else')];
  let stand: Stand;

  const open = async (mode: 'app' | 'obo', name: string, pem: string): Promise<OpenGateway> => {
    writeFileSync(join(folder, name), pem);
    return stand.open(mode, { AZURE_CLIENT_SECRET: '', AZURE_CLIENT_CERTIFICATE_PATH: join(folder, name) });
  };

  beforeAll(async () => {
    stand = await openStand({ certificate: registered.certificate });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await stand.close();
  });

  it('app: proves itself with it', async () => {
    const app = await open('app', 'app.pem', registered.privateKey + registered.certificate);
    expect((await app.ask('{ users(first: 1) { nodes { id } } }')).errors).toEqual([]);
    expect(stand.identity.tokenRequests.at(-1)).toMatchObject({ grant: 'client_credentials', proof: 'certificate' });
  });

  it('obo: exchanges its users’ tokens with it', async () => {
    const obo = await open('obo', 'obo.pem', registered.certificate + registered.privateKey);
    expect((await obo.ask('{ me { id } }', stand.bearer(2))).data?.me).toEqual({ id: stand.emulator.tenant.users[2] });
    expect(stand.identity.tokenRequests.at(-1)).toMatchObject({ grant: 'on_behalf_of', proof: 'certificate' });
  });

  it('app: says that the identity service refused it, without its key or a word of the service', async () => {
    const app = await open('app', 'foreign.pem', foreign.privateKey + foreign.certificate);
    const { errors } = await app.ask('{ users(first: 1) { nodes { id } } }');
    expect(errors[0]?.extensions).toMatchObject({
      code: 'IDENTITY_UNAVAILABLE',
      retryable: false,
      identityError: 'invalid_client 700027',
    });
  });

  it('derives what replicas share from its key: same key, same cursors; another key, others', async () => {
    // The order of the parts and line ends are no part of the key.
    const first = await open('obo', 'first.pem', registered.privateKey + registered.certificate);
    const second = await open('obo', 'second.pem', `\n${registered.certificate}\n${registered.privateKey}`);
    const stranger = await open('obo', 'stranger.pem', foreign.privateKey + foreign.certificate);
    const bearer = stand.bearer(3);
    const after = ((await first.ask(page, bearer)).data?.users as Page).pageInfo.endCursor;
    expect(((await second.ask(page, bearer, { after })).data?.users as Page).nodes).toHaveLength(3);
    expect((await stranger.ask(page, bearer, { after })).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
