/** `npm run bench [NAME …]`: runs the measurements whose names hold one of the words, or all. */
import * as againstRest from './againstRest.js';
import * as overload from './overload.js';
import * as quota from './quota.js';
import * as tokenCache from './tokenCache.js';

const wanted = process.argv.slice(2);
for (const { name, measure } of [againstRest, overload, quota, tokenCache]) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  console.log(`\n== ${name}`);
  await measure();
}
