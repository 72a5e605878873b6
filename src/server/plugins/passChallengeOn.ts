import type { GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { challengeOf } from '../errors/toGraphQLError.js';
import type { ServedContext } from '../ServedContext.js';

/**
 * Says in the header in which Graph's claims challenge came what token it wants, also where the rest of the answer stands
 * and its status is 200: clients of Graph know that header (RFC 9110, section 11.6.1, allows it on any answer).
 */
export function passChallengeOn({
  body,
  http,
}: GraphQLRequestContextWillSendResponse<ServedContext>['response']): void {
  if (body.kind !== 'single' || body.singleResult.errors === undefined) return;
  const challenge = body.singleResult.errors.find(({ extensions }) => extensions?.code === 'CLAIMS_CHALLENGE');
  if (challenge !== undefined) http.headers.set('www-authenticate', challengeOf(challenge.extensions?.claims));
}
