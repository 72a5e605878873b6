import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { HangUp } from './HangUp.js';

/** The GraphQL requests that are being answered. */
export class RequestsInFlight {
  private readonly open = new Map<ServerResponse, HangUp>();

  /** What aborts when the caller hangs up before the response is complete. */
  signalOf(response: ServerResponse): HangUp {
    const hangUp = new HangUp();
    this.open.set(response, hangUp);
    response.on('close', () => {
      this.open.delete(response);
      if (!response.writableFinished) hangUp.abort();
    });
    return hangUp;
  }

  /** Resolves when all that are in flight now are answered or given up; later ones are not waited for. */
  async settled(): Promise<void> {
    await Promise.all([...this.open.keys()].map((response) => once(response, 'close')));
  }

  /** Gives up everything that is in flight. */
  abortAll(): void {
    for (const hangUp of this.open.values()) hangUp.abort();
  }
}
