import {
  isAbstractType,
  Kind,
  typeFromAST,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { NavigationField } from '../mapping/mappingTypes.js';
import { coerceArguments } from './coerceArguments.js';
import { answerQuestion, refusedList, type Condition, type Question } from './Condition.js';
import { plainList, listShapeOf, type ListShape } from './listShapeOf.js';
import type { FieldArguments } from './FieldArguments.js';
import type { Use } from './plan.js';
import type { ArgumentValues } from './coerceArguments.js';

/** The fragments of a document by name. */
function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
}

function holdsVariable(value: ValueNode): boolean {
  switch (value.kind) {
    case Kind.VARIABLE:
      return true;
    case Kind.LIST:
      return value.values.some(holdsVariable);
    case Kind.OBJECT:
      return value.fields.some((field) => holdsVariable(field.value));
    default:
      return false;
  }
}

/**
 * One compilation of an operation: reads the document, and notes each question about the variables with its answer, so
 * that the plan is known to fit other variables that answer alike.
 */
export class Compilation {
  readonly conditions: Condition[] = [];
  readonly uses: Use[] = [];
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(
    readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly given: FieldArguments,
  ) {
    this.fragments = fragmentsOf(document);
  }

  /** The fields that selection sets ask of one object type (specification section 6.3.2), by response key in the order of the query. */
  collectFields(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): ReadonlyMap<string, readonly FieldNode[]> {
    const collected = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const set of sets) this.collectInto(collected, visited, type, set);
    return collected;
  }

  /** Notes a field with arguments. Gives its place in `uses`, or -1 where the field takes none. */
  addUse(name: string, definition: GraphQLField<unknown, unknown>, node: FieldNode, isConnection: boolean): number {
    if (definition.args.length === 0) return -1;
    const isConstant = !(node.arguments ?? []).some((argument) => holdsVariable(argument.value));
    const constant = isConstant ? this.valuesOf(definition, node) : undefined;
    return this.uses.push({ name, definition, node, isConnection, constant }) - 1;
  }

  /** The shape of a list by the arguments of one of its uses. */
  shapeOf(field: NavigationField, use: number): ListShape {
    const found = this.uses[use];
    if (found === undefined) return plainList;
    if (found.constant !== undefined) return listShapeOf(field, found.constant);
    const { definition, node } = found;
    const answer = this.ask({ ask: 'list', definition, node, field });
    return answer === refusedList ? plainList : listShapeOf(field, this.given.of(definition, node));
  }

  private valuesOf(definition: GraphQLField<unknown, unknown>, node: FieldNode): ArgumentValues | undefined {
    try {
      return coerceArguments(definition, node, {});
    } catch {
      return undefined;
    }
  }

  private ask(question: Question): string {
    const answer = answerQuestion(question, this.given);
    this.conditions.push({ question, answer });
    return answer;
  }

  private collectInto(
    collected: Map<string, FieldNode[]>,
    visited: Set<string>,
    type: GraphQLObjectType,
    set: SelectionSetNode,
  ): void {
    for (const node of set.selections) {
      if (!this.isIncluded(node)) continue;
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const nodes = collected.get(key);
        if (nodes === undefined) collected.set(key, [node]);
        else nodes.push(node);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        if (this.fits(node.typeCondition, type)) this.collectInto(collected, visited, type, node.selectionSet);
      } else if (!visited.has(node.name.value)) {
        visited.add(node.name.value);
        const fragment = this.fragments.get(node.name.value);
        if (fragment !== undefined && this.fits(fragment.typeCondition, type)) {
          this.collectInto(collected, visited, type, fragment.selectionSet);
        }
      }
    }
  }

  private fits(condition: FragmentDefinitionNode['typeCondition'] | undefined, type: GraphQLObjectType): boolean {
    if (condition === undefined) return true;
    const named = typeFromAST(this.schema, condition);
    return named === type || (isAbstractType(named) && this.schema.isSubType(named, type));
  }

  private isIncluded({ directives }: SelectionNode): boolean {
    return (directives ?? []).every((directive) => {
      const name = directive.name.value;
      if (name !== 'skip' && name !== 'include') return true;
      const value = directive.arguments?.[0]?.value;
      return this.isTrue(value) === (name === 'include');
    });
  }

  private isTrue(value: ValueNode | undefined): boolean {
    if (value?.kind === Kind.BOOLEAN) return value.value;
    return value?.kind === Kind.VARIABLE && this.ask({ ask: 'isTrue', variable: value.name.value }) === 'true';
  }
}
