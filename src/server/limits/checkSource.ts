import { GraphQLError, OperationTypeNode, parse, visit, type DocumentNode } from 'graphql';
import type { LimitsConfig } from '../../config/GatewayConfig.js';
import { tooComplex } from '../../errors/tooComplex.js';
import { countComparisons } from './countComparisons.js';
import { documentTooLarge, fixed } from './documentTooLarge.js';
import { fragmentsOf, measureDocument } from './measureDocument.js';
import { scanTokens } from './scanTokens.js';

/** They take validation some 20 ms. */
const maxComparisons = 50_000;

function tooRepetitive(value: number): GraphQLError {
  return tooComplex(
    `The document repeats fields so often that ${value} comparisons have to show whether they agree, more than the ${maxComparisons} that are allowed (${fixed}).`,
    { value, max: maxComparisons },
  );
}

function parseQuietly(source: string): DocumentNode | undefined {
  try {
    return parse(source, { noLocation: true });
  } catch {
    // Apollo parses once more and reports what is wrong.
    return undefined;
  }
}

function notOffered(what: string): GraphQLError {
  return new GraphQLError(`${what} are not offered.`, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}

/** Answers are given whole: refuses what would send them in parts. */
function refuseStreaming(document: DocumentNode): void {
  visit(document, {
    OperationDefinition({ operation }) {
      if (operation === OperationTypeNode.SUBSCRIPTION) throw notOffered('Subscriptions');
    },
    Directive({ name }) {
      if (name.value === 'defer' || name.value === 'stream') throw notOffered('@defer and @stream');
    },
  });
}

/**
 * Holds the text of a document against the limits, before it is validated: validation takes more than linear time for
 * some documents. Raises QUERY_TOO_COMPLEX with limit and value. A document that cannot be parsed passes; the parser
 * reports it later.
 */
export function checkSource(source: string, limits: LimitsConfig): void {
  scanTokens(source, limits.maxTokens);
  const document = parseQuietly(source);
  if (document === undefined) return;
  refuseStreaming(document);
  const fragments = fragmentsOf(document);
  const { depth, fields, aliases, rootFields, directives } = measureDocument(document, fragments);
  if (depth > limits.maxDepth) throw documentTooLarge('MAX_DEPTH', 'levels of fields', depth, limits.maxDepth);
  if (rootFields > limits.maxRootFields) {
    throw documentTooLarge('MAX_ROOT_FIELDS', 'fields at the top', rootFields, limits.maxRootFields);
  }
  if (aliases > limits.maxAliases) throw documentTooLarge('MAX_ALIASES', 'aliases', aliases, limits.maxAliases);
  if (fields > limits.maxFields) throw documentTooLarge('MAX_FIELDS', 'fields', fields, limits.maxFields);
  if (directives > limits.maxDirectives) {
    throw documentTooLarge('MAX_DIRECTIVES', 'directives in one place', directives, limits.maxDirectives);
  }
  const comparisons = countComparisons(document, fragments);
  if (comparisons > maxComparisons) throw tooRepetitive(comparisons);
}
