import { dateTime, enumeration, integer } from './conversions.js';
import { optionalComplex, property, required } from './fields.js';
import type { TypeMapping } from './mappingTypes.js';

/** GraphQL `LicenseUsage` in Graph: `azureADLicenseUsage` of the reports. */
export const LicenseUsage: TypeMapping = {
  collection: undefined,
  item: undefined,
  fields: {
    nodeId: { kind: 'nodeId', key: 'id' },
    id: required('id'),
    snapshotDateTime: required('snapshotDateTime', dateTime),
    licenseInfoDetails: optionalComplex('licenseInfoDetails', 'LicenseInfoDetail'),
  },
};

/** GraphQL `LicenseInfoDetail` in Graph: the complex type `licenseInfoDetail`. */
export const LicenseInfoDetail: TypeMapping = {
  collection: undefined,
  item: undefined,
  fields: {
    licenseType: property('licenseType', enumeration('none', 'free', 'basic', 'premiumP1', 'premiumP2')),
    totalLicenseCount: property('totalLicenseCount', integer),
    totalAssignedCount: property('totalAssignedCount', integer),
    totalUsageCount: property('totalUsageCount', integer),
  },
};
