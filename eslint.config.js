import { existsSync } from 'node:fs';
import { createNodeResolver, flatConfigs } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * What each folder of src/ may import of ours: data flows one way. `gateway.ts` and `cli/` put the parts together and may
 * import anything. The emulator stands alone, so that it can be an oracle.
 */
const mayImport = {
  admission: ['clock', 'graph', 'resilience'],
  answer: ['bind', 'compile', 'explain', 'mapping', 'run'],
  auth: ['cache', 'clock', 'config', 'graph', 'network', 'resilience'],
  bind: ['compile', 'mapping', 'odata'],
  cache: ['clock'],
  clock: [],
  compile: ['mapping', 'odata'],
  config: ['network'],
  csv: [],
  emulator: [],
  errors: [],
  explain: ['bind', 'compile', 'graph', 'mapping', 'odata', 'schema'],
  graph: ['cache', 'clock', 'network', 'resilience'],
  loaders: ['graph', 'mapping', 'odata', 'run'],
  mapping: [],
  names: ['csv', 'mapping', 'network'],
  network: [],
  odata: ['mapping'],
  resilience: [],
  resolvers: ['answer', 'cache', 'compile', 'generated', 'graph', 'loaders', 'mapping', 'odata', 'run', 'writes'],
  run: ['bind', 'clock', 'compile', 'mapping', 'odata'],
  scalars: ['mapping', 'odata'],
  schema: ['config', 'mapping', 'scalars'],
  server: ['auth', 'clock', 'config', 'graph', 'resilience', 'resolvers', 'telemetry'],
  telemetry: ['config', 'graph', 'mapping', 'resilience'],
  writes: ['cache', 'clock', 'generated', 'graph', 'mapping', 'odata'],
};

/** The list of error codes is for everybody; the emulator has its own errors. */
const forAll = (folder) => (folder === 'emulator' || folder === 'errors' ? [] : ['errors']);

const zones = Object.entries(mayImport).map(([folder, allowed]) => ({
  target: `./src/${folder}`,
  from: './src',
  except: [folder, ...forAll(folder), ...allowed].map((each) => `./${each}`),
}));

/** Rules that read types need the packages of the example, which are not part of `npm ci`. CI installs them first. */
const dashboard = existsSync(new URL('examples/dashboard/node_modules', import.meta.url))
  ? []
  : ['examples/dashboard/'];

export default tseslint.config(
  { ignores: ['**/dist/', '**/generated/', 'node_modules/', 'coverage/', '**/*.mjs', '**/*.js', ...dashboard] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    plugins: flatConfigs.typescript.plugins ?? flatConfigs.recommended.plugins,
    settings: {
      ...flatConfigs.typescript.settings,
      'import-x/resolver-next': [
        createNodeResolver({ extensions: ['.ts', '.tsx', '.js'], extensionAlias: { '.js': ['.ts', '.js'] } }),
      ],
    },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
    },
  },
  {
    // What is missing is said where it is missed, with its name.
    files: ['src/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'error' },
  },
  {
    // The date of the machine may be set at any time: what waits or measures goes by `Clock.now`.
    files: ['src/**'],
    ignores: ['src/clock/**', 'src/emulator/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        "NewExpression[callee.name='Date'][arguments.length=0]",
        "MemberExpression[object.name='Date'][property.name='now']",
      ],
    },
  },
  {
    // Plain data in, plain data out: nothing here waits, tells the time or throws dice.
    files: ['src/bind/**', 'src/compile/**', 'src/odata/**', 'src/mapping/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        'AwaitExpression',
        'FunctionDeclaration[async=true]',
        'ArrowFunctionExpression[async=true]',
        "NewExpression[callee.name='Date'][arguments.length=0]",
        "MemberExpression[object.name='Math'][property.name='random']",
        "MemberExpression[object.name='Date'][property.name='now']",
      ],
      'no-restricted-globals': ['error', 'fetch', 'process', 'setTimeout', 'performance'],
    },
  },
  {
    // Facts about Graph and the spelling of its URLs know nothing of GraphQL.
    files: ['src/odata/**', 'src/mapping/**', 'src/graph/**'],
    rules: { 'no-restricted-imports': ['error', 'graphql'] },
  },
  {
    // Tests look into answers of every shape; a wrong path fails the assertion instead. Clients hand on what they were given.
    files: ['test/**', 'examples/**'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
