import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import {
  askForLengthsOfWaitingLists,
  askForProducts,
  askForPurchases,
  askForSomebodyWithAnInheritedLicence,
  renewalsOf,
  seatsOf,
} from './support/askForWhatIsShown.js';
import { axeViolations } from './support/axeViolations.js';
import { readChart } from './support/readChart.js';
import { describeDashboard, openDashboard, type OpenDashboard } from './support/openDashboard.js';

const views = ['overview', 'renewals', 'waiting', 'problems', 'people'] as const;

let dashboard: OpenDashboard;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let foreign: string[];

const panel = (name: string): Locator => page.getByRole('region', { name, exact: true });

async function visit(view: (typeof views)[number]): Promise<void> {
  await page.goto(`${dashboard.url}#/${view}`);
  await page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' });
}

describeDashboard('the dashboard', () => {
  beforeAll(async () => {
    [dashboard, browser] = await Promise.all([openDashboard(), launchChromium()]);
    context = await browser.newContext({ locale: 'de-DE', colorScheme: 'light' });
  }, 60_000);
  afterAll(async () => {
    await Promise.all([browser.close(), dashboard.close()]);
  });

  beforeEach(async () => {
    dashboard.emulator.reset();
    complaints = [];
    foreign = [];
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!/^data:/.test(request.url()) && !request.url().startsWith(dashboard.url)) foreign.push(request.url());
    });
  });
  afterEach(() => page.close());

  it('shows the seats of each product as a bar beside its numbers, and loads nothing from elsewhere', async () => {
    const skus = await askForProducts(dashboard.url);
    await visit('overview');
    const rows = panel('Seats per product').locator('tbody tr');
    const shown = await readChart(rows);
    expect(shown.map(({ texts }) => texts).toSorted()).toEqual(skus.map(seatsOf).toSorted());
    for (const { texts, usedShare } of shown) {
      const [, used, bought] = texts;
      expect(usedShare).toBeCloseTo(Number(used) / Number(bought), 1);
    }
    expect({ complaints, foreign }).toEqual({ complaints: [], foreign: [] });

    const purchases = await askForPurchases(dashboard.url);
    const inWarning = purchases.filter(({ subscriptions }) => subscriptions.some(({ state }) => state === 'WARNING'));
    const warned = await rows.filter({ hasText: 'Warning' }).locator('.name').allTextContents();
    expect(warned).toEqual([...new Set(inWarning.map(({ sku }) => sku.displayName))]);
    expect(await rows.filter({ hasText: 'Trial' }).count()).toBe(1);
  });

  it('costs one request, whichever of its views are opened', async () => {
    const requests: string[] = [];
    page.on('request', (request) => void (request.url().endsWith('/graphql') && requests.push(request.method())));
    await visit('overview');
    for (const name of ['Renewals', 'Who waits', 'Problems']) {
      await page.getByRole('link', { name, exact: true }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    }
    expect(requests).toEqual(['POST']);
    expect(await page.getByRole('contentinfo').textContent()).toMatch(/Dashboard, \d+ calls of Microsoft Graph/);
  });

  it('shows who waits, longest first, and the dates as the reader writes them', async () => {
    await visit('waiting');
    const rows = panel('Longest first').locator('tbody tr');
    const dates = await rows
      .locator('time')
      .evaluateAll((all) => all.map((time) => time.getAttribute('datetime') ?? ''));
    expect(dates.length).toBeGreaterThan(20);
    expect(dates).toEqual(dates.toSorted());
    expect(await rows.first().locator('time').textContent()).toMatch(/^\d\d\.\d\d\.\d{4}$/);
    expect(await rows.first().getByRole('rowheader').textContent()).toMatch(/\w+ \w+/);

    const lengths = await askForLengthsOfWaitingLists(dashboard.url);
    const total = lengths.reduce((sum, length) => sum + length);
    expect(dates).toHaveLength(lengths.reduce((sum, length) => sum + Math.min(length, 50), 0));
    expect(dates.length).toBeLessThan(total);
    await page.getByRole('button', { name: 'Load more who wait for' }).click();
    await rows.nth(total - 1).waitFor();
    expect(await rows.count()).toBe(total);
    expect(await page.getByText('that are not loaded yet').count()).toBe(0);
  });

  it('shows every subscription with its date, its state and the seats that hang on it', async () => {
    const purchases = await askForPurchases(dashboard.url);
    await visit('renewals');
    const shown = await page
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.querySelector('time')?.getAttribute('datetime'),
          row.querySelector('th')?.textContent,
          row.querySelector('.badge')?.textContent?.toUpperCase(),
          row.textContent?.includes('Trial'),
          row.querySelector('.number')?.textContent,
        ]),
      );
    const expected = purchases.flatMap(renewalsOf);
    expect(shown.toSorted()).toEqual(expected.toSorted());
    expect(expected.some(([, , state]) => state === 'WARNING')).toBe(true);
    expect(expected.some(([, , , isTrial]) => isTrial)).toBe(true);
  });

  it('reprocesses after a dry run that was agreed to, and a problem that is gone leaves the list', async () => {
    await visit('problems');
    const problems = panel('Licences that did not take effect');
    const who = (await problems.locator('tbody th').first().textContent()) ?? '';
    const row = problems.locator('tbody tr', { has: page.getByRole('rowheader', { name: who, exact: true }) });
    const before = await problems.locator('tbody tr').count();
    const affected = await row.count();
    await page
      .getByRole('button', { name: `Reprocess ${who}`, exact: true })
      .first()
      .click();
    const dialog = page.getByRole('dialog', { name: 'Reprocess licences' });
    await dialog.getByText('Would be worked out again').waitFor();
    expect(await dialog.getByText('nothing has been changed yet').count()).toBe(1);
    const sent = () =>
      dashboard.emulator.log().filter(({ method, url }) => method === 'POST' && url.includes('reprocess'));
    expect(sent()).toEqual([]);

    // Graph has worked it out by the time when the page asks again.
    dashboard.emulator.script({
      kind: 'change',
      method: 'GET',
      path: /assignmentErrors/,
      times: 20,
      change: ({ value }: { value: { assignedTo?: { displayName?: string } }[] }) => ({
        value: value.filter(({ assignedTo }) => assignedTo?.displayName !== who),
      }),
    });
    await dialog.getByRole('button', { name: 'Reprocess now' }).click();
    const done = page.getByRole('dialog', { name: 'Reprocessed' });
    await done.getByText('Worked out again').waitFor();
    expect(sent()).toHaveLength(1);
    await done.getByRole('button', { name: 'Close' }).click();
    await row.first().waitFor({ state: 'detached' });
    expect(await problems.locator('tbody tr').count()).toBe(before - affected);
    expect(complaints).toEqual([]);
  });

  it('does not offer to send what the dry run says would be refused', async () => {
    await visit('problems');
    const notFound = { error: { code: 'Request_ResourceNotFound', message: 'Resource does not exist.' } };
    dashboard.emulator.script({ kind: 'answer', path: /^\/users\//, times: 5, status: 404, body: notFound });
    await page
      .getByRole('button', { name: /^Reprocess / })
      .nth(1)
      .click();
    const dialog = page.getByRole('dialog', { name: 'Reprocess licences' });
    await dialog.getByText('Would be refused').waitFor();
    expect(await dialog.locator('.outcomes code').allTextContents()).toEqual(['NOT_FOUND']);
    expect(await dialog.getByRole('button', { name: 'Reprocess now' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('says of a change whose answer was lost that repeating it is safe', async () => {
    await visit('problems');
    await page
      .getByRole('button', { name: /^Reprocess / })
      .nth(1)
      .click();
    await page.getByText('Would be worked out again').waitFor();
    const keys: unknown[] = [];
    await page.route('**/graphql', async (route) => {
      const { variables } = route.request().postDataJSON() as { variables: { input: { idempotencyKey?: string } } };
      keys.push(variables.input.idempotencyKey);
      await (keys.length === 1 ? route.abort() : route.continue());
      if (keys.length > 1) await page.unroute('**/graphql');
    });
    await page.getByRole('button', { name: 'Reprocess now' }).click();
    await page.getByText('Trying again is safe').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Worked out again').waitFor();
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(keys[0]).toMatch(/^[\da-f]{32}$/);
  });

  it('finds people, opens one, and shows the path to each licence', async () => {
    const { displayName, givenName, usageRights } = await askForSomebodyWithAnInheritedLicence(dashboard.url);
    await visit('people');
    const found = page.waitForResponse(
      (response) => response.request().postData()?.includes(`"search":"${givenName}"`) === true,
    );
    await page.getByRole('searchbox').fill(givenName);
    await found;
    await panel('Who has which licence').and(page.locator('[aria-busy=false]')).waitFor();
    const names = await page.locator('tbody th button').allTextContents();
    for (const name of names) expect(name).toContain(givenName);

    const opener = page.getByRole('button', { name: displayName, exact: true });
    await opener.press('Enter');
    const licences = page.getByRole('list', { name: `Licences of ${displayName}` });
    await licences.waitFor();
    expect(await opener.getAttribute('aria-expanded')).toBe('true');
    const shown = await licences
      .locator('.path')
      .evaluateAll((paths) =>
        paths.map((path) => [...path.querySelectorAll('span:not(.hidden)')].map((step) => step.textContent)),
      );
    const expected = usageRights.nodes.flatMap(({ origin, sku, inheritedFrom }) => [
      ...(origin === 'INHERITED' ? [] : [[displayName, sku.displayName]]),
      ...inheritedFrom.map((group) => [displayName, group.displayName, sku.displayName]),
    ]);
    expect(shown.toSorted()).toEqual(expected.toSorted());
  });

  it('puts the next page of people behind the first', async () => {
    await visit('people');
    const openers = panel('Who has which licence').locator('tbody th button');
    const first = await openers.allTextContents();
    expect(first).toHaveLength(25);
    await page.getByRole('button', { name: 'Load more people' }).click();
    await openers.nth(25).waitFor();
    const both = await openers.allTextContents();
    expect(both.slice(0, 25)).toEqual(first);
    expect(new Set(both).size).toBe(50);
  });

  it('shows what could be read of the next page of people, and the code of what could not', async () => {
    await visit('people');
    const openers = panel('Who has which licence').locator('tbody th button');
    await openers.nth(24).waitFor();
    dashboard.emulator.script({ kind: 'answer', path: /usageRights/, status: 403 });
    await page.getByRole('button', { name: 'Load more people' }).click();
    await page.getByRole('alert').getByText('FORBIDDEN').waitFor();
    expect(await openers.count()).toBe(50);
    expect(await panel('Who has which licence').getByText('Not known').count()).toBe(1);
  });

  it('shows what could be read where a part fails, and the code of what could not', async () => {
    const refused = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } };
    dashboard.emulator.script({
      kind: 'answer',
      method: 'GET',
      path: /assignmentErrors/,
      times: 5,
      status: 403,
      body: refused,
    });
    await visit('overview');
    const problems = panel('Latest problems');
    expect(await problems.getByRole('alert').locator('code').allTextContents()).toEqual(['FORBIDDEN']);
    expect(await page.getByRole('alert').count()).toBe(1);
    expect(await panel('Seats per product').locator('tbody tr').count()).toBeGreaterThan(5);
    expect(await page.locator('.tile', { hasText: 'Problems' }).locator('.figure').textContent()).toBe('–');
    dashboard.emulator.reset();
    await problems.getByRole('button', { name: 'Try again' }).click();
    await problems.locator('tbody tr').first().waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('shows a gateway that cannot be reached as an error of each part, and recovers', async () => {
    await page.route('**/graphql', (route) => route.abort());
    await page.goto(dashboard.url);
    await panel('Seats per product').getByRole('alert').waitFor();
    await page.unroute('**/graphql');
    await panel('Seats per product').getByRole('button', { name: 'Try again' }).click();
    await panel('Seats per product').locator('tbody tr').first().waitFor();
  });

  it('never scrolls sideways as a whole on the screen of a phone', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const view of views) {
      await visit(view);
      expect([view, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([view, 360]);
    }
  });

  it('has no violation that axe-core knows, in any view, light and dark', async () => {
    const found: string[] = [];
    const check = async (): Promise<void> => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        found.push(...(await axeViolations(page)).map((each) => `${page.url()}, ${colorScheme}: ${each}`));
      }
    };
    for (const view of views) {
      await visit(view);
      await check();
    }
    await page.locator('tbody th button').first().click();
    await page.getByRole('list', { name: /^Licences of/ }).waitFor();
    await check();
    await visit('problems');
    await page
      .getByRole('button', { name: /^Reprocess / })
      .nth(1)
      .click();
    await page.getByText('Would be worked out again').waitFor();
    await check();
    expect(found).toEqual([]);
  }, 60_000);
});
