import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Options by name, as `node:util` describes them. */
export type OptionTable = NonNullable<ParseArgsConfig['options']>;

type Parsed<Options extends OptionTable> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Options; strict: true; allowPositionals: true }>
>;

function parse<const Options extends OptionTable>(args: readonly string[], options: Options): Parsed<Options> {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    // What follows the first sentence is advice that no one line has room for.
    const [message] = String((error as { message?: unknown }).message).split('. ');
    throw new Error(message, { cause: error });
  }
}

/**
 * Parses what stands behind the name of a command. Raises an Error of one line for an option that is unknown or lacks
 * its value, and for more words than the command takes.
 */
export function parseOptions<const Options extends OptionTable>(
  args: readonly string[],
  options: Options,
  maxWords: number,
): Parsed<Options> {
  const parsed = parse(args, options);
  const surplus = parsed.positionals[maxWords];
  if (surplus !== undefined) throw new Error(`unexpected argument ${JSON.stringify(surplus)}`);
  return parsed;
}
