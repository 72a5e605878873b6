import type { CoveredPair } from './Coverage.js';

/** Users and groups of the directory, their number, and a Graph that is too busy. */
export const directoryPairs: readonly CoveredPair[] = [
  {
    pair: '043',
    query: `{
      usersByIds(ids: ["84b80893-8749-40a3-97b7-68513b600544", "5d6059b6-368d-45f8-91e1-8e07d485f1d0"]) {
        __typename id accountEnabled displayName
      }
    }`,
    answer: {
      usersByIds: [
        {
          __typename: 'User',
          id: '84b80893-8749-40a3-97b7-68513b600544',
          accountEnabled: true,
          displayName: 'Trevor Jones',
        },
        {
          __typename: 'User',
          id: '5d6059b6-368d-45f8-91e1-8e07d485f1d0',
          accountEnabled: true,
          displayName: 'Billy Smith',
        },
      ],
    },
    corrected: {
      why: 'The page prints the id of the first user for the second too; each belongs to one of the ids asked for.',
      body: {
        value: [
          {
            '@odata.type': '#microsoft.graph.user',
            id: '84b80893-8749-40a3-97b7-68513b600544',
            accountEnabled: true,
            displayName: 'Trevor Jones',
          },
          {
            '@odata.type': '#microsoft.graph.user',
            id: '5d6059b6-368d-45f8-91e1-8e07d485f1d0',
            accountEnabled: true,
            displayName: 'Billy Smith',
          },
        ],
      },
    },
  },
  {
    pair: '048',
    query: '{ users { nodes { displayName mail userPrincipalName } } }',
    answer: {
      users: {
        nodes: [
          {
            displayName: 'contoso1',
            // The page has the apostrophe.
            mail: "'contoso1@gmail.com",
            userPrincipalName: 'contoso1_gmail.com#EXT#@microsoft.onmicrosoft.com',
          },
        ],
      },
    },
    unmodelled: ['mailNickname', 'otherMails', 'proxyAddresses'],
  },
  {
    pair: '049',
    query: `{
      groups(filter: { hasMembersWithLicenseErrors: { eq: true } }) { totalCount nodes { id displayName } }
    }`,
    answer: {
      groups: {
        totalCount: 2,
        nodes: [
          { id: '11111111-2222-3333-4444-555555555555', displayName: 'Contoso Group 1' },
          { id: '22222222-3333-4444-5555-666666666666', displayName: 'Contoso Group 2' },
        ],
      },
    },
  },
  { pair: '050', query: '{ groups { totalCount } }', answer: { groups: { totalCount: 893 } } },
  {
    pair: '051',
    query: `{
      group(id: "45b7d2e7-b882-4a80-ba97-10b7a63b8fa4") {
        id createdDateTime description displayName groupTypes mail mailEnabled securityEnabled visibility
      }
    }`,
    answer: {
      group: {
        // The id of the tenant was asked for; the page's answer has the one of the group.
        id: '4de51a22-3289-4ea5-bbdb-8503ea644f1b',
        createdDateTime: '2021-09-13T10:07:01Z',
        description: 'Self help community for library',
        displayName: 'Library Assist',
        groupTypes: ['Unified'],
        mail: 'library@contoso.com',
        mailEnabled: true,
        securityEnabled: false,
        visibility: 'Public',
      },
    },
    unmodelled: [
      'classification',
      'createdByAppId',
      'deletedDateTime',
      'expirationDateTime',
      'infoCatalogs',
      'isAssignableToRole',
      'isEnabled',
      'isManagementRestricted',
      'mailNickname',
      'membershipRule',
      'membershipRuleProcessingState',
      'onPremisesDomainName',
      'onPremisesGroupType',
      'onPremisesLastSyncDateTime',
      'onPremisesNetBiosName',
      'onPremisesProvisioningErrors',
      'onPremisesSamAccountName',
      'onPremisesSecurityIdentifier',
      'onPremisesSyncEnabled',
      'organizationId',
      'preferredDataLocation',
      'preferredLanguage',
      'proxyAddresses',
      'renewedDateTime',
      'resourceBehaviorOptions',
      'resourceProvisioningOptions',
      'securityIdentifier',
      'serviceProvisioningErrors',
      'theme',
      'writebackConfiguration',
    ],
  },
  {
    pair: '061',
    // What the page shows: without the header of advanced queries `$count` changes nothing, so this is the plain list.
    // That a count which is wanted leaves with the header is asserted in documentedPairs.test.ts.
    query: '{ users { nodes { displayName mail userPrincipalName } } }',
    answer: {
      users: {
        nodes: [
          {
            displayName: 'Oscar Ward',
            mail: 'oscarward@contoso.com',
            userPrincipalName: 'oscarward@contoso.com',
          },
        ],
      },
    },
  },
  {
    pair: '062',
    query: '{ users { nodes { id } } }',
    answer: { users: null },
    errors: ['users THROTTLED'],
    // Graph asks for ten seconds of patience; after two tries the twenty that a query may take would be over.
    sent: 2,
  },
];
