import { LRUCache } from 'lru-cache';

/** What an entry takes beside its value: its key, its place in the list, and the objects around a value however small. */
const costOfEntry = 100;

/** A store of Apollo (persisted queries, parsed documents) in the memory of this process, which forgets the oldest. */
export class BoundedStore<Value extends object | string> {
  private readonly entries: LRUCache<string, Value>;

  /**
   * @param maxSize sum of the sizes of all values, and of 100 for each
   * @param sizeOf size of one value
   */
  constructor(maxSize: number, sizeOf: (value: Value) => number) {
    this.entries = new LRUCache({ maxSize, sizeCalculation: (value) => sizeOf(value) + costOfEntry });
  }

  /** The sum of the sizes of what is kept now. */
  get size(): number {
    return this.entries.calculatedSize;
  }

  async get(key: string): Promise<Value | undefined> {
    return this.entries.get(key);
  }

  async set(key: string, value: Value): Promise<void> {
    this.entries.set(key, value);
  }

  async delete(key: string): Promise<boolean> {
    return this.entries.delete(key);
  }
}
