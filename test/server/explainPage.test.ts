import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { source as axeSource, type AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright-core';
import { readConfig } from '../../src/config/readConfig.js';
import { startEmulator, type Emulator } from '../../src/emulator/index.js';
import { startGateway, type Gateway } from '../../src/gateway.js';
import { createLogger } from '../../src/server/createLogger.js';
import { renderExplainPage } from '../../src/server/pages/renderExplainPage.js';
import { describeBrowser, launchChromium } from '../support/chromium.js';
import { fakeClock } from '../support/fakeClock.js';
import { startToyServer } from './toyServer.js';

const rights = '{ users(first: 25) { nodes { usageRights { nodes { skuPartNumber } } } } }';

describeBrowser('the page /explain', () => {
  let emulator: Emulator;
  let gateway: Gateway;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let requests: Request[];

  async function open(environment: Record<string, string> = {}): Promise<Gateway> {
    const config = readConfig({ GRAPH_AUTH: 'none', GRAPH_BASE_URL: emulator.url, PORT: '0', ...environment });
    return startGateway(config, createLogger('silent'), { graph: { clock: fakeClock() } });
  }

  beforeAll(async () => {
    emulator = await startEmulator({ users: 30 });
    gateway = await open();
    browser = await launchChromium();
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await gateway.close();
    await emulator.close();
  });

  beforeEach(async () => {
    emulator.reset();
    complaints = [];
    requests = [];
    await context?.close();
    context = await browser.newContext();
    page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request));
  });

  const status = (): Locator => page.getByRole('status');

  /** Opens the page with a query as a link would. */
  async function visit(fields: Record<string, string>, of = gateway): Promise<void> {
    await page.goto(`${of.url}explain#${new URLSearchParams(fields)}`);
  }

  async function run(query: string, of = gateway): Promise<void> {
    await visit({ query }, of);
    await page.getByText('Plan', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('table').waitFor();
  }

  const textsOf = async (locator: Locator): Promise<string[]> =>
    (await locator.allTextContents()).map((text) => text.trim());

  async function violations(): Promise<readonly string[]> {
    await page.evaluate(axeSource);
    const { violations: found } = await page.evaluate<AxeResults>('axe.run()');
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  it('is opened from an example, whose plan it shows; nothing is sent to Graph, and no URL that leaves has the query', async () => {
    await page.goto(gateway.url);
    await page.locator('li', { hasText: 'twenty people' }).getByRole('link', { name: 'explain' }).click();
    await page.getByRole('region', { name: 'Plan' }).waitFor();
    expect(await page.getByRole('region', { name: 'Plan' }).textContent()).toContain('wave 2, once the wave before');
    expect(await status().textContent()).toBe(
      'At the most 2 waves, 2 requests, 21 operations. Nothing was sent to Microsoft Graph.',
    );
    await page.getByText('As a Mermaid flowchart').click();
    expect(await page.getByRole('region', { name: 'Mermaid' }).textContent()).toContain('flowchart LR');
    expect(emulator.usage().requests).toBe(0);
    expect(requests.map((request) => request.url())).toEqual(
      [gateway.url, `${gateway.url}explain`, `${gateway.url}graphql`].map((url) => expect.stringContaining(url)),
    );
    expect(requests.map((request) => new URL(request.url()).search)).toEqual(['', '', '']);
    expect(complaints).toEqual([]);
  }, 60_000);

  it('draws the calls of a query in bands by wave, and tells the same as a table', async () => {
    await run(rights);
    expect(await status().textContent()).toMatch(
      /^2 waves, 3 requests, 26 operations, 26 resource units, in [\d.,]+ ms\.$/,
    );
    const bands = page.locator('.wave');
    expect(await textsOf(bands.nth(0).locator('.name'))).toEqual(['GET /users']);
    expect(await textsOf(bands.nth(1).locator('.name'))).toEqual(['POST /$batch × 20', 'POST /$batch × 5']);
    expect((await textsOf(page.locator('.fact')))[0]).toMatch(/^[\d.,]+ ms · 1 unit · 200$/);
    const [first, second] = await page
      .locator('.bar')
      .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().toJSON() as DOMRect));
    expect(first?.width).toBeGreaterThan(2);
    expect(second?.left).toBeGreaterThanOrEqual((first?.right ?? Infinity) - 2);
    const rows = page.getByRole('row');
    expect(await textsOf(rows.nth(1).getByRole('cell'))).toEqual([
      '1',
      'GET /users',
      '1',
      '1',
      expect.stringMatching(/^[\d.]+$/),
      expect.stringMatching(/^[\d.]+$/),
      '200',
      '',
    ]);
    expect(await rows.count()).toBe(4);
    await page.getByText('POST /$batch × 5').last().click();
    const parts = rows.nth(3).getByRole('listitem');
    expect(await parts.count()).toBe(5);
    expect(await parts.first().textContent()).toMatch(
      /^GET \/users\/[\w-]+\/cloudLicensing\/usageRights: 200, 1 unit$/,
    );
    expect(complaints).toEqual([]);
  }, 60_000);

  it('has room for its times on the screen of a phone, where it scrolls and the page does not', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await run(rights);
    const marks = await page
      .locator('.mark')
      .evaluateAll((all) => all.map((mark) => mark.getBoundingClientRect().toJSON() as DOMRect));
    expect(marks.length).toBeGreaterThan(1);
    marks.slice(1).forEach(({ left }, place) => expect(left).toBeGreaterThanOrEqual(marks[place]?.right ?? Infinity));
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  }, 60_000);

  it('marks what failed and what was sent again, in words too', async () => {
    emulator.script({ kind: 'answer', status: 429, headers: { 'retry-after': '1' }, path: /^\/users/ });
    await run('{ users(first: 1) { nodes { id } } }');
    expect(await page.locator('.bar.failed').count()).toBe(1);
    expect(await page.locator('.bar.retry').count()).toBe(1);
    expect(await textsOf(page.locator('.legend li'))).toEqual(['failed', 'sent again']);
    expect(await textsOf(page.getByRole('row').nth(2).getByRole('cell'))).toContain('sent again after THROTTLED');
    expect(await status().textContent()).toContain('2 operations, 1 of them sent again');
  }, 60_000);

  it('tells what Graph refused without harm, as options that no page documents, from what is an error of the answer', async () => {
    const refused = { kind: 'answer', status: 400, path: /usageRights\?.*expand/ } as const;
    emulator.script(refused);
    // A gateway that has learned nothing yet.
    const own = await open();
    const [id = ''] = emulator.tenant.users;
    await run(`{ user(id: "${id}") { usageRights { nodes { id assignments { nodes { id } } } } } }`, own);
    expect(await page.locator('.errors li').count()).toBe(0);
    expect(await page.locator('.bar.failed, .bar.partly').count()).toBe(0);
    expect(await textsOf(page.locator('.legend li'))).toContain(
      'refused, which changes nothing in the answer: it was asked another way',
    );
    expect(await textsOf(page.getByRole('row').filter({ hasText: '400' }).first().getByRole('cell'))).toContain(
      'asked another way',
    );
    emulator.script({ kind: 'answer', status: 400, path: /licenseUsage/i, times: 9 });
    await run('{ licenseUsage(period: "D7") { id } }', own);
    expect(await page.locator('.bar.failed').count()).toBe(1);
    await own.close();
  }, 60_000);

  it('marks a batch of which a part failed', async () => {
    emulator.script({ kind: 'answer', status: 503, path: /usageRights/ });
    await run(rights);
    expect(await textsOf(page.locator('.legend li'))).toEqual(['answered', 'failed in part', 'sent again']);
    const cells = await textsOf(page.getByRole('row').filter({ hasText: 'part failed' }).getByRole('cell'));
    expect(cells).toContain('200, 1 part failed');
    const again = page.getByRole('row').filter({ hasText: 'after UPSTREAM_UNAVAILABLE' });
    expect((await textsOf(again.getByRole('cell')))[1]).toMatch(
      /^GET \/users\/[\w-]{36}\/cloudLicensing\/usageRights$/,
    );
    expect(await textsOf(page.locator('.name').last())).toMatchObject([
      expect.stringMatching(/^GET \/users\/\w{8}…\/cloudLicensing\/usageRights$/),
    ]);
  }, 60_000);

  it('tells reads that were shared with others apart, and what is left out', async () => {
    const sharedReads = [{ wave: 1, method: 'GET', path: '/users', startMs: 1, durationMs: 9, status: 200 }];
    const counts = { waves: 1, httpRequests: 0, operations: 0, retries: 0, units: 0, bytes: 0 };
    const graph = { ...counts, calls: [], sharedReads, sharedReadsLeftOut: 3 };
    await page.route('**/graphql', (route) => route.fulfill({ json: { data: {}, extensions: { graph } } }));
    await visit({});
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('table').waitFor();
    expect(await textsOf(page.getByRole('row').nth(1).getByRole('cell'))).toEqual([
      ...['1', 'GET /users', '0', '0', '1.0', '9.0', '200', 'shared'],
    ]);
    expect(await page.locator('.bar.shared').count()).toBe(1);
    expect(await status().textContent()).toBe(
      '1 wave, 0 requests, 0 operations, 1 read shared with others, 0 resource units, in 10 ms. 3 more are left out.',
    );
  }, 60_000);

  it('shows the answer, and what went wrong', async () => {
    emulator.script({ kind: 'answer', status: 403, path: /usageRights/ });
    const [id = ''] = emulator.tenant.users;
    await run(`{ user(id: "${id}") { id usageRights { nodes { id } } } }`);
    expect(await textsOf(page.locator('.errors li'))).toEqual([expect.stringMatching(/^user\.usageRights: /)]);
    await page.getByText('Answer', { exact: true }).click();
    expect(await page.getByRole('region', { name: 'Answer' }).textContent()).toContain(id);
  }, 60_000);

  it('shows what a query, an error, a call and an answer say as text, whatever is in it', async () => {
    const hostile = '<img src=x onerror="document.title=1">';
    const call = { wave: 1, method: 'GET', path: `/${hostile}`, startMs: 1, durationMs: 9, status: 200, units: 1 };
    const part = { method: 'GET', path: hostile, status: 200, units: 1, retryOf: hostile };
    const calls = [{ ...call, operations: 1, retries: 1, retryOf: hostile, parts: [part] }];
    const graph = { waves: 1, httpRequests: 1, operations: 1, retries: 1, units: 1, bytes: 0, calls };
    const errors = [{ message: hostile, path: [hostile] }];
    await page.route('**/graphql', (route) =>
      route.fulfill({ json: { data: { [hostile]: hostile }, errors, extensions: { graph } } }),
    );
    await visit({ query: `{ ${hostile} }`, variables: '{}', operation: hostile });
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('table').waitFor();
    expect(await textsOf(page.locator('.errors li'))).toEqual([`${hostile}: ${hostile}`]);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('Explain a query');
    expect(complaints).toEqual([]);
  }, 60_000);

  it('says which variables are wrong, and sends nothing', async () => {
    await visit({ query: 'query($n: Int!) { users(first: $n) { nodes { id } } }', variables: '{"n": 2}' });
    await page.getByRole('region', { name: 'Plan' }).waitFor();
    const asked = requests.length;
    await page.getByLabel('Variables').fill('{"n": ');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('The variables are not valid JSON').waitFor();
    expect(await page.getByLabel('Variables').getAttribute('aria-invalid')).toBe('true');
    expect(requests).toHaveLength(asked);
    await page.getByLabel('Variables').fill('');
    await page.getByRole('button', { name: 'Plan only' }).click();
    await page.getByText('Variable "$n" of required type "Int!" was not provided.').waitFor();
  }, 60_000);

  it('is used by keyboard alone, and keeps the question in its URL', async () => {
    await visit({});
    await page.getByLabel('Query').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(rights);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('table').waitFor();
    for (let field = 0; field < 4; field += 1) await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Plan only');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Plan' }).waitFor();
    expect(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('query')).toBe(rights);
  }, 60_000);

  it('has no fault that axe can find, light and dark, and neither has the page that leads to it', async () => {
    await page.goto(gateway.url);
    expect(await violations()).toEqual([]);
    emulator.script({ kind: 'answer', status: 503, path: /usageRights/ });
    await run(rights);
    await page.getByText('POST /$batch × 20').last().click();
    expect(await violations()).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Plan only' }).click();
    await page.getByText('As a Mermaid flowchart').click();
    expect(await violations()).toEqual([]);
  }, 60_000);

  it('takes a token where callers bring their own, and keeps it in its field alone', async () => {
    const own = await open({ GRAPH_AUTH: 'passthrough' });
    await visit({ query: '{ users(first: 1) { nodes { id } } }' }, own);
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByText('1 error').waitFor();
    await page.getByLabel('Bearer token').fill('of-the-caller');
    await page.getByRole('button', { name: 'Run' }).click();
    await page.getByRole('table').waitFor();
    expect(emulator.log().map(({ authorization }) => authorization)).toEqual(['Bearer of-the-caller']);
    expect(page.url()).not.toContain('of-the-caller');
    expect(await page.evaluate('JSON.stringify([localStorage, sessionStorage, document.cookie])')).toBe('[{},{},""]');
    await page.reload();
    expect(await page.getByLabel('Bearer token').inputValue()).toBe('');
    await own.close();
  }, 60_000);
});

