import type { SharedCounters } from '../../cache/SharedCounters.js';

/** A line in which all replicas stand, and where they put together what they see. */
export type SharedPace = Pick<SharedCounters, 'pace'>;
