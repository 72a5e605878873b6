import { leastPermissionFor, type PermissionMode } from '../../auth/permissions/leastPermissionFor.js';
import { listFieldCalls, type FieldCalls, type GraphCall } from './fieldCalls.js';
import { mutationCalls } from './mutationCalls.js';

/** A permission as the table shows it: the least, and in brackets what can be granted today where that differs. */
function printHint({ method, path }: GraphCall, mode: PermissionMode): string {
  const hint = leastPermissionFor(method, path, mode);
  if (hint === undefined) return '–';
  return hint.least === hint.grantable ? `\`${hint.least}\`` : `\`${hint.least}\` (\`${hint.grantable}\`)`;
}

function printRow(field: string, call: GraphCall): string {
  const cells = [
    field === '' ? '' : `\`${field}\``,
    `${call.method} \`${call.path}\``,
    printHint(call, 'delegated'),
    printHint(call, 'application'),
  ];
  return `| ${cells.join(' | ')} |`;
}

function printTable(fields: readonly FieldCalls[]): string {
  const rows = fields.flatMap(({ field, calls }) =>
    calls.map((call, index) => printRow(index === 0 ? field : '', call)),
  );
  return ['| field | Graph call | delegated (`obo`) | application (`app`) |', '|---|---|---|---|', ...rows].join('\n');
}

/** What each field that leads to Graph needs at the least, as Markdown: reads and changes apart. */
export function printPermissionsAsMarkdown(): string {
  return `## Reads\n\n${printTable(listFieldCalls())}\n\n## Changes\n\n${printTable(mutationCalls)}`;
}
