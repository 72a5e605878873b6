import { CsvError, refuseFaults, type CsvRecord } from '../../csv/CsvTable.js';
import { parseCsv } from '../../csv/parseCsv.js';
import { isGuid } from '../../mapping/lowerGuid.js';
import { idKey } from '../../mapping/idKey.js';

/** Who is to receive an assignment, as a file names them. */
export interface Assignees {
  /** Object ids and user principal names, each once, in the order of the file. */
  readonly ids: readonly string[];
  /** How many rows named somebody again. */
  readonly doubles: number;
  /** What the header calls the column that they stand in; undefined: the first one, of a file without a header. */
  readonly column: string | undefined;
}

/**
 * Names that a header may give the column, the surest first: in rows of assignments, errors and usage rights `id` is not
 * that of a person, and a user principal name can pass to somebody else. As our own files, Graph, PowerShell, the exports of
 * the admin centres and the templates of Entra spell them, without regard to case and blanks.
 */
const columnNames = [
  'assigneeid',
  'userid',
  'assignedto.id',
  'owner.id',
  'user.id',
  'users.id',
  'id',
  'objectid',
  'memberobjectidorupn',
  'userprincipalname',
  'upn',
];
/** Guests have `#EXT#` in theirs. Entra admits fewer signs; Graph is the judge of that. */
const userPrincipalName = /^[^\s@"',;<>\\/\uFFFD][^\s@",;<>\\/\uFFFD]*@[^\s@"',;<>\\/\uFFFD]+$/;

const isId = (text: string): boolean => isGuid(text) || userPrincipalName.test(text);

/** The name of a column for comparison: `Object Id` is `objectid`, and `User name [userPrincipalName] Required` what stands in brackets. */
function columnKey(title: string): string {
  const name = /\[(.+)\]/.exec(title)?.[1] ?? title;
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}

function findColumn({ cells }: CsvRecord, names: readonly string[]): number | undefined {
  const keys = cells.map(columnKey);
  return names.map((name) => keys.indexOf(name)).find((index) => index >= 0);
}

/** Where the ids stand, and in which rows. */
interface IdColumn {
  readonly rows: readonly CsvRecord[];
  readonly index: number;
  /** The titles of the columns; undefined where nothing says that the first record is a header. */
  readonly titles: readonly string[] | undefined;
}

/** Entra's templates show by a row under the header how to fill them in. */
function isExample({ cells }: CsvRecord): boolean {
  return /^example:/i.test(cells[0] ?? '');
}

function chooseColumn(records: readonly CsvRecord[], wanted: string | undefined): IdColumn {
  const [header, ...rows] = records;
  if (header === undefined) return { rows, index: 0, titles: undefined };
  const index = findColumn(header, wanted === undefined ? columnNames : [columnKey(wanted)]);
  if (index !== undefined && isId(header.cells[index] ?? '')) {
    throw new CsvError(
      `line ${header.line}: ${JSON.stringify(wanted)} names somebody and no column: write a header above that line`,
    );
  }
  if (index !== undefined) return { rows: rows.filter((row) => !isExample(row)), index, titles: header.cells };
  if (wanted === undefined) return { rows: records, index: 0, titles: undefined };
  throw new CsvError(
    `line ${header.line}: no column is called ${JSON.stringify(wanted)}; there are ${header.cells.join(', ')}`,
  );
}

/** Columns that have an id in every row, as they are called; they may be others' ids. What is an id itself is no title. */
function usableTitles(rows: readonly CsvRecord[], titles: readonly string[]): readonly string[] {
  return titles.filter(
    (title, index) => rows.length > 0 && !isId(title) && rows.every(({ cells }) => isId(cells[index] ?? '')),
  );
}

function wordUsable(titles: readonly string[]): string {
  if (titles.length === 0) return '';
  return `; usable in every row: ${titles.map((title) => `--column ${JSON.stringify(title)}`).join(', ')}`;
}

function wordFault({ line, cells }: CsvRecord, index: number): string {
  const value = cells[index] ?? '';
  if (value === '') return `line ${line}: column ${index + 1} is empty`;
  return `line ${line}: ${JSON.stringify(value)} is neither an object id nor a user principal name`;
}

const maxFaults = 20;

/** Says which rows cannot be used. Where no header was found, the first row tells all: it may be one. */
function wordFaults(faults: readonly CsvRecord[], { rows, index, titles }: IdColumn): string {
  const [first] = rows;
  if (titles === undefined && first !== undefined && first === faults[0]) {
    const usable = usableTitles(rows.slice(1), first.cells);
    const hint = 'call the column objectId or userPrincipalName, or name it with --column';
    return `${wordFault(first, index)}; ${hint}${wordUsable(usable)}`;
  }
  const lines = faults.slice(0, maxFaults).map((fault) => wordFault(fault, index));
  const more = faults.length > maxFaults ? `\nand ${faults.length - maxFaults} more rows` : '';
  return `${lines.join('\n')}${more}${wordUsable(usableTitles(rows, titles ?? []))}`;
}

/**
 * Reads who is in a CSV text: from the column that `column` names, else from the one that the header calls by a usual name
 * (`columnNames`), or, without a header, from the first one. Rows that name somebody again are counted and left out,
 * whatever their case. Raises a CsvError that names the lines of the rows that cannot be used.
 */
export function readAssignees(text: string, column?: string): Assignees {
  if (text.includes('\0')) throw new CsvError('is no text: a workbook has to be saved as CSV first, best as CSV UTF-8');
  const chosen = chooseColumn(refuseFaults(parseCsv(text)), column);
  const { rows, index, titles } = chosen;
  const faults = rows.filter(({ cells }) => !isId(cells[index] ?? ''));
  if (faults.length > 0) throw new CsvError(wordFaults(faults, chosen));
  const ids = rows.map(({ cells }) => cells[index] ?? '');
  if (ids.length === 0) throw new CsvError('nobody is in it');
  const distinct = new Map<string, string>();
  for (const id of ids) if (!distinct.has(idKey(id))) distinct.set(idKey(id), id);
  return { ids: [...distinct.values()], doubles: ids.length - distinct.size, column: titles?.[index] };
}
