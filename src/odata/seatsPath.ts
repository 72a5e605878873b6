import { seatsApply } from '../mapping/graphPaths.js';
import { printQuery } from './printQuery.js';

/** Path and query of the call for the seats of all SKUs. */
export const seatsPath = `/admin/cloudLicensing/allotments${printQuery({ apply: seatsApply })}`;
