import type { WriteEnvironment } from './WriteEnvironment.js';

/** Waits until every replica knows what was there at a moment, by `Clock.now`. */
export async function catchUp(
  { clock, replicationLagMs }: Pick<WriteEnvironment, 'clock' | 'replicationLagMs'>,
  moment: number,
): Promise<void> {
  const wait = moment + replicationLagMs - clock.now();
  if (wait > 0) await clock.delay(wait);
}
