import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { compileOperation } from './compileOperation.js';
import type { CompileLimits } from './CompileLimits.js';
import { answerQuestion } from './Condition.js';
import type { FieldArguments } from './FieldArguments.js';
import type { CompiledOperation } from './plan.js';

/** Counts that show in the metrics. */
export interface CompileCounts {
  readonly compiled: () => void;
  readonly found: () => void;
}

const uncounted: CompileCounts = { compiled: () => undefined, found: () => undefined };

/** Plans of one operation that differ in which optional arguments are given; more are compiled anew. */
const maxVariants = 16;

function fits({ conditions }: CompiledOperation, given: FieldArguments): boolean {
  return conditions.every(({ question, answer }) => answerQuestion(question, given) === answer);
}

/**
 * Compiled operations, kept as long as the parsed document that they were made of: what bounds the store of documents
 * bounds them too.
 */
export class CompiledDocuments {
  private readonly variants = new WeakMap<OperationDefinitionNode, CompiledOperation[]>();

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
