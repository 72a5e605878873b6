/** Turns the text of a variable into its value; raises an Error whose message ends the sentence "the value ...". */
export type Reader<T> = (text: string) => T;

/** Any text. */
export const text: Reader<string> = (value) => value;

/** A whole number in decimal digits, between two bounds that are allowed themselves. */
export function wholeNumber(least: number, greatest: number): Reader<number> {
  return (value) => {
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= greatest) return number;
    throw new Error(`has to be a whole number from ${least} to ${greatest}`);
  };
}

/** One word of a list. */
export function oneOf<const T extends string>(...words: readonly T[]): Reader<T> {
  return (value) => {
    const word = words.find((known) => known === value);
    if (word !== undefined) return word;
    throw new Error(`has to be one of ${words.join(', ')}`);
  };
}

/** Yes or no, in the usual spellings. */
export const flag: Reader<boolean> = (value) => {
  if (/^(1|true|on|yes)$/i.test(value)) return true;
  if (/^(0|false|off|no)$/i.test(value)) return false;
  throw new Error('has to be on or off');
};

/** Values separated by commas, each read on its own; blanks around them do not count. Commas alone name nobody. */
export function listOf<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value) => {
    const parts = value.split(',').map((part) => part.trim());
    const given = parts.filter((part) => part !== '');
    if (given.length === 0 && value !== '') throw new Error('has to name one at least');
    return given.map(read);
  };
}

/** Text of a certain form, which `expected` puts in words. */
export function matching(form: RegExp, expected: string): Reader<string> {
  return (value) => {
    if (form.test(value)) return value;
    throw new Error(`has to be ${expected}`);
  };
}

function parseUrl(value: string, expected: string): URL {
  if (URL.canParse(value)) {
    const url = new URL(value);
    if (url.username + url.password + url.search + url.hash === '') return url;
  }
  throw new Error(`has to be ${expected}`);
}

/** The root of a service, http or https, without a slash at the end. */
export const serviceRoot: Reader<string> = (value) => {
  const url = parseUrl(value, 'a URL without query, fragment and password');
  if (!/^https?:$/.test(url.protocol)) throw new Error('has to begin with https:// or http://');
  return url.href.replace(/\/+$/, '');
};

/** An https origin: scheme, host and port alone. */
export const httpsOrigin: Reader<string> = (value) => {
  const url = parseUrl(value, 'an https origin such as https://login.microsoftonline.com');
  if (url.protocol === 'https:' && url.pathname === '/') return url.origin;
  throw new Error('has to be an https origin such as https://login.microsoftonline.com');
};

/** The origin of a web page as browsers send it, or `*`. A `*` inside of one would stand for itself, and let nobody in. */
export const webOrigin: Reader<string> = (value) => {
  if (value === '*') return value;
  const url = parseUrl(value, 'origins such as https://portal.example, or *');
  if (/^https?:$/.test(url.protocol) && url.pathname === '/' && !url.host.includes('*')) return url.origin;
  throw new Error('has to be origins such as https://portal.example, or *');
};

/** The name of a request header (RFC 9110 section 5.6.2). */
export const headerName: Reader<string> = matching(/^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/i, 'names of headers');

/** The address of an HTTP proxy; may hold a password. As with curl, a host and a port alone are enough. */
export const proxyUrl: Reader<string> = (value) => {
  const url = value.includes('://') ? value : `http://${value}`;
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new Error('has to be a URL such as http://proxy.example:3128');
};

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The address of a Redis or Valkey server; may hold a password, and the number of a database. */
export const redisUrl: Reader<string> = (value) => {
  if (!URL.canParse(value) || !/^rediss?:$/.test(new URL(value).protocol))
    throw new Error('has to be a redis:// or rediss:// URL');
  const { hostname, pathname, username, password } = new URL(value);
  if (hostname === '') throw new Error('names no host');
  if (!/^\/?\d*$/.test(pathname)) throw new Error('names a database that is not a number');
  if (!isDecodable(username + password)) throw new Error('has a password whose % is not written as %25');
  return value;
};
