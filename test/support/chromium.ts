import { existsSync } from 'node:fs';
import { describe } from '@jest/globals';
import type { Browser } from 'playwright-core';

/** The shell has no window to draw, so that pages are there in two thirds of the time. */
const shell = '/usr/bin/chromium-headless-shell';
const path = process.env.CHROMIUM_PATH ?? [shell, '/usr/bin/chromium'].find(existsSync) ?? shell;
const isThere = existsSync(path);

/** Tests that need a browser: skipped with a line that says so where there is none; in CI that is a failure. */
export const describeBrowser = isThere || process.env.CI !== undefined ? describe : describe.skip;

if (!isThere) console.warn(`No ${path}: the browser tests are skipped; scripts/install-chromium.sh installs it.`);

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser without a window that asks for nothing by itself. */
export async function launchChromium(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath: path, args: flags });
}