describe('the page /explain', () => {
  it.each([
    ['off', 'on', 404],
    ['on', 'off', 404],
    ['on', 'on', 200],
  ])('in production with ENTRY_PAGE=%s and EXPLAIN=%s answers %i', async (ENTRY_PAGE, EXPLAIN, status) => {
    const environment = { NODE_ENV: 'production', GRAPH_AUTH: 'none', ENTRY_PAGE, EXPLAIN };
    const toy = await startToyServer({ environment });
    expect((await fetch(`${toy.server.url}explain`)).status).toBe(status);
    const entry = await (await fetch(toy.server.url)).text();
    expect(entry.includes('/explain')).toBe(status === 200);
    await toy.close();
  });

  it('loads nothing, and runs nothing but itself', () => {
    const { html, policy } = renderExplainPage([], false);
    expect(policy).toMatch(
      /^default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src 'sha256-\S+'; style-src 'sha256-\S+'; connect-src 'self'$/,
    );
    expect(html).not.toMatch(/\bsrc=|<link|style=|id="token"/);
  });

  it('lets no example break out of it', () => {
    const hostile = { name: 'x', title: 'x', query: '</textarea><img src=x onerror=alert(1)>' };
    expect(renderExplainPage([hostile], true).html).not.toContain('<img');
  });
});
