import type { CodegenConfig } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

const config: CodegenConfig = {
  // From `license-gateway print-schema --api`.
  schema: './schema.graphql',
  documents: './src/**/*.{ts,tsx}',
  generates: {
    './src/gql/': {
      preset: 'client',
      presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' } },
      // A cache wants the type of every object, so that the documents that are persisted have to ask for it too.
      documentTransforms: [addTypenameSelectionDocumentTransform],
      config: {
        strictScalars: true,
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: { ID: 'string', UUID: 'string', DateTime: 'string', Date: 'string' },
      },
    },
  },
};

export default config;
