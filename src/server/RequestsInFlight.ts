import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Bag, type Held } from '../resilience/Bag.js';
import { HangUp } from './HangUp.js';

interface OpenRequest extends Held {
  readonly response: ServerResponse;
  readonly hangUp: HangUp;
}

/** The GraphQL requests that are being answered. */
export class RequestsInFlight {
  private readonly open = new Bag<OpenRequest>();

  /** What aborts when the caller hangs up before the response is complete. */
  signalOf(response: ServerResponse): HangUp {
    const hangUp = new HangUp();
    const request: OpenRequest = { response, hangUp, place: undefined };
    this.open.add(request);
    response.on('close', () => {
      this.open.remove(request);
      if (!response.writableFinished) hangUp.abort();
    });
    return hangUp;
  }

  /** Resolves when all that are in flight now are answered or given up; later ones are not waited for. */
  async settled(): Promise<void> {
    await Promise.all(this.open.content.map(({ response }) => once(response, 'close')));
  }

  /** Gives up everything that is in flight. */
  abortAll(): void {
    for (const { hangUp } of [...this.open.content]) hangUp.abort();
  }
}
