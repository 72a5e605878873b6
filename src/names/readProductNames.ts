import { readFile } from 'node:fs/promises';
import { types } from 'node:util';
import { createDispatcher, type ProxySettings } from '../network/createDispatcher.js';
import type { ProductNames } from '../mapping/mappingTypes.js';
import { commonServicePlanNames, commonSkuNames } from './commonNames.js';
import { parseProductTable } from './parseProductTable.js';

/** The published table has some 6,000 rows; ten times its size is certainly something else. */
const maxBytes = 20_000_000;

const patienceMs = 10_000;

async function download(source: string, proxy: ProxySettings | undefined): Promise<string> {
  const { origin, pathname, search } = new URL(source);
  const limits = { connections: 1, connectTimeout: patienceMs, answerTimeout: patienceMs };
  const dispatcher = createDispatcher(origin, limits, proxy);
  try {
    const { statusCode, body } = await dispatcher.request({ origin, path: pathname + search, method: 'GET' });
    if (statusCode !== 200) throw new Error(`status ${statusCode}`);
    const text = await body.text();
    if (text.length > maxBytes) throw new Error('it is too large');
    return text;
  } finally {
    await dispatcher.destroy();
  }
}

/** The names that come with the gateway. */
export const builtInNames: ProductNames = {
  sku: (skuId) => commonSkuNames[skuId.toLowerCase()],
  servicePlan: (planId) => commonServicePlanNames[planId.toLowerCase()],
};

/**
 * The names that the gateway answers with: those of the published table in `source`, and the built-in ones where that
 * has none. Raises an Error with one line that says what is wrong with the source.
 *
 * @param source file or URL of Microsoft's CSV; undefined for the built-in names alone
 */
export async function readProductNames(source: string | undefined, proxy?: ProxySettings): Promise<ProductNames> {
  if (source === undefined) return builtInNames;
  const isUrl = /^https?:\/\//.test(source);
  try {
    const { skus, servicePlans } = parseProductTable(
      isUrl ? await download(source, proxy) : await readFile(source, 'utf8'),
    );
    return {
      sku: (skuId) => skus.get(skuId.toLowerCase()) ?? builtInNames.sku(skuId),
      servicePlan: (planId) => servicePlans.get(planId.toLowerCase()) ?? builtInNames.servicePlan(planId),
    };
  } catch (error) {
    const reason = types.isNativeError(error) ? error.message : 'unknown';
    throw new Error(`SKU_NAMES: the table of product names cannot be read: ${reason}`, { cause: error });
  }
}
