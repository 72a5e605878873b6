import type { Caller } from './Caller.js';

/** Turns the inbound Authorization header into a caller with a way to get Graph tokens. */
export interface Authenticator {
  /**
   * Verifies the header before anything is planned. Rejects with `AuthError` (UNAUTHENTICATED, or IDENTITY_UNAVAILABLE
   * when no key to verify with has ever been fetched). An array, or a value with a comma, is more than one header and is refused.
   */
  authenticate(authorization: string | readonly string[] | undefined): Promise<Caller>;
  /** False once closed, or while the identity service has never answered in a mode that needs it. */
  ready(): boolean;
  /** Closes the connections to the identity service and to the shared store. */
  close(): Promise<void>;
}
