import {
  GraphQLError,
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** How much a document asks for, with every fragment counted at each place where it is spread. */
export interface DocumentSize {
  /** Fields inside fields. */
  readonly depth: number;
  /** Over all operations. */
  readonly fields: number;
  readonly aliases: number;
  /** Fields at the top of the largest operation. */
  readonly rootFields: number;
  /** Directives on one selection or definition. */
  readonly directives: number;
}

const nothing: DocumentSize = { depth: 0, fields: 0, aliases: 0, rootFields: 0, directives: 0 };

/** The size of two selections side by side. */
function add(left: DocumentSize, right: DocumentSize): DocumentSize {
  return {
    depth: Math.max(left.depth, right.depth),
    fields: left.fields + right.fields,
    aliases: left.aliases + right.aliases,
    rootFields: left.rootFields + right.rootFields,
    directives: Math.max(left.directives, right.directives),
  };
}

/** The larger of two operations in each respect: only one of them runs. Fields are validated in both. */
function larger(left: DocumentSize, right: DocumentSize): DocumentSize {
  return {
    depth: Math.max(left.depth, right.depth),
    fields: left.fields + right.fields,
    aliases: Math.max(left.aliases, right.aliases),
    rootFields: Math.max(left.rootFields, right.rootFields),
    directives: Math.max(left.directives, right.directives),
  };
}

/** Validation would say the same, in the same words, but only after it has compared all fields. */
function invalid(message: string): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', retryable: false, http: { status: 400 } },
  });
}

/** Measures each fragment once, however often it is spread: time grows with the text, not with what it stands for. */
class Measurement {
  private readonly measured = new Map<string, DocumentSize | 'under way'>();

  constructor(private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {}

  /** Raises for a fragment that was not measured, because no operation leads to it. */
  checkUse(fragment: FragmentDefinitionNode): void {
    const name = fragment.name.value;
    if (this.fragments.get(name) !== fragment) throw invalid(`There can be only one fragment named "${name}".`);
    if (!this.measured.has(name)) throw invalid(`Fragment "${name}" is never used.`);
  }

  ofSelections(set: SelectionSetNode | undefined): DocumentSize {
    return (set?.selections ?? []).reduce((sum, selection) => add(sum, this.ofSelection(selection)), nothing);
  }

  private ofSelection(selection: SelectionNode): DocumentSize {
    const inner = this.inside(selection);
    return { ...inner, directives: Math.max(inner.directives, selection.directives?.length ?? 0) };
  }

  private inside(selection: SelectionNode): DocumentSize {
    switch (selection.kind) {
      case Kind.INLINE_FRAGMENT:
        return this.ofSelections(selection.selectionSet);
      case Kind.FRAGMENT_SPREAD:
        return this.ofFragment(selection.name.value);
      case Kind.FIELD: {
        const { depth, fields, aliases, directives } = this.ofSelections(selection.selectionSet);
        const own = selection.alias === undefined ? 0 : 1;
        return { depth: depth + 1, fields: fields + 1, aliases: aliases + own, rootFields: 1, directives };
      }
    }
  }

  private ofFragment(name: string): DocumentSize {
    const known = this.measured.get(name);
    if (known === 'under way') throw invalid(`Cannot spread fragment "${name}" within itself.`);
    if (known !== undefined) return known;
    this.measured.set(name, 'under way');
    const fragment = this.fragments.get(name);
    const inside = this.ofSelections(fragment?.selectionSet);
    const size = { ...inside, directives: Math.max(inside.directives, fragment?.directives?.length ?? 0) };
    this.measured.set(name, size);
    return size;
  }
}

/** The fragments of a document by name. */
export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/**
 * Measures a parsed document that need not be valid, in time that grows with its text. Raises GRAPHQL_VALIDATION_FAILED
 * where it has a fragment that no operation leads to, or that is inside itself: those have no size.
 */
export function measureDocument(document: DocumentNode, fragments = fragmentsOf(document)): DocumentSize {
  const measurement = new Measurement(fragments);
  const size = document.definitions.reduce((largest, definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return largest;
    const directives = definition.directives?.length ?? 0;
    const inside = measurement.ofSelections(definition.selectionSet);
    return larger(largest, { ...inside, directives: Math.max(inside.directives, directives) });
  }, nothing);
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) measurement.checkUse(definition);
  }
  return size;
}
