import { idKey } from '../../writes/ids.js';
import { CsvError, parseCsv, type CsvRecord } from './parseCsv.js';

/** Who is to receive an assignment, as a file names them. */
export interface Assignees {
  /** Object ids and user principal names, each once, in the order of the file. */
  readonly ids: readonly string[];
  /** How many rows named somebody again. */
  readonly doubles: number;
}

/** Names that a header may give the column, the surest first: a user principal name can pass to somebody else. */
const columnNames = ['assigneeid', 'id', 'userprincipalname'];
const objectId = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** Guests have `#EXT#` in theirs. Entra admits fewer signs; Graph is the judge of that. */
const userPrincipalName = /^[^\s@"',;<>\\/\uFFFD][^\s@",;<>\\/\uFFFD]*@[^\s@"',;<>\\/\uFFFD]+$/;

function findColumn(header: CsvRecord): number {
  const names = header.cells.map((name) => name.toLowerCase());
  return Math.max(
    -1,
    ...columnNames
      .map((name) => names.indexOf(name))
      .filter((index) => index >= 0)
      .slice(0, 1),
  );
}

function readId({ line, cells }: CsvRecord, column: number, isFirst: boolean): string {
  const id = cells[column] ?? '';
  if (objectId.test(id) || userPrincipalName.test(id)) return id;
  if (id === '') throw new CsvError(`line ${line}: column ${column + 1} is empty`);
  const hint = isFirst ? '; a header has to name a column assigneeId, id or userPrincipalName' : '';
  throw new CsvError(`line ${line}: ${JSON.stringify(id)} is no object id and no user principal name${hint}`);
}

/**
 * Reads who is in a CSV text: from the column that the header calls assigneeId, id or userPrincipalName, or, without a
 * header, from the first one. Rows that name somebody again are counted and left out, whatever their case. Raises a
 * CsvError that names the line of the first row that cannot be used.
 */
export function readAssignees(text: string): Assignees {
  const records = parseCsv(text);
  const [first] = records;
  const named = first === undefined ? -1 : findColumn(first);
  const rows = named === -1 ? records : records.slice(1);
  const ids = rows.map((row, index) => readId(row, Math.max(named, 0), named === -1 && index === 0));
  if (ids.length === 0) throw new CsvError('nobody is in it');
  const distinct = new Map<string, string>();
  for (const id of ids) if (!distinct.has(idKey(id))) distinct.set(idKey(id), id);
  return { ids: [...distinct.values()], doubles: ids.length - distinct.size };
}

/** The text of a file as spreadsheets write it: UTF-16 where its first bytes say so, else UTF-8. */
export function decodeText(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}
