/**
 * How old what Graph reads may be, in milliseconds. The directory answers from several replicas, and one of them may not
 * know yet what was written a moment ago (Graph: "write operations to the directory … replication"; people have seen
 * two seconds). A read settles what became of a change only if it was made so long after the change.
 */
export const replicationLagMs = 3_000;
