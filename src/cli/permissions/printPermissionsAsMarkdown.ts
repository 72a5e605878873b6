import { permissionFor, type PermissionHint } from '../../auth/permissions/permissionFor.js';
import { listFieldCalls, type FieldCalls, type GraphCall } from './listFieldCalls.js';
import { mutationCalls } from './mutationCalls.js';

/** A permission as the table shows it: what to grant, and in brackets what is narrower and may do. */
function printHint(hint: PermissionHint | undefined): string {
  if (hint === undefined) return '–';
  const [grant, ...narrower] = [hint.grant, ...hint.narrower].map((name) => `\`${name}\``);
  return narrower.length === 0 ? String(grant) : `${String(grant)} (${narrower.join(', ')})`;
}

function printRow(field: string, { method, path }: GraphCall): string {
  const delegated = permissionFor(method, path, 'delegated');
  const application = permissionFor(method, path, 'application');
  const cells = [
    field === '' ? '' : `\`${field}\``,
    `${method} \`${path}\``,
    printHint(delegated),
    printHint(application),
    (delegated ?? application)?.sureness ?? 'no source',
  ];
  return `| ${cells.join(' | ')} |`;
}

function printTable(fields: readonly FieldCalls[]): string {
  const rows = fields.flatMap(({ field, calls }) =>
    calls.map((call, index) => printRow(index === 0 ? field : '', call)),
  );
  return [
    '| field | Graph call | delegated (`obo`) | application (`app`) | by |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** What to grant for each field that leads to Graph, as Markdown: reads and changes apart. */
export function printPermissionsAsMarkdown(): string {
  return `## Reads\n\n${printTable(listFieldCalls())}\n\n## Changes\n\n${printTable(mutationCalls)}`;
}
