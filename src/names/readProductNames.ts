import { readFile } from 'node:fs/promises';
import { types } from 'node:util';
import type { ProductNames } from '../mapping/mappingTypes.js';
import type { CsvFault } from '../csv/CsvTable.js';
import { decodeText } from '../csv/decodeText.js';
import { createDispatcher, type ProxySettings } from '../network/createDispatcher.js';
import { commonServicePlanNames } from './commonServicePlanNames.js';
import { commonSkuNames } from './commonSkuNames.js';
import { parseProductTable } from './parseProductTable.js';

/** The published table has some 6,000 rows; ten times its size is certainly something else. */
const maxBytes = 20_000_000;

const patienceMs = 10_000;

async function download(source: string, proxy: ProxySettings | undefined): Promise<Uint8Array> {
  const { origin, pathname, search } = new URL(source);
  const limits = { connections: 1, connectTimeout: patienceMs, answerTimeout: patienceMs };
  const dispatcher = createDispatcher(origin, limits, proxy);
  try {
    const { statusCode, body } = await dispatcher.request({ origin, path: pathname + search, method: 'GET' });
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
    const bytes = new Uint8Array(await body.arrayBuffer());
    if (bytes.length > maxBytes) throw new Error('it is too large');
    return bytes;
  } finally {
    await dispatcher.destroy();
  }
}

async function readTable(source: string, proxy: ProxySettings | undefined): Promise<string> {
  return decodeText(/^https?:\/\//.test(source) ? await download(source, proxy) : await readFile(source));
}

/** The names that come with the gateway. */
export const builtInNames: ProductNames = {
  sku: (skuId) => commonSkuNames[skuId.toLowerCase()],
  servicePlan: (planId) => commonServicePlanNames[planId.toLowerCase()],
};

/** What to say of rows that cannot be used; the first stand for the others. */
function wordFaults(faults: readonly CsvFault[]): string {
  const shown = faults.slice(0, 3).map(({ line, reason }) => `line ${line}: ${reason}`);
  const rows = faults.length === 1 ? '1 row' : `${faults.length} rows`;
  return `SKU_NAMES: ${rows} of the table of product names cannot be used, all others are: ${shown.join('; ')}`;
}

/**
 * The names that the gateway answers with: those of the published table in `source`, and the built-in ones where that
 * has none. Raises an Error with one line that says what is wrong with the source.
 *
 * @param source file or URL of Microsoft's CSV; undefined for the built-in names alone
 * @param onFaults is told, in one line, of rows that cannot be used; they cost no other row
 */
export async function readProductNames(
  source: string | undefined,
  onFaults: (message: string) => void = () => undefined,
  proxy?: ProxySettings,
): Promise<ProductNames> {
  if (source === undefined) return builtInNames;
  try {
    const { skus, servicePlans, faults } = parseProductTable(await readTable(source, proxy));
    if (faults.length > 0) onFaults(wordFaults(faults));
    return {
      sku: (skuId) => skus.get(skuId.toLowerCase()) ?? builtInNames.sku(skuId),
      servicePlan: (planId) => servicePlans.get(planId.toLowerCase()) ?? builtInNames.servicePlan(planId),
    };
  } catch (error) {
    const reason = types.isNativeError(error) ? error.message : 'unknown';
    throw new Error(`SKU_NAMES: the table of product names cannot be read: ${reason}`, { cause: error });
  }
}
