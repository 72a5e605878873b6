/** Input that no plan can be made for. The message is safe to show: it says what was wrong and what to do. */
export class PlanningError extends Error {
  override readonly name = 'PlanningError';
  readonly code = 'BAD_USER_INPUT';
}
