import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether there is a browser; where not, this says how to get one. */
export function hasChromium(): boolean {
  const isThere = existsSync(path);
  if (!isThere) console.warn(`No ${path}: the browser tests are skipped; scripts/install-chromium.sh installs it.`);
  return isThere;
}

/** A browser without a window that asks nobody for anything by itself. */
export async function launchChromium(): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet],
  });
}
