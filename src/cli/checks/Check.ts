import type { GatewayConfig } from '../../config/GatewayConfig.js';

/** One thing that has to be right before the gateway can do its work. */
export interface Check {
  /** What is checked, in a few words. */
  readonly subject: string;
  /** Gives what was found, in one line without secrets; raises an Error that says what is wrong. */
  readonly run: (config: GatewayConfig) => Promise<string>;
}

/** How a check went. */
export interface CheckResult {
  readonly subject: string;
  /** `skipped` is what could not be tried, or what nobody has to have. */
  readonly outcome: 'ok' | 'FAILED' | 'skipped';
  readonly detail: string;
}
