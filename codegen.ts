import type { CodegenConfig } from '@graphql-codegen/cli';

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
        contextType: '../resolvers/context.js#GatewayContext',
        defaultMapper: '../execution/shapeResult.js#ShapedObject',
        strictScalars: true,
        maybeValue: 'T | null',
        useIndexSignature: false,
        scalars: {
          ID: { input: 'string', output: 'string' },
          UUID: { input: 'string', output: 'string' },
          DateTime: { input: 'string', output: 'string' },
          Date: { input: 'string', output: 'string' },
          _FieldSet: 'string',
        },
      },
    },
  },
};

export default config;
