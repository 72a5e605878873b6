import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** A package of the example. */
const script = fileURLToPath(new URL('../../../examples/dashboard/node_modules/axe-core/axe.min.js', import.meta.url));

/** What axe-core finds wrong with what is shown, as rules and the elements that break them. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.addScriptTag({ path: script });
  const { violations: found } = await page.evaluate(async () => {
    // Passes are counted, not described, which takes most of the time otherwise.
    const options = { resultTypes: ['violations'], preload: false };
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a script of the page, which has no types here
    return (globalThis as any).axe.run(options) as Promise<AxeResults>;
  });
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly target: string[] }[] }[];
}
