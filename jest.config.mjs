/** Tests are TypeScript ES modules, compiled one file at a time by swc; types are checked by `npm run types`. */
import { availableParallelism } from 'node:os';

// As in operation: graphql-js looks at every object otherwise for whether another copy of itself has made it, which takes a
// third of the time of the tests that compare answers. Tests that depend on it say so in the environment they give.
process.env.NODE_ENV = 'production';

export default {
  testEnvironment: '<rootDir>/test/canaries/CanaryEnvironment.mjs',
  roots: ['<rootDir>/test'],
  // One more than there are cores: many tests wait for a browser, or for processes that they have started.
  maxWorkers: availableParallelism() + 1,
  testSequencer: '<rootDir>/test/support/LongestFirst.mjs',
  // A busy machine may take its time: no test asserts how fast something is.
  testTimeout: 30_000,
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' }, sourceMaps: 'inline' },
    ],
  },
};
