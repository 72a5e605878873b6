import { Kind, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** Fields that have selections are compared with all that is inside them, which takes some ten times as long. */
const costOfSelections = 10;

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** The fields of a selection by the name they have in the answer; every fragment once, whatever type it is on. */
function collectFields(
  set: SelectionSetNode,
  fragments: Fragments,
  collected: Map<string, FieldNode[]>,
  spread: Set<string>,
): void {
  for (const node of set.selections) {
    if (node.kind === Kind.FIELD) {
      const name = node.alias?.value ?? node.name.value;
      const others = collected.get(name);
      if (others === undefined) collected.set(name, [node]);
      else others.push(node);
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      collectFields(node.selectionSet, fragments, collected, spread);
    } else if (!spread.has(node.name.value)) {
      spread.add(node.name.value);
      const fragment = fragments.get(node.name.value);
      if (fragment !== undefined) collectFields(fragment.selectionSet, fragments, collected, spread);
    }
  }
}

function countIn(sets: readonly SelectionSetNode[], fragments: Fragments): number {
  const collected = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  for (const set of sets) collectFields(set, fragments, collected, spread);
  let count = 0;
  for (const nodes of collected.values()) {
    const pairs = (nodes.length * (nodes.length - 1)) / 2;
    const inside = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    count += inside.length === 0 ? pairs : pairs * costOfSelections + countIn(inside, fragments);
  }
  return count;
}

/**
 * How many comparisons validation makes to see whether fields of the same name agree (GraphQL: Field Selection Merging):
 * each is compared with each, so that time grows with the square of the repeats. Counted in time that grows with the
 * fields of a document that could be measured.
 */
export function countComparisons(document: DocumentNode, fragments: Fragments): number {
  return document.definitions.reduce(
    (sum, definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? sum + countIn([definition.selectionSet], fragments) : sum,
    0,
  );
}
