/** A CSV text from its header on. */
export interface CsvBody {
  readonly body: string;
  /** Number of the line on which `body` begins, from 1. */
  readonly line: number;
  readonly separator: string;
}

/**
 * Lines that programs write above the header: `sep=;` (Excel), `#TYPE …` (PowerShell's Export-Csv without
 * -NoTypeInformation), `version:v1.0` (templates of the Entra admin centre, also after a spreadsheet has saved them).
 */
const preambleLine = /^(?:sep=(?<separator>.)|#TYPE\b.*|"?version:v1\.0"?[,;\t]*)$/i;
const separators = [',', ';', '\t'];

/** The separator that the first line has most often outside quotation marks: many countries use semicolons. */
function findSeparator(body: string): string {
  const firstLine = /^[\r\n]*([^\r\n]*)/.exec(body)?.[1]?.replaceAll(/"(?:[^"]|"")*"/g, '') ?? '';
  const counts = separators.map((separator) => firstLine.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Leaves out the byte order mark and what programs write above the header, and finds what separates values. */
export function skipPreamble(text: string): CsvBody {
  let body = text.replace(/^\uFEFF/, '');
  let line = 1;
  let separator: string | undefined;
  for (;;) {
    const [all = '', first = ''] = /^([^\r\n]*)(?:\r\n|\n|\r|$)/.exec(body) ?? [];
    const match = preambleLine.exec(first);
    if (match === null) return { body, line, separator: separator ?? findSeparator(body) };
    separator = match.groups?.separator ?? separator;
    body = body.slice(all.length);
    line += 1;
  }
}
