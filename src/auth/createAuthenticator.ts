import type { AuthDependencies } from './AuthDependencies.js';
import type { Authenticator } from './Authenticator.js';
import type { AuthConfig } from '../config/GatewayConfig.js';
import { createAppAuthenticator } from './modes/createAppAuthenticator.js';
import { createOboAuthenticator } from './modes/createOboAuthenticator.js';
import { createOpenAuthenticator } from './modes/createOpenAuthenticator.js';
import { createPassthroughAuthenticator } from './modes/createPassthroughAuthenticator.js';

export type { AuthDependencies } from './AuthDependencies.js';
export type { Authenticator } from './Authenticator.js';
export type { Caller } from './Caller.js';

/**
 * Makes the authenticator of the configured mode (docs/configuration.md, `GRAPH_AUTH`). Throws a plain error of one line that
 * names the variable when a setting is missing or unusable.
 */
export function createAuthenticator(options: AuthConfig, dependencies: AuthDependencies = {}): Authenticator {
  switch (options.mode) {
    case 'emulator':
    case 'none':
      return createOpenAuthenticator();
    case 'passthrough':
      return createPassthroughAuthenticator();
    case 'app':
      return createAppAuthenticator(options, dependencies);
    case 'obo':
      return createOboAuthenticator(options, dependencies);
  }
}
