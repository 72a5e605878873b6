import { assumedListSize, type DescribedCall, type PricedCall } from './DescribedCall.js';
import { addUp } from './CostEstimate.js';

/** Long queries are easier to read with one option a line. */
function printPath(path: string): string {
  const [resource = '', query] = path.split(/\?(.*)/s, 2);
  if (query === undefined || path.length <= 90) return path;
  const options = query.split(/&(?=\$)/);
  return [
    `${resource}?`,
    ...options.map((option, index) => `      ${option}${index < options.length - 1 ? '&' : ''}`),
  ].join('\n');
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function printCall(call: PricedCall): string {
  const most = call.isAssumed ? 'assumed' : 'at the most';
  const repeat = call.forEach === undefined ? '' : `  for each of ${call.forEach}, ${call.count} ${most}`;
  return `  ${call.method} ${printPath(call.path)}\n    ${call.name}${repeat}, ${count(call.units, 'unit')}`;
}

/** The calls that may follow, each with its condition. */
function printConditions(calls: readonly DescribedCall[]): readonly string[] {
  const lines = calls.flatMap(({ method, path, name, onlyIf }) =>
    onlyIf === undefined ? [] : [`  ${method} ${printPath(path)}\n    ${name}, if ${onlyIf}`],
  );
  return lines.length === 0 ? [] : ['and only if Graph makes it necessary', ...new Set(lines)];
}

/** What calls become where Graph takes options that no page documents. */
function printLearned(calls: readonly DescribedCall[]): readonly string[] {
  const lines = calls.flatMap(({ name, learned, onlyIf }) => {
    if (learned === undefined || onlyIf !== undefined) return [];
    const spares =
      learned.spares.length === 0 ? 'with fewer bytes' : `which spares the calls for ${learned.spares.join(' and ')}`;
    return [`  GET ${printPath(learned.path)}\n    ${name}, ${spares}`];
  });
  return lines.length === 0
    ? []
    : ['or, where Graph takes options that no page documents (tried once, remembered)', ...new Set(lines)];
}

/**
 * Calls as text, wave by wave, for people and golden cases alike.
 */
export function printText(described: readonly PricedCall[]): string {
  const calls = described.filter((call) => call.onlyIf === undefined);
  if (calls.length === 0) return 'No call to Microsoft Graph.\n';
  const waves = [...new Set(calls.map((call) => call.wave))];
  const sections = waves.map((wave) => {
    const waits = wave === 1 ? '' : ', once the wave before has answered';
    const here = calls.filter((call) => call.wave === wave);
    return [`wave ${wave}${waits}`, ...here.map((call) => printCall(call))].join('\n');
  });
  const { operations, httpRequests } = addUp(calls);
  const sum = `${count(operations, 'operation')} in ${count(httpRequests, 'request')}, ${count(waves.length, 'wave')}`;
  const total = calls.some((call) => call.isAssumed)
    ? `${sum}, if lists without a page size hold ${assumedListSize} objects at the most`
    : `at the most ${sum}`;
  return `${[...sections, total, ...printConditions(described), ...printLearned(described)].join('\n')}\n`;
}
