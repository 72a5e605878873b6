/** Signs with which a spreadsheet begins a formula, also in their full-width forms (OWASP: CSV injection). */
const formulaSign = /^[=+\-@\t\r\n＝＋－＠]/;

/** What stands in a cell; numbers are never formulas. */
export type CsvValue = string | number | boolean;

function printCell(value: CsvValue): string {
  if (typeof value !== 'string') return String(value);
  const harmless = formulaSign.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/**
 * A record of a CSV text (RFC 4180) without its line break. Values that need it stand in quotation marks. One that a
 * spreadsheet would run as a formula gets an apostrophe before it, which spreadsheets take for "this is text".
 */
export function printCsvRow(values: readonly CsvValue[]): string {
  return values.map(printCell).join(',');
}
