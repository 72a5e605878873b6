/** Payloads of changes. Their objects come from the resolvers of `Mutation`; the entities in them are read like all others. */
import { boolean, integer, text, texts } from './conversions.js';
import { complex, entity, items, optionalComplex, property, required, withoutPath } from './fields.js';
import type { TypeMapping } from './mappingTypes.js';

/** Enum members of our own, which need no conversion. */
const member = text;

const userErrors = complex('userErrors', 'UserError');
/** Of a change of many objects, whose outcomes stand in its results. */
const ofChanges = {
  userErrors,
  plannedCalls: optionalComplex('plannedCalls', 'PlannedCall'),
  operationId: required('operationId'),
};
const ofChange = { ...ofChanges, outcome: required('outcome', member) };
const ofItem = { userErrors, outcome: required('outcome', member) };
const ofTotal = { outcome: required('outcome', member), count: required('count', integer) };
const inheritedFrom = entity('Group', 'inheritedFromIds', 'list');
const assignment = entity('Assignment', 'entityId');
const allotment = entity('Allotment', 'allotmentId');
const deletedIds = { deletedAssignmentId: property('deletedAssignmentId'), deletedNodeId: property('deletedNodeId') };
const ofAssignee = { ...ofItem, assigneeId: required('assigneeId'), objectId: property('objectId'), inheritedFrom };
const ofAssigning = { ...ofAssignee, takesSeat: property('takesSeat', boolean), assignment };

/** What every payload, and every type inside one, is read from: the properties of what its resolver gave. */
export const payloads: Readonly<Record<string, TypeMapping>> = {
  CreateAssignmentPayload: withoutPath({ ...ofChange, assignment, inheritedFrom }),
  UpdateAssignmentPayload: withoutPath({ ...ofChange, assignment }),
  DeleteAssignmentPayload: withoutPath({
    ...ofChange,
    assignment,
    allotment,
    ...deletedIds,
  }),
  ReprocessAssignmentsPayload: withoutPath({
    ...ofChange,
    user: entity('User', 'entityId'),
    results: complex('results', 'ReprocessAssignmentsResult'),
    totals: complex('totals', 'OutcomeTotal'),
  }),
  UpdateLicenseUsagePayload: withoutPath({ ...ofChange, licenseUsage: entity('LicenseUsage', 'entityId') }),
  AssignLicensesPayload: withoutPath({
    ...ofChanges,
    allotment,
    results: items('AssignLicensesResult', 'results'),
    totals: complex('totals', 'OutcomeTotal'),
  }),
  RemoveLicensesPayload: withoutPath({
    ...ofChanges,
    allotment,
    results: items('RemoveLicensesResult', 'results'),
    totals: complex('totals', 'OutcomeTotal'),
  }),
  RemoveAssignmentsPayload: withoutPath({
    ...ofChanges,
    results: complex('results', 'RemoveAssignmentsResult'),
    totals: complex('totals', 'OutcomeTotal'),
  }),
  SwapLicensesPayload: withoutPath({
    ...ofChanges,
    fromAllotment: entity('Allotment', 'fromAllotmentId'),
    toAllotment: entity('Allotment', 'toAllotmentId'),
    results: items('SwapLicensesResult', 'results'),
    totals: complex('totals', 'SwapTotal'),
  }),
  ReprocessAssignmentsResult: withoutPath({ ...ofItem, userId: required('userId') }),
  AssignLicensesResult: withoutPath(ofAssigning),
  SwapLicensesResult: withoutPath({ ...ofAssigning, ...deletedIds }),
  RemoveLicensesResult: withoutPath({ ...ofAssignee, ...deletedIds }),
  RemoveAssignmentsResult: withoutPath({ ...ofItem, ...deletedIds, id: required('id') }),
  OutcomeTotal: withoutPath(ofTotal),
  SwapTotal: withoutPath(ofTotal),
  UserError: withoutPath({
    code: required('code', member),
    field: property('field', texts),
    message: required('message'),
  }),
  PlannedCall: withoutPath({ method: required('method'), path: required('path'), body: property('body') }),
};
