import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { compileOperation } from './compileOperation.js';
import type { CompileLimits } from './CompileLimits.js';
import { answerQuestion } from './Condition.js';
import type { FieldArguments } from './FieldArguments.js';
import type { ConnectionOut, EdgeOut, Out, PageInfoOut } from './Out.js';
import type { CompiledOperation } from './plan.js';

/** Counts that show in the metrics. */
export interface CompileCounts {
  readonly compiled: () => void;
  readonly found: () => void;
}

const uncounted: CompileCounts = { compiled: () => undefined, found: () => undefined };

/** Response keys, over all plans that are kept; one takes up to a kilobyte with what is planned for it. */
const maxKeys = 25_000;

/** What a plan takes beside its keys, as so many of them. */
const costOfPlan = 2;

/** How many response keys a plan writes. */
function countKeys(outs: readonly (Out | ConnectionOut | EdgeOut | PageInfoOut)[]): number {
  return outs.reduce((sum, out) => {
    const inner = 'out' in out ? countKeys(out.out) : 0;
    const behind = 'byType' in out ? Object.values(out.byType).reduce((count, each) => count + countKeys(each), 0) : 0;
    return sum + 1 + inner + behind;
  }, 0);
}

/** Plans of one operation that differ in which optional arguments are given; more are compiled anew. */
const maxVariants = 16;

function fits({ conditions }: CompiledOperation, given: FieldArguments): boolean {
  return conditions.every(({ question, answer }) => answerQuestion(question, given) === answer);
}

/**
 * Compiled operations, by the parsed document that they were made of. Bounded by what they take themselves: a plan may be
 * many times as large as its text, in which fragments stand once.
 */
export class CompiledDocuments {
  private readonly variants = new LRUCache<OperationDefinitionNode, CompiledOperation[]>({
    maxSize: maxKeys,
    sizeCalculation: (plans) => plans.reduce((sum, { out }) => sum + costOfPlan + countKeys(out), 0),
  });

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: CompileLimits,
    private readonly counts: CompileCounts = uncounted,
  ) {}

  /** The plan of an operation that fits what a request gives; made where there is none. */
  get(document: DocumentNode, operation: OperationDefinitionNode, given: FieldArguments): CompiledOperation {
    const variants = this.variants.get(operation) ?? [];
    const known = variants.find((variant) => fits(variant, given));
    if (known !== undefined) {
      this.counts.found();
      return known;
    }
    this.counts.compiled();
    const made = compileOperation(this.schema, document, operation, given, this.limits);
    this.variants.set(operation, [made, ...variants.slice(0, maxVariants - 1)]);
    return made;
  }
}
