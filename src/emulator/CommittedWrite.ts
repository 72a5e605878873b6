/** A change of an assignment that took effect, whatever its caller was told. */
export interface CommittedWrite {
  readonly kind: 'created' | 'updated' | 'deleted';
  /** Milliseconds on the clock of `performance.now()`. */
  readonly at: number;
  readonly assignmentId: string;
  readonly allotmentId: string;
  readonly assigneeId: string;
  /** As they are afterwards. */
  readonly disabledServicePlanIds: readonly string[];
  /** Seats of the allotment that are taken afterwards. */
  readonly consumedUnits: number;
  /** Authorization header of the request. */
  readonly authorization: string | undefined;
}
