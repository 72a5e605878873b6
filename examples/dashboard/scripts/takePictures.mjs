/**
 * `npm run pictures`: takes the pictures of docs/pictures/ anew, of the demonstration tenant. Needs Chromium (CHROMIUM_PATH)
 * and the packages of the root.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const pictures = `${root}docs/pictures/`;
const size = { width: 1280, height: 800 };
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell'];

const example = spawn(process.execPath, [`${root}scripts/example.mjs`], {
  env: { ...process.env, EXAMPLE_PORT: '0', BROWSER: 'none' },
  stdio: ['ignore', 'pipe', 'inherit'],
});

async function addressOfPage() {
  for await (const line of createInterface({ input: example.stdout })) {
    const match = /Dashboard +(http:\S+)/.exec(line);
    if (match) return match[1];
  }
  throw new Error('The example stopped before it listened.');
}

const url = await addressOfPage();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? browsers.find(existsSync) ?? browsers[0],
  args: ['--no-sandbox', '--disable-gpu'],
});

/** Opens a view, does something there, and takes a picture of what is seen then. */
async function take(name, view, colorScheme, act = async () => undefined) {
  const page = await browser.newPage({ viewport: size, colorScheme, locale: 'en-GB', reducedMotion: 'reduce' });
  await page.goto(`${url}#/${view}`);
  await page.locator('tbody tr').first().waitFor();
  await act(page);
  await page.screenshot({ path: `${pictures}${name}.png` });
  await page.close();
}

await mkdir(pictures, { recursive: true });
await take('dashboard-overview', 'overview', 'light');
await take('dashboard-people', 'people', 'dark', async (page) => {
  await page.getByRole('searchbox').fill('Bianca');
  await page.locator('tbody th', { hasText: 'Adele' }).first().waitFor({ state: 'detached' });
  await page.locator('tbody tr', { hasText: 'Bianca Braun 0' }).getByRole('button').click();
  await page.locator('.path').first().waitFor();
});
await take('dashboard-reprocess', 'problems', 'light', async (page) => {
  await page.getByRole('checkbox', { name: 'Select everybody' }).check();
  await page.getByRole('button', { name: /^Reprocess selected/ }).click();
  await page.getByText('Would be worked out again').first().waitFor();
});

await browser.close();
example.kill('SIGTERM');
await once(example, 'exit');
