/** Of a secret: enough to be found by in a text. */
const beginningLength = 8;

/** Secrets of a test run, and everything that was put out while they were in use. */
export class Canaries {
  /** By their beginnings. */
  readonly #secrets = new Map<string, Set<string>>();
  readonly #output: { readonly source: string; readonly text: string }[] = [];

  /** A text that nobody may put out. Of a token, each part counts for itself, and so does its beginning. */
  hide(secret: string): void {
    const parts = secret.split('.').filter((part) => part.length >= 16);
    for (const part of parts.length > 1 ? parts.slice(1) : [secret]) {
      const beginning = part.slice(0, beginningLength);
      const alike = this.#secrets.get(beginning) ?? new Set();
      this.#secrets.set(beginning, alike.add(part.slice(0, 40)));
    }
  }

  /** The token of an Authorization header. */
  hideHeader(authorization: string | undefined): void {
    const token = authorization?.replace(/^Bearer +/i, '');
    if (token !== undefined && token.length >= 16) this.hide(token);
  }

  /** Text that left the gateway. */
  record(source: string, text: string): void {
    this.#output.push({ source, text });
  }

  /** Where a secret was put out; empty is what one wants. What merely looks like one is found by `CanaryEnvironment`. */
  find(): readonly string[] {
    return this.#output.flatMap(({ source, text }) => this.#secretsIn(text).map((secret) => `${source}: ${secret}`));
  }

  /** There are some thousand secrets and as many texts: each text is read once, whatever the number of secrets. */
  #secretsIn(text: string): readonly string[] {
    const found = new Set<string>();
    for (let index = 0; index + beginningLength <= text.length; index += 1) {
      for (const secret of this.#secrets.get(text.slice(index, index + beginningLength)) ?? []) {
        if (text.startsWith(secret, index)) found.add(secret);
      }
    }
    return [...found];
  }
}
