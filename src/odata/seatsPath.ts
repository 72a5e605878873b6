import { seatsApply } from '../mapping/graphPaths.js';
import { printQuery } from './printQuery.js';

/** Path and query of the call for the seats of all SKUs. */
export const seatsPath = `/admin/cloudLicensing/allotments${printQuery({ apply: seatsApply })}`;

/** The same of the list that has the seats of each allotment. */
export const seatsOfEachPath = `/admin/cloudLicensing/allotments${printQuery({
  select: ['id', 'skuId', 'skuPartNumber', 'allottedUnits', 'consumedUnits'],
})}`;
