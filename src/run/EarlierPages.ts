/** Tells items that moved to the next page of a collection while it was read: they came with an earlier one already. */
export class EarlierPages<Item> {
  private readonly keys = new Set<string>();

  /** @param keyOf what an item is known by; undefined for one that may be any, and is taken for none of the others */
  constructor(private readonly keyOf: (item: Item) => string | undefined) {}

  /** The items of the next page that no earlier page had. */
  fresh(items: readonly Item[]): readonly Item[] {
    const keys = items.map(this.keyOf);
    const fresh = items.filter((_, index) => {
      const key = keys[index];
      return key === undefined || !this.keys.has(key);
    });
    for (const key of keys) if (key !== undefined) this.keys.add(key);
    return fresh;
  }
}
