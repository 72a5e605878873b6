import { dateTime, enumeration, integer } from './conversions.js';
import { optionalComplex, property, required, withoutPath } from './fields.js';

/** GraphQL `LicenseUsage` in Graph: `azureADLicenseUsage` of the reports. */
export const LicenseUsage = withoutPath({
  nodeId: { kind: 'nodeId', key: 'id' },
  id: required('id'),
  snapshotDateTime: required('snapshotDateTime', dateTime),
  licenseInfoDetails: optionalComplex('licenseInfoDetails', 'LicenseInfoDetail'),
});

/** GraphQL `LicenseInfoDetail` in Graph: the complex type `licenseInfoDetail`. */
export const LicenseInfoDetail = withoutPath({
  licenseType: property('licenseType', enumeration('none', 'free', 'basic', 'premiumP1', 'premiumP2')),
  totalLicenseCount: property('totalLicenseCount', integer),
  totalAssignedCount: property('totalAssignedCount', integer),
  totalUsageCount: property('totalUsageCount', integer),
});
