import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, ConsoleMessage, Page } from 'playwright-core';
import { readConfig } from '../../src/config/readConfig.js';
import { startGateway, type Gateway } from '../../src/gateway.js';
import { createLogger } from '../../src/server/createLogger.js';
import { readExamples } from '../../src/server/pages/readExamples.js';
import { renderEntryPage } from '../../src/server/pages/renderEntryPage.js';
import { renderSandboxPage } from '../../src/server/pages/renderSandboxPage.js';
import { describeBrowser, launchChromium } from '../support/chromium.js';
import { seatsOfOneProduct, startStubGraph, type StubGraph } from '../support/startStubGraph.js';
import { startToyServer } from './toyServer.js';

describeBrowser('in a real browser', () => {
  let graph: StubGraph;
  let gateway: Gateway;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const foreign: string[] = [];

  beforeAll(async () => {
    graph = await startStubGraph(seatsOfOneProduct);
    const environment = { PORT: '0', GRAPH_AUTH: 'none', GRAPH_BASE_URL: graph.baseUrl };
    gateway = await startGateway(readConfig(environment), createLogger('silent'));
    browser = await launchChromium();
    page = await browser.newPage();
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(gateway.url)) foreign.push(request.url());
    });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await gateway.close();
    await graph.close();
  });

  it('an example of the entry page opens in GraphiQL, runs, gives the seats, and loads nothing from elsewhere', async () => {
    await page.goto(gateway.url);
    await page.locator('li', { hasText: 'bought, used and free' }).getByRole('link', { name: 'open' }).click();
    await page.getByRole('button', { name: /execute/i }).click();
    const result = page.locator('.graphiql-response');
    await result.getByText('"availableUnits"').waitFor();
    const shown = (await result.textContent())?.replace(/\s+/g, ' ');
    expect(shown).toContain('"allottedUnits": 25, "consumedUnits": 20, "availableUnits": 5');
    expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
  }, 60_000);

  it('GraphiQL has every example in a tab of its own', async () => {
    await page.goto(`${gateway.url}graphiql`);
    await page.getByRole('tab').first().waitFor();
    expect(await page.getByRole('tab').count()).toBeGreaterThanOrEqual(readExamples().length);
    expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });
  }, 60_000);

  it('GraphiQL has the header of a token to be filled in, where callers have to bring one', async () => {
    const environment = { PORT: '0', GRAPH_AUTH: 'passthrough', GRAPH_BASE_URL: graph.baseUrl };
    const closed = await startGateway(readConfig(environment), createLogger('silent'));
    const headersOf = async (url: string) => {
      const visitor = await browser.newPage();
      const [request] = await Promise.all([visitor.waitForRequest(/\/graphql$/), visitor.goto(url)]);
      const { authorization } = await request.allHeaders();
      await visitor.close();
      return authorization;
    };
    expect(await headersOf(`${closed.url}graphiql`)).toBe('Bearer');
    expect(await headersOf(`${closed.url}graphiql?query=${encodeURIComponent('{ skus { id } }')}`)).toBe('Bearer');
    expect(await headersOf(`${gateway.url}graphiql`)).toBeUndefined();
    await closed.close();
  }, 60_000);

  it('GraphiQL sends the token that is typed among the headers, and keeps it nowhere', async () => {
    const visitor = await browser.newPage();
    await visitor.goto(`${gateway.url}graphiql?query=${encodeURIComponent('{ skus { id } }')}`);
    await visitor.getByRole('button', { name: 'Headers' }).click();
    await visitor.locator('.graphiql-editor-tool .monaco-editor').last().click();
    await visitor.keyboard.press('Control+A');
    await visitor.keyboard.insertText('{ "authorization": "Bearer of-the-caller" }');
    const [request] = await Promise.all([
      visitor.waitForRequest((each) => each.postData()?.includes('skus{') === true),
      visitor.getByRole('button', { name: /execute/i }).click(),
    ]);
    expect((await request.allHeaders()).authorization).toBe('Bearer of-the-caller');
    await visitor.locator('.graphiql-response').getByText('"skus"').waitFor();
    const kept = await visitor.evaluate<string>(
      'JSON.stringify([location.href, localStorage, sessionStorage, document.cookie])',
    );
    expect(kept).toContain('skus');
    expect(kept).not.toContain('of-the-caller');
    await visitor.close();
  }, 60_000);

  it('Sandbox, where there is no internet, shows the way to GraphiQL', async () => {
    const offline = await browser.newPage();
    await offline.route(/apollographql/, (route) => route.abort());
    await offline.goto(`${gateway.url}sandbox`);
    await offline.getByRole('link', { name: 'GraphiQL' }).click();
    await offline.waitForURL(/graphiql$/);
    expect(offline.url()).toBe(`${gateway.url}graphiql`);
  }, 60_000);
});

describe('the page of Sandbox', () => {
  it('is as wide as its screen, and not as a desk shown small', () => {
    expect(renderSandboxPage([], false).html).toContain('content="width=device-width"');
  });

  it('has the header of a token to be filled in, where callers have to bring one', async () => {
    const environment = { GRAPH_AUTH: 'passthrough' };
    const [open, closed] = await Promise.all([startToyServer(), startToyServer({ environment })]);
    const readPage = async (url: string) => (await fetch(`${url}sandbox`)).text();
    expect(await readPage(closed.server.url)).toContain('"headers":{"authorization":"Bearer "}');
    expect(await readPage(open.server.url)).not.toContain('authorization');
    await Promise.all([open.close(), closed.close()]);
  });
});

describe('the entry page', () => {
  it('is what a browser gets that opens /graphql', async () => {
    const toy = await startToyServer();
    const visit = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };
    const response = await fetch(toy.url, visit);
    expect(response.url).toBe(toy.server.url);
    expect(await response.text()).toContain('Open GraphiQL');
    await toy.close();
  });

  it.each(['', 'graphiql', 'sandbox'])(
    'is not there in production, unless asked for: /%s',
    async (path) => {
      const environment = { NODE_ENV: 'production', GRAPH_AUTH: 'none' };
      const closed = await startToyServer({ environment });
      const open = await startToyServer({ environment: { ...environment, ENTRY_PAGE: 'on' } });
      expect((await fetch(`${closed.server.url}${path}`)).status).toBe(404);
      expect((await fetch(`${open.server.url}${path}`)).status).toBe(200);
      await Promise.all([closed.close(), open.close()]);
    },
    30_000,
  );

  it('is served to clients that take no gzip as well', async () => {
    const toy = await startToyServer();
    const plain = await fetch(toy.server.url, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(renderEntryPage(readExamples(), true).html);
    await toy.close();
  });

  it('lets no example break out of the page', () => {
    const hostile = { name: 'x', title: '<img src=x onerror=alert(1)>', query: '</pre><script>alert(1)</script>' };
    expect(renderEntryPage([hostile], true).html).not.toMatch(/<img|<script/);
    expect(renderSandboxPage([hostile], true).html).not.toContain('<script>alert');
    expect(renderEntryPage([hostile], true).policy).toContain("default-src 'none'");
  });
});
