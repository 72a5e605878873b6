/** What a batch answer begins and ends with, and what each of its parts has behind its id, as Graph writes it (json-batching). */
const head = '{"responses":[';
const tail = ']}';
const behindId = '","status":';
/** A part up to that, with the sign before it. */
const partBegin = /([[,])\{"id":"[^"]{1,8}$/;
const longestBegin = 16;

/** Where the parts begin, the first behind a bracket and the others behind commas; undefined where that is not so. */
function beginsOfParts(bytes: Buffer): readonly number[] | undefined {
  const begins: number[] = [];
  for (let at = bytes.indexOf(behindId); at !== -1; at = bytes.indexOf(behindId, at + behindId.length)) {
    const before = bytes.toString('latin1', Math.max(0, at - longestBegin), at);
    const [begin = '', sign] = partBegin.exec(before) ?? [];
    if (sign !== (begins.length === 0 ? '[' : ',')) return undefined;
    begins.push(at - begin.length + 1);
  }
  return begins;
}

/**
 * A batch answer read part by part, because a text of more than 128 kB costs V8 memory of its own, which takes longer to
 * get than the text to read. Undefined where the bytes are not such an answer, or may be cut at a wrong place: only where
 * every piece is JSON by itself, and nothing but commas stands between them, are they the parts and nothing else.
 *
 * @param parse reads the JSON of a piece; raises where it is none
 */
export function parseInParts(bytes: Buffer, parse: (piece: Buffer) => unknown): unknown {
  const end = bytes.length - tail.length;
  if (bytes.toString('latin1', 0, head.length) !== head || bytes.toString('latin1', end) !== tail) return undefined;
  const begins = beginsOfParts(bytes);
  if (begins === undefined || begins.length < 2 || begins[0] !== head.length) return undefined;
  try {
    const responses = begins.map((begin, index) => parse(bytes.subarray(begin, (begins[index + 1] ?? end + 1) - 1)));
    return { responses };
  } catch {
    return undefined;
  }
}
