import { extname } from 'node:path';
import { asWrongUse, wrongUse } from '../CommandFailure.js';
import { parseOptions } from '../parseOptions.js';
import { formats, hasColumns, type Format } from './RowPrinter.js';

/** What `query` was told to do. */
export interface QueryOptions {
  /** Name of a file or of a job; `-` is stdin. */
  readonly document: string;
  /** JSON, or `@` and the name of a file that holds it. */
  readonly variables: string | undefined;
  readonly operation: string | undefined;
  readonly all: boolean;
  /** Dotted path of the list whose items are the rows. */
  readonly rows: string | undefined;
  /** Whether each row begins with what the objects say that it hangs from. */
  readonly parents: boolean;
  readonly format: Format;
  readonly out: string | undefined;
  readonly byteOrderMark: boolean;
}

const options = {
  variables: { type: 'string' },
  operation: { type: 'string' },
  all: { type: 'boolean' },
  rows: { type: 'string' },
  parents: { type: 'boolean' },
  format: { type: 'string' },
  out: { type: 'string' },
  bom: { type: 'boolean' },
} as const;

const fileFormats = formats.filter((format) => format !== 'table');

function isFormat(text: string): text is Format {
  return (formats as readonly string[]).includes(text);
}

/** What is asked for, else what the ending of the file says, and JSON where there is none. */
function chooseFormat(wanted: string | undefined, out: string | undefined): Format {
  if (wanted === undefined) {
    const ending = extname(out ?? '').slice(1);
    if (ending === '') return 'json';
    if (isFormat(ending)) return ending;
    throw wrongUse(`--out: nothing is written as .${ending}; say which --format: ${fileFormats.join(', ')}`);
  }
  if (isFormat(wanted)) return wanted;
  throw wrongUse(`--format: expected ${formats.join(', ')}, got ${JSON.stringify(wanted)}`);
}

/** Reads the options of `query`. Raises a CommandFailure with exit code 2. */
export function readQueryOptions(args: readonly string[]): QueryOptions {
  const { values, positionals } = asWrongUse(() => parseOptions(args, options, 1));
  const [document] = positionals;
  if (document === undefined) throw wrongUse('say which FILE or job to run; license-gateway jobs lists the jobs');
  const format = chooseFormat(values.format, values.out);
  if (format === 'table' && values.out !== undefined) throw wrongUse('--format table is for the screen, not for --out');
  if (values.bom === true && format !== 'csv') throw wrongUse('--bom: only a CSV begins with a byte order mark');
  if (values.parents === true && !hasColumns(format)) throw wrongUse('--parents: only csv and table have columns');
  return {
    document,
    variables: values.variables,
    operation: values.operation,
    all: values.all ?? false,
    rows: values.rows,
    parents: values.parents ?? false,
    format,
    out: values.out,
    byteOrderMark: values.bom ?? false,
  };
}
