/** What a request asks of Graph, with everything taken away that makes no difference. */
export interface AskedData {
  readonly method: string;
  readonly path: string;
  /** `$filter`, `$search`, `$apply`, `$orderby` and `$count`, with blanks put in one form. */
  readonly restrictions: Readonly<Record<string, string>>;
  /** Undefined: all properties. */
  readonly select: readonly string[] | undefined;
  readonly expand: ReadonlyMap<string, Expansion>;
  /** Whether an advanced query is allowed: `ConsistencyLevel: eventual`. */
  readonly eventual: boolean;
  readonly top: number | undefined;
  readonly body: unknown;
}

/** The inside of one navigation of an `$expand`. */
export interface Expansion {
  readonly select: readonly string[] | undefined;
  readonly filter: string | undefined;
}

/** A request as it comes in, plain or as part of a batch. */
export interface IncomingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function splitOutside(text: string, separator: string): readonly string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === separator && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function evenBlanks(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/\s*,\s*/g, ',');
}

function optionsOf(text: string, separator: string): ReadonlyMap<string, string> {
  const pairs = splitOutside(text, separator).filter((each) => each !== '');
  return new Map(
    pairs.map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [name.trim().replace(/^\$/, '').toLowerCase(), evenBlanks(value.join('='))];
    }),
  );
}

function readExpansion(text: string): [string, Expansion] {
  const [, navigation = '', inside = ''] = /^\s*(\w+)(?:\((.*)\))?\s*$/s.exec(text) ?? [];
  const options = optionsOf(inside, ';');
  return [navigation, { select: options.get('select')?.split(','), filter: options.get('filter') }];
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

/** Decodes each option by itself, so that an encoded `&` does not cut it. */
function queryOf(query: string): ReadonlyMap<string, string> {
  const pairs = query.split('&').filter((each) => each !== '');
  return new Map(pairs.flatMap((pair) => [...optionsOf(decode(pair), '&')]));
}

/** Reads a request; order and encoding of its options leave no trace. */
export function readRequest({ method, url, headers, body }: IncomingRequest): AskedData {
  const [path = '', query = ''] = url.split(/\?(.*)/s, 2);
  const options = queryOf(query);
  const expand = options.get('expand');
  const consistency = Object.entries(headers).find(([name]) => name.toLowerCase() === 'consistencylevel')?.[1];
  const eventual = consistency?.toLowerCase() === 'eventual';
  // Without the header, Graph passes over `$count` in silence (pair 061).
  const restricting = ['filter', 'search', 'apply', 'orderby', ...(eventual ? ['count'] : [])];
  return {
    method,
    path: decodeURIComponent(path.startsWith('/') ? path : `/${path}`),
    restrictions: Object.fromEntries(
      restricting.flatMap((name) => {
        const value = options.get(name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    select: options.get('select')?.split(','),
    expand: new Map(expand === undefined ? [] : splitOutside(expand, ',').map(readExpansion)),
    eventual,
    top: options.has('top') ? Number(options.get('top')) : undefined,
    body,
  };
}
