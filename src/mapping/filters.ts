/** What the fields of the filter inputs say in OData (Graph: advanced query capabilities). */
import type { FilterOperator, FilterRow, FilterTable } from './mappingTypes.js';

/** Graph compares no longer texts for equality (directory objects: `$filter`). */
const maxLength = 120;

/** A text property; what Graph compares in its index of advanced queries alone differs (directory objects: `$filter`). */
function text(property: string, advanced: readonly FilterOperator[] = ['ne', 'isNull']): FilterRow {
  return { property, literal: 'string', maxLength, advanced };
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
  userPrincipalName: text('userPrincipalName', ['ne', 'endsWith']),
  mail: text('mail', ['ne', 'endsWith']),
  givenName: text('givenName'),
  surname: text('surname'),
  department: text('department'),
  jobTitle: text('jobTitle'),
  companyName: text('companyName', ['eq', 'ne', 'in', 'startsWith', 'isNull']),
  usageLocation: text('usageLocation'),
  userType: text('userType'),
  accountEnabled: { property: 'accountEnabled', literal: 'boolean' },
  createdDateTime: { property: 'createdDateTime', literal: 'dateTime' },
  assignedSkuId: { property: 'skuId', literal: 'guid', anyOf: 'assignedLicenses' },
  hasLicense: { property: '', literal: 'boolean', filled: 'assignedLicenses', advanced: ['eq'] },
};

/** `GroupFilter`. */
export const groupFilter: FilterTable = {
  displayName: text('displayName', ['ne']),
  mail: text('mail', ['ne', 'endsWith']),
  mailEnabled: { property: 'mailEnabled', literal: 'boolean' },
  securityEnabled: { property: 'securityEnabled', literal: 'boolean' },
  groupTypes: { property: '', literal: 'string', anyOf: 'groupTypes' },
  hasMembersWithLicenseErrors: {
    property: 'hasMembersWithLicenseErrors',
    literal: 'boolean',
    advanced: ['eq'],
    only: 'true',
  },
};

/** `DeviceFilter`. */
export const deviceFilter: FilterTable = {
  displayName: text('displayName', ['ne']),
  operatingSystem: text('operatingSystem', ['ne', 'in']),
  accountEnabled: { property: 'accountEnabled', literal: 'boolean' },
};
