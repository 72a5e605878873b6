import type {
  GraphQLRequestContext,
  GraphQLRequestContextResponseForOperation,
  GraphQLRequestContextWillSendResponse,
  GraphQLRequestListener,
  GraphQLResponse,
} from '@apollo/server';
import type { ServedContext } from '../ServedContext.js';

/** What is done for each operation. */
export interface OperationSteps {
  /** Answers it in the place of graphql-js; null: graphql-js answers. */
  answer(asking: GraphQLRequestContextResponseForOperation<ServedContext>): Promise<GraphQLResponse | null>;
  /** The last look at the answer, before it is sent. */
  finish(sending: GraphQLRequestContextWillSendResponse<ServedContext>): void;
  /** Adds to the answer what it has cost, since `startedAt` by `performance.now()`. */
  tellCost(sending: GraphQLRequestContextWillSendResponse<ServedContext>, startedAt: number): void;
  /** Tells of it, once it is answered. */
  observe(request: GraphQLRequestContext<ServedContext>, milliseconds: number): void;
}

/**
 * Follows one operation through Apollo Server. One listener does it all, because Apollo waits for every hook of every
 * plugin, also where there is nothing to wait for.
 */
export class OperationListener implements GraphQLRequestListener<ServedContext> {
  private readonly startedAt = performance.now();

  /** @param tellsCost whether the caller wants to know the cost, and may */
  constructor(
    private readonly steps: OperationSteps,
    private readonly tellsCost: boolean,
  ) {}

  responseForOperation(
    asking: GraphQLRequestContextResponseForOperation<ServedContext>,
  ): Promise<GraphQLResponse | null> {
    return this.steps.answer(asking);
  }

  async willSendResponse(sending: GraphQLRequestContextWillSendResponse<ServedContext>): Promise<void> {
    this.steps.finish(sending);
    if (this.tellsCost) this.steps.tellCost(sending, this.startedAt);
    this.steps.observe(sending, performance.now() - this.startedAt);
  }
}
