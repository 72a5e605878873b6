/** Something that is read as the original is, and how many of its properties were read so far, at any depth. */
export interface CountedReads<T> {
  readonly value: T;
  readonly reads: number;
}

/** Counts the steps of whoever walks through a tree: the same work is the same count on any machine. */
export function countReads<T extends object>(tree: T): CountedReads<T> {
  let reads = 0;
  const seen = new Map<object, object>();
  const wrap = <U>(value: U): U => {
    if (typeof value !== 'object' || value === null) return value;
    const known = seen.get(value);
    if (known !== undefined) return known as U;
    const wrapped = new Proxy(value, {
      get: (target, key) => {
        reads += 1;
        return wrap(Reflect.get(target, key) as unknown);
      },
    });
    seen.set(value, wrapped);
    return wrapped;
  };
  return {
    value: wrap(tree),
    get reads() {
      return reads;
    },
  };
}
