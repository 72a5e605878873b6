import type { GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { reportCalls } from '../../graph/reportCalls.js';
import type { ServedContext } from '../ServedContext.js';

type Sending = GraphQLRequestContextWillSendResponse<ServedContext>;

/** Says what the request has cost, call by call. */
export function tellCost({ contextValue: { usage }, response: { body } }: Sending, startedAt: number): void {
  if (body.kind !== 'single') return;
  const result = body.singleResult;
  result.extensions = { ...result.extensions, graph: { ...usage.toJSON(), ...reportCalls(usage, startedAt) } };
}
