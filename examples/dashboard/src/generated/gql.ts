/* eslint-disable */
import * as types from './graphql.js';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment Problem on AssignmentError {\n    id\n    code\n    message\n    occurrenceDateTime\n    skuId\n    sku {\n      id\n      displayName\n    }\n    assignedTo {\n      __typename\n      id\n      displayName\n    }\n  }\n": typeof types.ProblemFragmentDoc,
    "\n  fragment Purchase on Allotment {\n    id\n    skuPartNumber\n    sku {\n      id\n      displayName\n    }\n    allottedUnits\n    consumedUnits\n    subscriptions {\n      subscriptionId\n      state\n      tags\n      startDate\n      nextLifecycleDate\n    }\n  }\n": typeof types.PurchaseFragmentDoc,
    "\n  fragment ProductSeats on Sku {\n    id\n    skuId\n    skuPartNumber\n    displayName\n    allottedUnits\n    consumedUnits\n    availableUnits\n    allotments {\n      edges {\n        node {\n          id\n          availableUnits\n          subscriptions {\n            subscriptionId\n            state\n            tags\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.ProductSeatsFragmentDoc,
    "\n  query Dashboard {\n    skus {\n      id\n      ...ProductSeats\n    }\n    allotments(first: 999) {\n      edges {\n        node {\n          id\n          ...Purchase\n          ...WaitingList\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n    assignmentErrors(first: 100) {\n      edges {\n        node {\n          id\n          ...Problem\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.DashboardDocument,
    "\n  query MoreProblems($after: String) {\n    assignmentErrors(first: 100, after: $after) {\n      edges {\n        node {\n          id\n          ...Problem\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.MoreProblemsDocument,
    "\n  mutation Reprocess($input: ReprocessAssignmentsInput!) {\n    reprocessAssignments(input: $input) {\n      operationId\n      plannedCalls {\n        method\n        path\n      }\n      userErrors {\n        code\n        message\n      }\n      results {\n        userId\n        outcome\n        userErrors {\n          code\n          message\n        }\n      }\n    }\n  }\n": typeof types.ReprocessDocument,
    "\n  fragment LicencePath on UsageRight {\n    id\n    skuId\n    skuPartNumber\n    sku {\n      id\n      displayName\n    }\n    origin\n    inheritedFrom {\n      id\n      displayName\n    }\n    services {\n      planId\n      displayName\n    }\n  }\n": typeof types.LicencePathFragmentDoc,
    "\n  query People($search: String, $filter: UserFilter, $after: String) {\n    users(first: 25, after: $after, search: $search, filter: $filter, orderBy: { field: DISPLAY_NAME }) {\n      totalCount\n      edges {\n        node {\n          id\n          ...PersonSummary\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.PeopleDocument,
    "\n  query PersonLicences($id: ID!, $after: String) {\n    user(id: $id) {\n      id\n      usageRights(first: 50, after: $after) {\n        edges {\n          node {\n            id\n            ...LicencePath\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n      waitingMembers {\n        edges {\n          node {\n            id\n            waitingSinceDateTime\n            allotment {\n              id\n              skuPartNumber\n              sku {\n                id\n                displayName\n              }\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": typeof types.PersonLicencesDocument,
    "\n  fragment PersonSummary on User {\n    id\n    displayName\n    userPrincipalName\n    department\n    accountEnabled\n    userType\n    usageRights(first: 20) {\n      edges {\n        node {\n          id\n          skuId\n          sku {\n            id\n            displayName\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": typeof types.PersonSummaryFragmentDoc,
    "\n  fragment WaitingPage on WaitingMemberConnection {\n    edges {\n      node {\n        id\n        waitingSinceDateTime\n        assignedTo {\n          __typename\n          id\n          displayName\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": typeof types.WaitingPageFragmentDoc,
    "\n  fragment WaitingList on Allotment {\n    id\n    skuId\n    skuPartNumber\n    sku {\n      id\n      displayName\n    }\n    waitingMembers(first: 50) {\n      ...WaitingPage\n    }\n  }\n": typeof types.WaitingListFragmentDoc,
    "\n  query MoreWaiting($allotment: ID!, $after: String) {\n    allotment(id: $allotment) {\n      id\n      waitingMembers(first: 50, after: $after) {\n        ...WaitingPage\n      }\n    }\n  }\n": typeof types.MoreWaitingDocument,
};
const documents: Documents = {
    "\n  fragment Problem on AssignmentError {\n    id\n    code\n    message\n    occurrenceDateTime\n    skuId\n    sku {\n      id\n      displayName\n    }\n    assignedTo {\n      __typename\n      id\n      displayName\n    }\n  }\n": types.ProblemFragmentDoc,
    "\n  fragment Purchase on Allotment {\n    id\n    skuPartNumber\n    sku {\n      id\n      displayName\n    }\n    allottedUnits\n    consumedUnits\n    subscriptions {\n      subscriptionId\n      state\n      tags\n      startDate\n      nextLifecycleDate\n    }\n  }\n": types.PurchaseFragmentDoc,
    "\n  fragment ProductSeats on Sku {\n    id\n    skuId\n    skuPartNumber\n    displayName\n    allottedUnits\n    consumedUnits\n    availableUnits\n    allotments {\n      edges {\n        node {\n          id\n          availableUnits\n          subscriptions {\n            subscriptionId\n            state\n            tags\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.ProductSeatsFragmentDoc,
    "\n  query Dashboard {\n    skus {\n      id\n      ...ProductSeats\n    }\n    allotments(first: 999) {\n      edges {\n        node {\n          id\n          ...Purchase\n          ...WaitingList\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n    assignmentErrors(first: 100) {\n      edges {\n        node {\n          id\n          ...Problem\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.DashboardDocument,
    "\n  query MoreProblems($after: String) {\n    assignmentErrors(first: 100, after: $after) {\n      edges {\n        node {\n          id\n          ...Problem\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.MoreProblemsDocument,
    "\n  mutation Reprocess($input: ReprocessAssignmentsInput!) {\n    reprocessAssignments(input: $input) {\n      operationId\n      plannedCalls {\n        method\n        path\n      }\n      userErrors {\n        code\n        message\n      }\n      results {\n        userId\n        outcome\n        userErrors {\n          code\n          message\n        }\n      }\n    }\n  }\n": types.ReprocessDocument,
    "\n  fragment LicencePath on UsageRight {\n    id\n    skuId\n    skuPartNumber\n    sku {\n      id\n      displayName\n    }\n    origin\n    inheritedFrom {\n      id\n      displayName\n    }\n    services {\n      planId\n      displayName\n    }\n  }\n": types.LicencePathFragmentDoc,
    "\n  query People($search: String, $filter: UserFilter, $after: String) {\n    users(first: 25, after: $after, search: $search, filter: $filter, orderBy: { field: DISPLAY_NAME }) {\n      totalCount\n      edges {\n        node {\n          id\n          ...PersonSummary\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.PeopleDocument,
    "\n  query PersonLicences($id: ID!, $after: String) {\n    user(id: $id) {\n      id\n      usageRights(first: 50, after: $after) {\n        edges {\n          node {\n            id\n            ...LicencePath\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n      waitingMembers {\n        edges {\n          node {\n            id\n            waitingSinceDateTime\n            allotment {\n              id\n              skuPartNumber\n              sku {\n                id\n                displayName\n              }\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n": types.PersonLicencesDocument,
    "\n  fragment PersonSummary on User {\n    id\n    displayName\n    userPrincipalName\n    department\n    accountEnabled\n    userType\n    usageRights(first: 20) {\n      edges {\n        node {\n          id\n          skuId\n          sku {\n            id\n            displayName\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n": types.PersonSummaryFragmentDoc,
    "\n  fragment WaitingPage on WaitingMemberConnection {\n    edges {\n      node {\n        id\n        waitingSinceDateTime\n        assignedTo {\n          __typename\n          id\n          displayName\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n": types.WaitingPageFragmentDoc,
    "\n  fragment WaitingList on Allotment {\n    id\n    skuId\n    skuPartNumber\n    sku {\n      id\n      displayName\n    }\n    waitingMembers(first: 50) {\n      ...WaitingPage\n    }\n  }\n": types.WaitingListFragmentDoc,
    "\n  query MoreWaiting($allotment: ID!, $after: String) {\n    allotment(id: $allotment) {\n      id\n      waitingMembers(first: 50, after: $after) {\n        ...WaitingPage\n      }\n    }\n  }\n": types.MoreWaitingDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Problem on AssignmentError {\n    id\n    code\n    message\n    occurrenceDateTime\n    skuId\n    sku {\n      id\n      displayName\n    }\n    assignedTo {\n      __typename\n      id\n      displayName\n    }\n  }\n"): (typeof documents)["\n  fragment Problem on AssignmentError {\n    id\n    code\n    message\n    occurrenceDateTime\n    skuId\n    sku {\n      id\n      displayName\n    }\n    assignedTo {\n      __typename\n      id\n      displayName\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Purchase on Allotment {\n    id\n    skuPartNumber\n    sku {\n      id\n      displayName\n    }\n    allottedUnits\n    consumedUnits\n    subscriptions {\n      subscriptionId\n      state\n      tags\n      startDate\n      nextLifecycleDate\n    }\n  }\n"): (typeof documents)["\n  fragment Purchase on Allotment {\n    id\n    skuPartNumber\n    sku {\n      id\n      displayName\n    }\n    allottedUnits\n    consumedUnits\n    subscriptions {\n      subscriptionId\n      state\n      tags\n      startDate\n      nextLifecycleDate\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ProductSeats on Sku {\n    id\n    skuId\n    skuPartNumber\n    displayName\n    allottedUnits\n    consumedUnits\n    availableUnits\n    allotments {\n      edges {\n        node {\n          id\n          availableUnits\n          subscriptions {\n            subscriptionId\n            state\n            tags\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment ProductSeats on Sku {\n    id\n    skuId\n    skuPartNumber\n    displayName\n    allottedUnits\n    consumedUnits\n    availableUnits\n    allotments {\n      edges {\n        node {\n          id\n          availableUnits\n          subscriptions {\n            subscriptionId\n            state\n            tags\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Dashboard {\n    skus {\n      id\n      ...ProductSeats\n    }\n    allotments(first: 999) {\n      edges {\n        node {\n          id\n          ...Purchase\n          ...WaitingList\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n    assignmentErrors(first: 100) {\n      edges {\n        node {\n          id\n          ...Problem\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query Dashboard {\n    skus {\n      id\n      ...ProductSeats\n    }\n    allotments(first: 999) {\n      edges {\n        node {\n          id\n          ...Purchase\n          ...WaitingList\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n    assignmentErrors(first: 100) {\n      edges {\n        node {\n          id\n          ...Problem\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MoreProblems($after: String) {\n    assignmentErrors(first: 100, after: $after) {\n      edges {\n        node {\n          id\n          ...Problem\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query MoreProblems($after: String) {\n    assignmentErrors(first: 100, after: $after) {\n      edges {\n        node {\n          id\n          ...Problem\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Reprocess($input: ReprocessAssignmentsInput!) {\n    reprocessAssignments(input: $input) {\n      operationId\n      plannedCalls {\n        method\n        path\n      }\n      userErrors {\n        code\n        message\n      }\n      results {\n        userId\n        outcome\n        userErrors {\n          code\n          message\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation Reprocess($input: ReprocessAssignmentsInput!) {\n    reprocessAssignments(input: $input) {\n      operationId\n      plannedCalls {\n        method\n        path\n      }\n      userErrors {\n        code\n        message\n      }\n      results {\n        userId\n        outcome\n        userErrors {\n          code\n          message\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LicencePath on UsageRight {\n    id\n    skuId\n    skuPartNumber\n    sku {\n      id\n      displayName\n    }\n    origin\n    inheritedFrom {\n      id\n      displayName\n    }\n    services {\n      planId\n      displayName\n    }\n  }\n"): (typeof documents)["\n  fragment LicencePath on UsageRight {\n    id\n    skuId\n    skuPartNumber\n    sku {\n      id\n      displayName\n    }\n    origin\n    inheritedFrom {\n      id\n      displayName\n    }\n    services {\n      planId\n      displayName\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query People($search: String, $filter: UserFilter, $after: String) {\n    users(first: 25, after: $after, search: $search, filter: $filter, orderBy: { field: DISPLAY_NAME }) {\n      totalCount\n      edges {\n        node {\n          id\n          ...PersonSummary\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  query People($search: String, $filter: UserFilter, $after: String) {\n    users(first: 25, after: $after, search: $search, filter: $filter, orderBy: { field: DISPLAY_NAME }) {\n      totalCount\n      edges {\n        node {\n          id\n          ...PersonSummary\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query PersonLicences($id: ID!, $after: String) {\n    user(id: $id) {\n      id\n      usageRights(first: 50, after: $after) {\n        edges {\n          node {\n            id\n            ...LicencePath\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n      waitingMembers {\n        edges {\n          node {\n            id\n            waitingSinceDateTime\n            allotment {\n              id\n              skuPartNumber\n              sku {\n                id\n                displayName\n              }\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query PersonLicences($id: ID!, $after: String) {\n    user(id: $id) {\n      id\n      usageRights(first: 50, after: $after) {\n        edges {\n          node {\n            id\n            ...LicencePath\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n      waitingMembers {\n        edges {\n          node {\n            id\n            waitingSinceDateTime\n            allotment {\n              id\n              skuPartNumber\n              sku {\n                id\n                displayName\n              }\n            }\n          }\n        }\n        pageInfo {\n          hasNextPage\n          endCursor\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment PersonSummary on User {\n    id\n    displayName\n    userPrincipalName\n    department\n    accountEnabled\n    userType\n    usageRights(first: 20) {\n      edges {\n        node {\n          id\n          skuId\n          sku {\n            id\n            displayName\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment PersonSummary on User {\n    id\n    displayName\n    userPrincipalName\n    department\n    accountEnabled\n    userType\n    usageRights(first: 20) {\n      edges {\n        node {\n          id\n          skuId\n          sku {\n            id\n            displayName\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WaitingPage on WaitingMemberConnection {\n    edges {\n      node {\n        id\n        waitingSinceDateTime\n        assignedTo {\n          __typename\n          id\n          displayName\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"): (typeof documents)["\n  fragment WaitingPage on WaitingMemberConnection {\n    edges {\n      node {\n        id\n        waitingSinceDateTime\n        assignedTo {\n          __typename\n          id\n          displayName\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WaitingList on Allotment {\n    id\n    skuId\n    skuPartNumber\n    sku {\n      id\n      displayName\n    }\n    waitingMembers(first: 50) {\n      ...WaitingPage\n    }\n  }\n"): (typeof documents)["\n  fragment WaitingList on Allotment {\n    id\n    skuId\n    skuPartNumber\n    sku {\n      id\n      displayName\n    }\n    waitingMembers(first: 50) {\n      ...WaitingPage\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MoreWaiting($allotment: ID!, $after: String) {\n    allotment(id: $allotment) {\n      id\n      waitingMembers(first: 50, after: $after) {\n        ...WaitingPage\n      }\n    }\n  }\n"): (typeof documents)["\n  query MoreWaiting($allotment: ID!, $after: String) {\n    allotment(id: $allotment) {\n      id\n      waitingMembers(first: 50, after: $after) {\n        ...WaitingPage\n      }\n    }\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;