import { systemClock } from '../clock/systemClock.js';

type Delay = (milliseconds: number) => Promise<void>;

/** The time of day, as the clock of whoever reads it shows it. */
function timeAfter(milliseconds: number): string {
  return new Date(systemClock.date() + milliseconds).toTimeString().slice(0, 8);
}

/** A way to wait that says until when: a command that is silent for minutes looks as if it hung. */
export function announceDelay(delay: Delay, tell: (line: string) => void): Delay {
  return (milliseconds) => {
    tell(`Graph is busy or away: asking again at ${timeAfter(milliseconds)}`);
    return delay(milliseconds);
  };
}
