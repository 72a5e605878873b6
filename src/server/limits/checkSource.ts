import { GraphQLError, OperationTypeNode, parse, visit, type DocumentNode } from 'graphql';
import type { LimitsConfig } from '../../config/GatewayConfig.js';
import { measureDocument } from './measureDocument.js';
import { scanTokens } from './scanTokens.js';
import { tooComplex } from './tooComplex.js';

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
  const { depth, fields, aliases, rootFields, directives } = measureDocument(document);
  if (depth > limits.maxDepth) throw tooComplex('MAX_DEPTH', 'levels of fields', depth, limits.maxDepth);
  if (rootFields > limits.maxRootFields) {
    throw tooComplex('MAX_ROOT_FIELDS', 'fields at the top', rootFields, limits.maxRootFields);
  }
  if (aliases > limits.maxAliases) throw tooComplex('MAX_ALIASES', 'aliases', aliases, limits.maxAliases);
  if (fields > limits.maxFields) throw tooComplex('MAX_FIELDS', 'fields', fields, limits.maxFields);
  if (directives > limits.maxDirectives) {
    throw tooComplex('MAX_DIRECTIVES', 'directives in one place', directives, limits.maxDirectives);
  }
}
