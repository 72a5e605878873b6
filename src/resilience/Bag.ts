/** Something that a bag may hold, one bag at a time. */
export interface Held {
  /** Where it stands in its bag; undefined outside. */
  place: number | undefined;
}

/**
 * What is there at the moment, in no order: things come and go all the time, and the bag stays. A Map or a Set will not do.
 * V8 makes its table anew again and again, and each table leads to the next one and still holds what was in it then. One that
 * has become old keeps all later ones, and with them nearly everything that was ever under way, until the old generation is
 * collected.
 */
export class Bag<T extends Held> {
  private readonly items: T[] = [];

  get size(): number {
    return this.items.length;
  }

  /** Everything that is in it now; not to be kept. */
  get content(): readonly T[] {
    return this.items;
  }

  add(item: T): void {
    item.place = this.items.push(item) - 1;
  }

  /** Takes an item out; false where it is in none. */
  remove(item: T): boolean {
    if (item.place === undefined) return false;
    const last = this.items.pop();
    if (last !== undefined && last !== item) {
      this.items[item.place] = last;
      last.place = item.place;
    }
    item.place = undefined;
    return true;
  }
}
