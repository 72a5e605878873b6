import { CsvError as ParserError, parse } from 'csv-parse/sync';
import type { CsvFault, CsvRecord, CsvTable } from './CsvTable.js';
import { skipPreamble } from './skipPreamble.js';

const format = { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true };

/** A record with the place where it ends, in bytes. */
interface ReadRecord {
  readonly cells: readonly string[];
  readonly end: number;
}

/** A quotation mark was opened and closed by one further down, so that lines between are taken for a value. */
class SwallowedLines extends Error {}

/** Reads by RFC 4180, but for blanks around values, up to the end or to the first record that does not keep to it. */
class StrictReader {
  readonly records: ReadRecord[] = [];
  /** Whether it came to the end. */
  readonly isComplete: boolean;

  /** @param width how many cells a record has to have if it spans several lines */
  constructor(
    readonly bytes: Buffer,
    separator: string,
    private readonly width: number | undefined,
  ) {
    const onRecord = (cells: string[], { bytes: end }: { readonly bytes: number }): null => this.add({ cells, end });
    try {
      parse(bytes, { ...format, delimiter: separator, trim: true, on_record: onRecord });
      this.isComplete = true;
    } catch (error) {
      if (!(error instanceof ParserError || error instanceof SwallowedLines)) throw error;
      this.isComplete = false;
    }
  }

  /** Where the last record ends. */
  get end(): number {
    return this.records.at(-1)?.end ?? 0;
  }

  private add(record: ReadRecord): null {
    const width = this.width ?? this.records[0]?.cells.length ?? record.cells.length;
    const spansLines = /[\r\n]/.test(this.bytes.toString('utf8', this.end, record.end).trimEnd());
    if (spansLines && record.cells.length !== width) throw new SwallowedLines();
    this.records.push(record);
    return null;
  }
}

type RelaxedLine = { readonly cells: readonly string[] } | { readonly fault: string };

/** One line by itself, with quotation marks inside values as they are; it has to have `width` cells. */
function readRelaxed(line: Buffer, separator: string, width: number | undefined): RelaxedLine {
  try {
    const [cells = []] = parse(line, { ...format, delimiter: separator, relax_quotes: true, ltrim: true });
    if (width === undefined || cells.length === width) return { cells };
    return { fault: `a quotation mark leaves it with ${cells.length} values where the first row has ${width}` };
  } catch (error) {
    if (error instanceof ParserError) return { fault: 'a quotation mark is opened and never closed' };
    throw error;
  }
}

function countLineBreaks(bytes: Buffer): number {
  return bytes.toString('latin1').match(/\r\n|\n|\r/g)?.length ?? 0;
}

/** Where the line ends that begins at `begin`, its line break included. */
function endOfLine(bytes: Buffer, begin: number): number {
  let end = begin;
  while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end += 1;
  return Math.min(bytes.length, bytes[end] === 13 && bytes[end + 1] === 10 ? end + 2 : end + 1);
}

/** What has been read so far of a text, and how far that is. */
class TableBuilder {
  readonly records: CsvRecord[] = [];
  readonly faults: CsvFault[] = [];
  /** Cells of the first record. */
  width: number | undefined;

  constructor(private line: number) {}

  add(cells: readonly string[], source: Buffer): void {
    const values = cells.map((cell) => cell.trim());
    const isBlank = values.every((value) => value === '');
    if (!isBlank) {
      this.records.push({ line: this.line, cells: values });
      this.width ??= values.length;
    }
    this.line += countLineBreaks(source);
  }

  addFault(reason: string, source: Buffer): void {
    this.faults.push({ line: this.line, reason });
    this.line += countLineBreaks(source);
  }
}

/**
 * The records of a CSV text (RFC 4180), without blank lines: values may stand in quotation marks, and hold separators,
 * line breaks and doubled quotation marks there. Any of `,`, `;` and tab separates. Values are trimmed. What programs write
 * above the header is left out (`skipPreamble`).
 *
 * A quotation mark inside a value that does not begin with one (`Screen 24" add-on`) is part of it. A line that cannot be
 * read is a fault, and reading goes on with the next one: nothing else is lost.
 */
export function parseCsv(text: string): CsvTable {
  const { body, line: firstLine, separator } = skipPreamble(text);
  const table = new TableBuilder(firstLine);
  for (let bytes = Buffer.from(body); bytes.length > 0;) {
    const reader = new StrictReader(bytes, separator, table.width);
    let begin = 0;
    for (const { cells, end } of reader.records) {
      table.add(cells, bytes.subarray(begin, end));
      begin = end;
    }
    if (reader.isComplete) break;
    const end = endOfLine(bytes, begin);
    const source = bytes.subarray(begin, end);
    const line = readRelaxed(source, separator, table.width);
    if ('cells' in line) table.add(line.cells, source);
    else table.addFault(line.fault, source);
    bytes = bytes.subarray(end);
  }
  return { records: table.records, faults: table.faults };
}
