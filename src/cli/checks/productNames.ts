import { readProductNames } from '../../names/readProductNames.js';
import type { Check } from './Check.js';

/** Whether the table of product names can be had. */
export const productNames: Check = {
  subject: 'product names',
  run: async ({ skuNames }) => {
    await readProductNames(skuNames);
    return skuNames === undefined ? 'built in' : 'read from SKU_NAMES';
  },
};
