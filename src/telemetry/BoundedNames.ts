/** Keeps the first names and calls all later ones `other`, so that a label has few values. */
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
