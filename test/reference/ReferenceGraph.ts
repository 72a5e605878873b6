/**
 * A client of Graph as plain as can be: one GET for everything, nothing selected away, nothing expanded, nothing batched.
 * It is what the gateway's answers are held against, so it shares no code with the gateway.
 */

import { request } from 'undici';

export type Json = Record<string, unknown>;

export class ReferenceGraph {
  private readonly answers = new Map<string, Promise<Json | null>>();

  constructor(private readonly serviceRoot: string) {}

  /** The body of a GET; null where Graph answers 404. Anything else that fails is a failure of the test. */
  get(path: string, headers: Record<string, string> = {}): Promise<Json | null> {
    const url = path.startsWith('http') ? path : this.serviceRoot + path;
    const known = this.answers.get(url);
    if (known !== undefined) return known;
    const answer = this.fetchJson(url, headers);
    this.answers.set(url, answer);
    return answer;
  }

  private async fetchJson(url: string, headers: Record<string, string>): Promise<Json | null> {
    const { statusCode, body: answer } = await request(url, { headers });
    const text = await answer.text();
    if (statusCode === 404) return null;
    if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}: ${text}`);
    const body = JSON.parse(text) as Json;
    const wrapped = body.value;
    return typeof wrapped === 'object' && wrapped !== null && !Array.isArray(wrapped) ? (wrapped as Json) : body;
  }

  /** Every item of a list, page after page; null where the list itself is not there. */
  async list(path: string, headers: Record<string, string> = {}): Promise<Json[] | null> {
    const items: Json[] = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const page: Json | null = await this.get(next, headers);
      if (page === null) return null;
      items.push(...(page.value as Json[]));
      next = page['@odata.nextLink'] as string | undefined;
    }
    return items;
  }
}
