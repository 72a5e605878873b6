/** Lets the first so many names through and calls all later ones `other`, so that a label has no more values than that. */
export class BoundedNames {
  private readonly known = new Set<string>();

  constructor(private readonly limit: number) {}

  /** The name itself, or `other`. */
  of(name: string): string {
    if (this.known.has(name)) return name;
    if (this.known.size >= this.limit) return 'other';
    this.known.add(name);
    return name;
  }
}
