import { systemClock } from '../clock/systemClock.js';

/** A way to wait that says why, and until when. */
export type AnnouncedDelay = (milliseconds: number, reason: string) => Promise<void>;

/** The time of day, as the clock of whoever reads it shows it. */
function timeAfter(milliseconds: number): string {
  return new Date(systemClock.date() + milliseconds).toTimeString().slice(0, 8);
}

/** Makes waiting tell: a command that is silent for minutes looks as if it hung. */
export function announceDelay(
  delay: (milliseconds: number) => Promise<void>,
  tell: (line: string) => void,
): AnnouncedDelay {
  return (milliseconds, reason) => {
    tell(`${reason.replace(/\.$/, '')}: asking again at ${timeAfter(milliseconds)}`);
    return delay(milliseconds);
  };
}
