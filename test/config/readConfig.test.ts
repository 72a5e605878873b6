import { describe, expect, it } from '@jest/globals';
import { readConfig } from '../../src/config/readConfig.js';
import { ConfigError } from '../../src/config/ConfigError.js';
import { variableList } from '../../src/config/variables.js';

const application = {
  GRAPH_AUTH: 'app',
  AZURE_TENANT_ID: 'contoso.onmicrosoft.com',
  AZURE_CLIENT_ID: '11111111-2222-3333-4444-555555555555',
};

function refusal(environment: Record<string, string | undefined>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('readConfig', () => {
  it('gives the defaults of the contract for an empty environment', () => {
    const config = readConfig({});
    expect(config.server).toMatchObject({ host: '127.0.0.1', port: 4000, introspection: true, explain: true });
    expect(config.auth).toMatchObject({ mode: 'emulator', authorityHost: 'https://login.microsoftonline.com' });
    expect(config.graph.baseUrl).toBe('https://graph.microsoft.com/beta');
    expect(config).not.toHaveProperty('skuNames');
    expect(config.auth).not.toHaveProperty('cacheUrl');
  });

  it('is frozen in all its parts', () => {
    const parts: unknown[] = [readConfig({ CORS_ORIGINS: 'https://portal.example' })];
    for (const part of parts) {
      expect(Object.isFrozen(part)).toBe(true);
      if (typeof part === 'object' && part !== null) parts.push(...(Object.values(part) as unknown[]));
    }
    expect(parts.length).toBeGreaterThan(30);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', SKU_NAMES: ' ' })).toEqual(readConfig({}));
  });

  it('turns introspection, explain and the entry page off in production, unless asked for', () => {
    const production = { NODE_ENV: 'production', GRAPH_AUTH: 'none' };
    expect(readConfig(production).server).toMatchObject({ introspection: false, explain: false, entryPage: false });
    expect(readConfig({ ...production, ENTRY_PAGE: 'on', EXPLAIN: '1', INTROSPECTION: 'TRUE' }).server).toMatchObject({
      introspection: true,
      explain: true,
      entryPage: true,
    });
  });

  it('wants GRAPH_AUTH to be said explicitly in production', () => {
    expect(refusal({ NODE_ENV: 'production' })).toMatch(/^GRAPH_AUTH: has to be set/);
    expect(readConfig({ NODE_ENV: 'production', GRAPH_AUTH: 'emulator' }).auth.mode).toBe('emulator');
  });

  it.each([
    ['PORT', '65536', 'PORT: "65536" has to be a whole number from 0 to 65535'],
    ['PORT', '4e3', 'PORT: "4e3" has to be a whole number from 0 to 65535'],
    ['PORT', '-1', 'PORT: "-1" has to be a whole number from 0 to 65535'],
    ['GRAPH_AUTH', 'apps', 'GRAPH_AUTH: "apps" has to be one of emulator, none, passthrough, app, obo'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL: "loud" has to be one of trace, debug, info, warn, error, fatal, silent'],
    ['EXPLAIN', 'maybe', 'EXPLAIN: "maybe" has to be on or off'],
    ['AZURE_AUTHORITY_HOST', 'http://login.example', expect.stringMatching(/^AZURE_AUTHORITY_HOST: .* https origin/)],
    ['GATEWAY_TENANTS', 'contoso.com', 'GATEWAY_TENANTS: "contoso.com" has to be a GUID'],
    ['GATEWAY_TENANTS', ' , ', 'GATEWAY_TENANTS: "," has to name one at least'],
    ['GATEWAY_AUDIENCE', ',', 'GATEWAY_AUDIENCE: "," has to name one at least'],
    ['CORS_ORIGINS', 'https://a.example/path', expect.stringMatching(/^CORS_ORIGINS: /)],
    ['CORS_ORIGINS', 'https://*.a.example', expect.stringMatching(/^CORS_ORIGINS: /)],
    ['CACHE_URL', 'redis://cache/licensing', 'CACHE_URL: the value names a database that is not a number'],
    ['CACHE_URL', 'redis://', 'CACHE_URL: the value names no host'],
    ['CACHE_URL', 'redis://:a%b@cache', 'CACHE_URL: the value has a password whose % is not written as %25'],
    ['HOST', 'a b\nc', 'HOST: "a b\\nc" has to be a host name or an IP address'],
    ['LICENSE_USAGE_PATH', 'https://elsewhere/{id}', expect.stringMatching(/^LICENSE_USAGE_PATH: /)],
    ['LICENSE_USAGE_PATH', '/reports/../{id}', expect.stringMatching(/^LICENSE_USAGE_PATH: /)],
  ])('refuses %s=%s with one line that names it', (name, value, line) => {
    const message = refusal({ [name]: value });
    expect(message).toEqual(line);
    expect(message).not.toContain('\n');
  });

  it('shows no value of a secret, not even a wrong one', () => {
    expect(refusal({ CACHE_URL: 'http://:hunter2@cache' })).toBe(
      'CACHE_URL: the value has to be a redis:// or rediss:// URL',
    );
    expect(refusal({ GRAPH_AUTH: 'none', GRAPH_BASE_URL: 'https://user:hunter2@graph.example' })).not.toContain(
      'hunter2',
    );
    expect(refusal({ CURSOR_SECRET: 'hunter2' })).toBe('CURSOR_SECRET: the value has to be 16 characters or more');
  });

  it('cuts a long value short', () => {
    expect(refusal({ PORT: '9'.repeat(5000) }).length).toBeLessThan(150);
  });

  it('refuses unknown variables that begin like ours, and says what was probably meant', () => {
    expect(refusal({ GRAPH_BASEURL: 'x' })).toBe('GRAPH_BASEURL: no such variable; did you mean GRAPH_BASE_URL?');
    expect(refusal({ GATEWAY_TENNANTS: 'x' })).toBe(
      'GATEWAY_TENNANTS: no such variable; did you mean GATEWAY_TENANTS?',
    );
    expect(refusal({ GATEWAY_XYLOPHONE_QUALITY: 'x' })).toBe('GATEWAY_XYLOPHONE_QUALITY: no such variable');
    expect(readConfig({ PATH: '/bin', AZURE_CONFIG_DIR: '/x', npm_config_x: 'y' })).toEqual(readConfig({}));
  });

  it.each([
    ['MAX_DEPHT', 'MAX_DEPTH'],
    ['MAX_COSTS', 'MAX_COST'],
    ['AZURE_CLIENT_SECRT', 'AZURE_CLIENT_SECRET'],
    ['LOG_LEVL', 'LOG_LEVEL'],
    ['DRAIN_DELAY_M', 'DRAIN_DELAY_MS'],
    ['METRIC_PORT', 'METRICS_PORT'],
    ['CAHCE_URL', 'CACHE_URL'],
  ])('refuses %s, which is one slip away from %s, and does not show its value', (name, meant) => {
    expect(refusal({ [name]: 'hunter2' })).toBe(`${name}: no such variable; did you mean ${meant}?`);
  });

  it.each(['GATEWAY_TOKEN', 'GATEWAY_URL'])('leaves %s to the clients that it is for', (name) => {
    expect(readConfig({ [name]: 'x' })).toEqual(readConfig({}));
  });

  it.each(['Production', 'prod', 'PRODUCTION'])('refuses NODE_ENV=%s, which would not be production', (value) => {
    expect(refusal({ NODE_ENV: value })).toBe(`NODE_ENV: "${value}" has to be production, in small letters`);
    expect(readConfig({ NODE_ENV: 'staging' })).toEqual(readConfig({}));
  });

  it.each(['HOSTS', 'PORTS', 'LOGLEVEL', 'CACHE_TTL', 'NODE_OPTIONS', 'MAX_HEAP', 'AZURE_CLIENT_NAME', 'EXPLAINS'])(
    'leaves %s to whom it belongs',
    (name) => {
      expect(readConfig({ [name]: 'x' })).toEqual(readConfig({}));
    },
  );

  it.each(['app', 'obo'])('wants tenant, client and exactly one credential for %s', (mode) => {
    const base = { ...application, GRAPH_AUTH: mode };
    expect(refusal({ GRAPH_AUTH: mode })).toBe(`AZURE_TENANT_ID: has to be set for GRAPH_AUTH=${mode}`);
    expect(refusal({ ...base, AZURE_CLIENT_ID: undefined })).toBe(
      `AZURE_CLIENT_ID: has to be set for GRAPH_AUTH=${mode}`,
    );
    expect(refusal(base)).toMatch(/^AZURE_CLIENT_SECRET: this or AZURE_CLIENT_CERTIFICATE_PATH has to be set/);
    const both = { ...base, AZURE_CLIENT_SECRET: 'hunter2', AZURE_CLIENT_CERTIFICATE_PATH: '/x.pem' };
    expect(refusal(both)).not.toContain('hunter2');
    expect(refusal(both)).toMatch(/^AZURE_CLIENT_SECRET: is set together with/);
    expect(readConfig({ ...base, AZURE_CLIENT_SECRET: 'hunter2' }).auth.clientSecret).toBe('hunter2');
  });

  it('wants metrics on a port of their own, unless the system picks both', () => {
    const wanted = 'METRICS_PORT: has to be another port than PORT (0 picks a free one)';
    expect(refusal({ PORT: '9464', METRICS_PORT: '9464' })).toBe(wanted);
    expect(refusal({ METRICS_PORT: '4000' })).toBe(wanted);
    expect(readConfig({ PORT: '0', METRICS_PORT: '0' }).telemetry.metricsPort).toBe(0);
  });

  it('asks for the scope of the Graph that it calls', () => {
    const auth = { ...application, AZURE_CLIENT_SECRET: 'x', GRAPH_BASE_URL: 'https://graph.microsoft.us/beta/' };
    const config = readConfig(auth);
    expect(config.graph.baseUrl).toBe('https://graph.microsoft.us/beta');
    expect(config.auth.graphScope).toBe('https://graph.microsoft.us/.default');
  });

  it('lets no token cross the network in plain text', () => {
    const GRAPH_BASE_URL = 'http://graph.internal/beta';
    expect(refusal({ GRAPH_AUTH: 'passthrough', GRAPH_BASE_URL })).toMatch(/^GRAPH_BASE_URL: has to begin with https/);
    expect(readConfig({ GRAPH_AUTH: 'none', GRAPH_BASE_URL }).graph.baseUrl).toBe(GRAPH_BASE_URL);
    const local = { GRAPH_AUTH: 'passthrough', GRAPH_BASE_URL: 'http://127.0.0.1:4100/beta' };
    expect(readConfig(local).graph.baseUrl).toBe('http://127.0.0.1:4100/beta');
  });

  it.each(['https://user:pw@graph.example/beta', 'https://graph.example/beta?x=1', 'ftp://graph.example', 'graph'])(
    'refuses the service root %s',
    (GRAPH_BASE_URL) => {
      expect(refusal({ GRAPH_AUTH: 'none', GRAPH_BASE_URL })).toMatch(/^GRAPH_BASE_URL: /);
    },
  );

  it('refuses a service root that the emulator would not use', () => {
    expect(refusal({ GRAPH_BASE_URL: 'https://graph.microsoft.us/beta' })).toMatch(/^GRAPH_BASE_URL: is not used by/);
  });

  it('has a meaning for every variable, and fallbacks that are valid', () => {
    for (const [name, variable] of variableList) {
      expect([name, variable.meaning]).toEqual([name, expect.stringMatching(/\.$/)]);
    }
    expect(() => readConfig({})).not.toThrow();
  });
});
