import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** The GraphQL requests that are being answered. */
export class RequestsInFlight {
  private readonly open = new Map<ServerResponse, AbortController>();

  /** A signal that aborts when the caller hangs up before the response is complete. */
  signalOf(response: ServerResponse): AbortSignal {
    const controller = new AbortController();
    this.open.set(response, controller);
    response.once('close', () => {
      this.open.delete(response);
      if (!response.writableFinished) controller.abort();
    });
    return controller.signal;
  }

  /** Resolves when all that are in flight now are answered or given up; later ones are not waited for. */
  async settled(): Promise<void> {
    await Promise.all([...this.open.keys()].map((response) => once(response, 'close')));
  }

  /** Gives up everything that is in flight. */
  abortAll(): void {
    for (const controller of this.open.values()) controller.abort();
  }
}
