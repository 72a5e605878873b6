/** A record of a CSV text, with the number of the line on which it begins. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A line that begins a record which cannot be read, and why, in words for the one who wrote it. */
export interface CsvFault {
  readonly line: number;
  readonly reason: string;
}

/** What a CSV text holds: every record that can be read, and every line that cannot. */
export interface CsvTable {
  readonly records: readonly CsvRecord[];
  readonly faults: readonly CsvFault[];
}

/** A CSV text that cannot be used; the message names the line where there is one to name. */
export class CsvError extends Error {}

/** Raises a CsvError for the first line that cannot be read: for callers who need all records or none. */
export function refuseFaults({ records, faults }: CsvTable): readonly CsvRecord[] {
  const [fault] = faults;
  if (fault !== undefined) throw new CsvError(`line ${fault.line}: ${fault.reason}`);
  return records;
}
