import { CsvError, refuseFaults, type CsvRecord } from '../../csv/CsvTable.js';
import { parseCsv } from '../../csv/parseCsv.js';
import { isGuid } from '../../odata/printId.js';
import { idKey } from '../../writes/ids.js';

/** Who is to receive an assignment, as a file names them. */
export interface Assignees {
  /** Object ids and user principal names, each once, in the order of the file. */
  readonly ids: readonly string[];
  /** How many rows named somebody again. */
  readonly doubles: number;
}

/**
 * Names that a header may give the column, the surest first: a user principal name can pass to somebody else. As our own
 * files, Graph, PowerShell, the exports of the admin centres and the templates of Entra spell them, without regard to case
 * and blanks.
 */
const columnNames = ['assigneeid', 'id', 'objectid', 'memberobjectidorupn', 'userprincipalname', 'upn'];
/** Guests have `#EXT#` in theirs. Entra admits fewer signs; Graph is the judge of that. */
const userPrincipalName = /^[^\s@"',;<>\\/\uFFFD][^\s@",;<>\\/\uFFFD]*@[^\s@"',;<>\\/\uFFFD]+$/;

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
  /** Whether the file begins with a header that names the column. */
  readonly isNamed: boolean;
}

/** Entra's templates show by a row under the header how to fill them in. */
function isExample({ cells }: CsvRecord): boolean {
  return /^example:/i.test(cells[0] ?? '');
}

function chooseColumn(records: readonly CsvRecord[], wanted: string | undefined): IdColumn {
  const [header, ...rows] = records;
  if (header === undefined) return { rows, index: 0, isNamed: false };
  const index = findColumn(header, wanted === undefined ? columnNames : [columnKey(wanted)]);
  if (index !== undefined) return { rows: rows.filter((row) => !isExample(row)), index, isNamed: true };
  if (wanted === undefined) return { rows: records, index: 0, isNamed: false };
  throw new CsvError(
    `line ${header.line}: no column is called ${JSON.stringify(wanted)}; there are ${header.cells.join(', ')}`,
  );
}

function readId({ line, cells }: CsvRecord, column: number, isFirst: boolean): string {
  const id = cells[column] ?? '';
  if (isGuid(id) || userPrincipalName.test(id)) return id;
  if (id === '') throw new CsvError(`line ${line}: column ${column + 1} is empty`);
  const hint = isFirst
    ? '; a header has to name a column objectId or userPrincipalName, or --column say which one'
    : '';
  throw new CsvError(`line ${line}: ${JSON.stringify(id)} is neither an object id nor a user principal name${hint}`);
}

/**
 * Reads who is in a CSV text: from the column that `column` names, else from the one that the header calls by a usual name
 * (`columnNames`), or, without a header, from the first one. Rows that name somebody again are counted and left out,
 * whatever their case. Raises a CsvError that names the line of the first row that cannot be used.
 */
export function readAssignees(text: string, column?: string): Assignees {
  const { rows, index, isNamed } = chooseColumn(refuseFaults(parseCsv(text)), column);
  const ids = rows.map((row, place) => readId(row, index, !isNamed && place === 0));
  if (ids.length === 0) throw new CsvError('nobody is in it');
  const distinct = new Map<string, string>();
  for (const id of ids) if (!distinct.has(idKey(id))) distinct.set(idKey(id), id);
  return { ids: [...distinct.values()], doubles: ids.length - distinct.size };
}
