import { readProductNames } from '../../names/readProductNames.js';
import type { Check } from './Check.js';

/** Whether the table of product names can be read, and every row of it be used. */
export const productNames: Check = {
  subject: 'product names',
  run: async ({ skuNames, proxy }) => {
    const faults: string[] = [];
    await readProductNames(skuNames, (message) => void faults.push(message), proxy);
    if (faults.length > 0) throw new Error(faults.join('; '));
    return skuNames === undefined ? 'built in' : 'read from SKU_NAMES';
  },
};
