/** What is to be assigned to everybody in the file. */
export interface AssignTask {
  readonly allotmentId: string;
  /** The allotment that is taken away from whoever has the other one; undefined where nothing is. */
  readonly replacedAllotmentId?: string | undefined;
  readonly disabledServicePlanIds: readonly string[];
  readonly dryRun: boolean;
}
