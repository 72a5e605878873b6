import type { GraphQLRequestContextWillSendResponse } from '@apollo/server';
import type { FormattedExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { isOfVariable } from '../errors/isOfVariable.js';
import { negotiateMediaType } from '../http/negotiateMediaType.js';
import type { ServedContext } from '../ServedContext.js';
import { passChallengeOn } from './passChallengeOn.js';

type Sending = GraphQLRequestContextWillSendResponse<ServedContext>;

/** More errors than these tell nobody anything, and make an answer of any size. */
const maxErrors = 50;
const maxErrorBytes = 60_000;

/** The first errors, up to both limits; one in any case. */
function firstErrors(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  let bytes = 0;
  return errors.slice(0, maxErrors).filter((error, index) => {
    bytes += Buffer.byteLength(JSON.stringify(error));
    return index === 0 || bytes <= maxErrorBytes;
  });
}

function capErrors(result: FormattedExecutionResult): void {
  if (result.errors === undefined) return;
  const total = result.errors.length;
  const shown = firstErrors(result.errors);
  if (shown.length === total) return;
  result.errors = shown;
  result.extensions = { ...result.extensions, errors: { total, shown: shown.length } };
}

/** A document that is wrong, as against one that is refused for what it asks. */
function isDocumentError(error: GraphQLError): boolean {
  const { code, validationErrorCode } = error.extensions;
  if (validationErrorCode !== undefined) return false;
  return code === 'GRAPHQL_PARSE_FAILED' || code === 'GRAPHQL_VALIDATION_FAILED' || isOfVariable(error);
}

/**
 * GraphQL over HTTP: with application/json a wrong document is answered with 200, as old clients and proxies expect; with
 * application/graphql-response+json the status 400 of Apollo stays.
 */
function chooseStatus({ request, response, errors }: Sending): void {
  const mediaType = negotiateMediaType(request.http?.headers.get('accept')) ?? 'application/json';
  response.http.headers.set('content-type', `${mediaType}; charset=utf-8`);
  if (mediaType !== 'application/json' || response.http.status !== 400) return;
  if (errors !== undefined && errors.every(isDocumentError)) response.http.status = 200;
}

/**
 * The last look at every answer: media type and status, the challenge that Graph sent, and a bound on the list of errors
 * that is sent.
 */
export function finishResponse(sending: Sending): void {
  chooseStatus(sending);
  passChallengeOn(sending.response);
  const { body } = sending.response;
  if (body.kind === 'single' && sending.request.http !== undefined) capErrors(body.singleResult);
}
