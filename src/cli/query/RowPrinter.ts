import { printCsvRow, type CsvValue } from '../../csv/printCsvRow.js';
import { withoutAdded } from './PagedDocument.js';
import { readCell } from './readCell.js';
import { objectOf, type Column, type Row } from './RowList.js';

/** How rows are written. */
export const formats = ['json', 'ndjson', 'csv', 'table'] as const;
/** One of them, as `--format` names it. */
export type Format = (typeof formats)[number];

/** Whether a format puts the leaves of a row into columns. */
export function hasColumns(format: Format): boolean {
  return format === 'csv' || format === 'table';
}

/** Writes rows as text, in parts that are put one behind the other. */
export interface RowPrinter {
  /** What stands before the first row. */
  head(): string;
  /** @param before how many rows have been written already */
  print(rows: readonly Row[], before: number): string;
  /** @param written how many rows there are in all */
  tail(written: number): string;
}

/** A row as it was answered. */
function printJson({ value }: Row): string {
  return JSON.stringify(value, withoutAdded);
}

const json: RowPrinter = {
  head: () => '[',
  print: (rows, before) => rows.map((row, index) => `${before + index === 0 ? '' : ','}\n  ${printJson(row)}`).join(''),
  tail: (written) => (written === 0 ? ']\n' : '\n]\n'),
};

const ndjson: RowPrinter = {
  head: () => '',
  print: (rows) => rows.map((row) => `${printJson(row)}\n`).join(''),
  tail: () => '',
};

function cellOf(row: Row, column: Column): CsvValue {
  return readCell(objectOf(row, column).value, column);
}

/** RFC 4180, lines ended by CRLF as it wants. */
function csv(columns: readonly Column[], withMark: boolean): RowPrinter {
  const line = (values: readonly CsvValue[]): string => `${printCsvRow(values)}\r\n`;
  return {
    head: () => (withMark ? '\uFEFF' : '') + line(columns.map(({ name }) => name)),
    print: (rows) => rows.map((row) => line(columns.map((column) => cellOf(row, column)))).join(''),
    tail: () => '',
  };
}

const widestCell = 40;

/** Ids are there to be copied, and half of one is none. */
function mayBeCut({ name }: Column): boolean {
  return !/id$/i.test(name);
}

/**
 * For the screen: as wide as the first rows need, so that rows need not be kept until the last one is there. On a terminal
 * long values are cut; what another program reads is whole.
 */
class TablePrinter implements RowPrinter {
  private widths: readonly number[] | undefined;

  constructor(
    private readonly columns: readonly Column[],
    private readonly isTerminal: boolean,
  ) {}

  head(): string {
    return '';
  }

  print(rows: readonly Row[]): string {
    const cells = rows.map((row) => this.columns.map((column) => this.cell(row, column)));
    const isFirst = this.widths === undefined;
    const names = this.columns.map(({ name }) => name);
    this.widths ??= this.columns.map((column, index) => {
      const longest = Math.max(column.name.length, ...cells.map((row) => row[index]?.length ?? 0));
      return this.cuts(column) ? Math.min(widestCell, longest) : longest;
    });
    const lines = isFirst ? [names, this.widths.map((width) => '-'.repeat(width)), ...cells] : cells;
    return lines.map((line) => this.line(line)).join('');
  }

  tail(written: number): string {
    return written === 0 ? this.print([]) : '';
  }

  private cuts(column: Column): boolean {
    return this.isTerminal && mayBeCut(column);
  }

  private fit(text: string, column: Column, width: number): string {
    return text.length > width && this.cuts(column) ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
  }

  private cell(row: Row, column: Column): string {
    return String(cellOf(row, column)).replaceAll(/\s+/g, ' ');
  }

  private line(cells: readonly string[]): string {
    return `${this.columns
      .map((column, index) => this.fit(cells[index] ?? '', column, this.widths?.[index] ?? 0))
      .join('  ')
      .trimEnd()}\n`;
  }
}

/** How rows are to be written beside their format. */
export interface PrinterOptions {
  /** Whether a CSV begins with a byte order mark, which some spreadsheets want. */
  readonly byteOrderMark: boolean;
  /** Whether a terminal shows them. */
  readonly isTerminal: boolean;
}

/** A printer for a format. */
export function createPrinter(
  format: Format,
  columns: readonly Column[],
  { byteOrderMark, isTerminal }: PrinterOptions,
): RowPrinter {
  switch (format) {
    case 'json':
      return json;
    case 'ndjson':
      return ndjson;
    case 'csv':
      return csv(columns, byteOrderMark);
    case 'table':
      return new TablePrinter(columns, isTerminal);
  }
}
