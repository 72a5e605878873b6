/** What is to be assigned to everybody in the file, or taken away from them. */
export interface AssignTask {
  readonly allotmentId: string;
  /** The allotment that is taken away from whoever has the other one; undefined where nothing is. */
  readonly replacedAllotmentId?: string | undefined;
  /** Whether the allotment is taken away instead; undefined where it is not. */
  readonly isRemoval?: true | undefined;
  readonly disabledServicePlanIds: readonly string[];
  readonly dryRun: boolean;
}
