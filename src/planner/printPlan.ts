import { describeCalls, type DescribedCall } from './describeCalls.js';
import { estimateCost } from './estimateCost.js';
import type { Plan } from './plan.js';

/** Long queries are easier to read with one option a line. */
function printPath(path: string): string {
  const [resource = '', query] = path.split(/\?(.*)/s, 2);
  if (query === undefined) return resource;
  const options = query.split(/&(?=\$)/);
  if (path.length <= 90) return path;
  return [
    `${resource}?`,
    ...options.map((option, index) => `      ${option}${index < options.length - 1 ? '&' : ''}`),
  ].join('\n');
}

function printCall(call: DescribedCall, units: ((method: string, path: string) => number) | undefined): string {
  const repeat = call.forEach === undefined ? '' : `  for each of ${call.forEach}, ${call.count} at the most`;
  const cost = units === undefined ? '' : `, ${count(units(call.method, call.path) * call.count, 'unit')}`;
  return `  ${call.method} ${printPath(call.path)}\n    ${call.name}${repeat}${cost}`;
}

/** The calls that may follow, each with its condition. */
function printConditions(calls: readonly DescribedCall[]): readonly string[] {
  const lines = calls.flatMap(({ method, path, name, onlyIf }) =>
    onlyIf === undefined ? [] : [`  ${method} ${printPath(path)}\n    ${name}, if ${onlyIf}`],
  );
  return lines.length === 0 ? [] : ['and only if Graph makes it necessary', ...new Set(lines)];
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/**
 * A plan as text: its calls wave by wave, for people and golden cases alike.
 *
 * @param units what one call costs in Graph's resource units; left out where nobody wants to know
 */
export function printPlan(plan: Plan, units?: (method: string, path: string) => number): string {
  const described = describeCalls(plan);
  const calls = described.filter((call) => call.onlyIf === undefined);
  if (calls.length === 0) return 'No call to Microsoft Graph.\n';
  const waves = [...new Set(calls.map((call) => call.wave))];
  const sections = waves.map((wave) => {
    const waits = wave === 1 ? '' : ', once the wave before has answered';
    const here = calls.filter((call) => call.wave === wave);
    return [`wave ${wave}${waits}`, ...here.map((call) => printCall(call, units))].join('\n');
  });
  const { operations, httpRequests } = estimateCost(calls);
  const total = `at the most ${count(operations, 'operation')} in ${count(httpRequests, 'request')}, ${count(waves.length, 'wave')}`;
  return `${[...sections, total, ...printConditions(described)].join('\n')}\n`;
}
