/**
 * How much longer than the deadline of its request a change may take at the most, in milliseconds: a write that has just left
 * has the whole time of a call (30 s), and its outcome is read then. After that it has surely ended, if only because its
 * process did.
 */
export const longestOverrunMs = 60_000;
