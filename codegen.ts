import type { CodegenConfig } from '@graphql-codegen/cli';

/** Custom scalars travel as strings. */
const scalars = {
  ID: { input: 'string', output: 'string' },
  UUID: { input: 'string', output: 'string' },
  DateTime: { input: 'string', output: 'string' },
  Date: { input: 'string', output: 'string' },
  _FieldSet: 'string',
};

const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  emitLegacyCommonJSImports: false,
  generates: {
    'src/generated/resolversTypes.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        useTypeImports: true,
        enumsAsTypes: true,
        contextType: '../resolvers/GatewayContext.js#GatewayContext',
        defaultMapper: '../answer/AnswerObject.js#AnswerObject',
        mappers: {
          CreateAssignmentPayload: '../resolvers/mutations/payloads.js#SinglePayload',
          UpdateAssignmentPayload: '../resolvers/mutations/payloads.js#SinglePayload',
          UpdateLicenseUsagePayload: '../resolvers/mutations/payloads.js#SinglePayload',
          DeleteAssignmentPayload: '../resolvers/mutations/payloads.js#DeletionPayload',
          ReprocessAssignmentsPayload: '../resolvers/mutations/payloads.js#ReprocessPayload',
          AssignLicensesPayload: '../resolvers/mutations/payloads.js#AllotmentPayload',
          RemoveLicensesPayload: '../resolvers/mutations/payloads.js#AllotmentPayload',
          RemoveAssignmentsPayload: '../resolvers/mutations/payloads.js#BulkPayload',
          AssignLicensesResult: '../resolvers/mutations/payloads.js#ItemPayload',
          RemoveLicensesResult: '../resolvers/mutations/payloads.js#ItemPayload',
          RemoveAssignmentsResult: '../resolvers/mutations/payloads.js#ItemPayload',
          ReprocessAssignmentsResult: '../resolvers/mutations/payloads.js#ItemPayload',
          SwapLicensesPayload: '../resolvers/mutations/payloads.js#SwapPayload',
          SwapLicensesResult: '../resolvers/mutations/payloads.js#SwapItemPayload',
          SwapTotal: '../resolvers/mutations/payloads.js#SwapTotal as TotalOfSwap',
          OutcomeTotal: '../resolvers/mutations/payloads.js#OutcomeTotal as TotalOfOutcome',
          UserError: '../writes/WriteResult.js#UserError as ErrorOfUser',
          PlannedCall: '../writes/WriteResult.js#PlannedCall as CallToCome',
        },
        strictScalars: true,
        maybeValue: 'T | null',
        useIndexSignature: false,
        scalars,
      },
    },
    // Committed, so that the example needs no code generator to be installed.
    'examples/dashboard/src/generated/': {
      preset: 'client',
      documents: 'examples/dashboard/src/**/*.{ts,tsx}',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'getFragmentData' } },
      config: { useTypeImports: true, enumsAsTypes: true, strictScalars: true, scalars },
    },
  },
};

export default config;
