/** What the fields of the filter inputs say in OData (odata-rules: `$filter` support of directory properties). */
import type { FilterRow, FilterTable } from './mappingTypes.js';

/** Graph compares no longer texts for equality (directory objects: `$filter`). */
const maxLength = 120;

function text(property: string): FilterRow {
  return { property, literal: 'string', maxLength };
}

const skuId: FilterRow = { property: 'skuId', literal: 'guid' };

/** `UsageRightFilter`. */
export const usageRightFilter: FilterTable = {
  skuId,
  servicePlanId: { property: 'planId', literal: 'guid', anyOf: 'services' },
};

/** `AllotmentFilter` and `AssignmentErrorFilter`. */
export const skuFilter: FilterTable = { skuId };

/**
 * `AssignmentFilter`. The documented way is a `$filter` inside the `$expand` of the allotment; by OData's rules the rows
 * that do not match still come, without an allotment.
 */
export const assignmentFilter: FilterTable = { skuId: { ...skuId, expanded: 'allotment' } };

/** `UserFilter`. */
export const userFilter: FilterTable = {
  displayName: text('displayName'),
  userPrincipalName: text('userPrincipalName'),
  mail: text('mail'),
  givenName: text('givenName'),
  surname: text('surname'),
  department: text('department'),
  jobTitle: text('jobTitle'),
  usageLocation: text('usageLocation'),
  userType: text('userType'),
  accountEnabled: { property: 'accountEnabled', literal: 'boolean' },
  createdDateTime: { property: 'createdDateTime', literal: 'dateTime' },
  assignedSkuId: { property: 'skuId', literal: 'guid', anyOf: 'assignedLicenses' },
};

/** `GroupFilter`. */
export const groupFilter: FilterTable = {
  displayName: text('displayName'),
  mail: text('mail'),
  mailEnabled: { property: 'mailEnabled', literal: 'boolean' },
  securityEnabled: { property: 'securityEnabled', literal: 'boolean' },
  groupTypes: { property: '', literal: 'string', anyOf: 'groupTypes' },
  hasMembersWithLicenseErrors: {
    property: 'hasMembersWithLicenseErrors',
    literal: 'boolean',
    advanced: true,
    only: 'true',
  },
};

/** `DeviceFilter`. */
export const deviceFilter: FilterTable = {
  displayName: text('displayName'),
  operatingSystem: text('operatingSystem'),
  accountEnabled: { property: 'accountEnabled', literal: 'boolean' },
};
