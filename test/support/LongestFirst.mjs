import Sequencer from '@jest/test-sequencer';

/**
 * The files that take ten seconds or more on two cores, the longest first. In a fresh clone jest knows no durations and goes by
 * the size of files, so that the longest would begin last, and all cores but one wait for it.
 */
const longest = [
  'differential/differential',
  'writes/histories',
  'examples/dashboard',
  'cli/assign',
  'server/pages',
  'replicas/replicas',
  'cli/npmStart',
  'gateway/userMixing',
  'server/explainPage',
  'equivalence',
  'writes/outcomes',
  'writes/bulk',
  'cli/query',
  'federation/composition',
  'auth/identityOutage',
  'clients/codegen',
  'cli/process',
  'federation/shapes',
  'federation/supergraph',
  'writes/idempotency',
  'plans',
].map((name) => `/test/${name}.test.ts`);

/** The order in which test files begin: those that take longest, then the others in jest's own order. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const ofList = longest.flatMap((name) => tests.filter(({ path }) => path.endsWith(name)));
    return [...new Set([...ofList, ...super.sort(tests)])];
  }
}
