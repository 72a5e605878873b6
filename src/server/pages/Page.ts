/** An HTML page with the Content-Security-Policy that it needs. */
export interface Page {
  readonly html: string;
  readonly policy: string;
}
