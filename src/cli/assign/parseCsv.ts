/** A record of a CSV text, with the number of the line on which it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A CSV text that cannot be read; the message names the line. */
export class CsvError extends Error {}

/** What stands in quotes, or up to the next separator; then the separator, the end of the line, or the end. */
function cellPattern(separator: string): RegExp {
  return new RegExp(`(?:[ ]*"((?:[^"]|"")*)"[ ]*|([^"${separator}\\r\\n]*))(${separator}|\\r\\n|\\n|\\r|$)`, 'y');
}

/** Spreadsheets of many countries separate by semicolons, and some programs by tabs. */
function findSeparator(text: string): string {
  const firstLine = /^[^\r\n]*/.exec(text)?.[0].replaceAll(/"(?:[^"]|"")*"/g, '') ?? '';
  return [',', ';', '\t'].find((separator) => firstLine.includes(separator)) ?? ',';
}

function countLineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}

function wordFault(text: string, at: number): string {
  return text[at] === '"' && !text.slice(at + 1).includes('"')
    ? 'a quotation mark is opened and never closed'
    : 'a quotation mark stands inside a value; write the whole value in quotation marks, and those in it twice';
}

/**
 * The records of a CSV text (RFC 4180), without blank lines: values may stand in quotation marks, and hold separators,
 * line breaks and doubled quotation marks there. Any of `,`, `;` and tab separates, whichever the first line has. Values
 * are trimmed. Raises a CsvError that names the line.
 */
export function parseCsv(text: string): readonly CsvRecord[] {
  const source = text.replace(/^\uFEFF/, '');
  const cell = cellPattern(findSeparator(source));
  const records: CsvRecord[] = [];
  let line = 1;
  let begin = 1;
  let cells: string[] = [];
  for (let at = 0; ; at = cell.lastIndex) {
    cell.lastIndex = at;
    const match = cell.exec(source);
    if (match === null) throw new CsvError(`line ${line}: ${wordFault(source, source.indexOf('"', at))}`);
    cells.push((match[1]?.replaceAll('""', '"') ?? match[2] ?? '').trim());
    line += countLineBreaks(match[0]);
    const end = match[3] ?? '';
    if (end !== '' && !/[\r\n]/.test(end)) continue;
    if (cells.some((value) => value !== '')) records.push({ line: begin, cells });
    if (end === '') return records;
    begin = line;
    cells = [];
  }
}
