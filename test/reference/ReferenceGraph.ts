/**
 * A client of Graph as plain as can be: one GET for everything, nothing selected away, nothing expanded, nothing batched.
 * It is what the gateway's answers are held against, so it shares no code with the gateway.
 */

import { request } from 'undici';
import { BadGraphAnswer, unexpected } from './BadGraphAnswer.js';

export type Json = Record<string, unknown>;

/** What Graph answers otherwise than the service root does; by path and query behind it, decoded. */
export interface GraphFaults {
  /** The status of an operation that fails. */
  statusOf(path: string): number | undefined;
  /** The body with what is wrong in it. */
  change(path: string, body: unknown): unknown;
}

interface PlainAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What a service root has answered to paths; kept over several queries where nothing changes. */
export type AnswersOfGraph = Map<string, Promise<PlainAnswer>>;

export interface ReferenceGraphOptions {
  readonly answers?: AnswersOfGraph;
  readonly faults?: GraphFaults;
  readonly headers?: Readonly<Record<string, string>>;
}

const codes: Readonly<Record<number, string>> = { 400: 'BAD_USER_INPUT', 403: 'FORBIDDEN', 500: 'UPSTREAM_ERROR' };

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export class ReferenceGraph {
  private readonly answers: AnswersOfGraph;
  private readonly faults: GraphFaults | undefined;
  private readonly headers: Readonly<Record<string, string>>;
  /** Paths that were asked for, each of them once. */
  readonly asked = new Set<string>();

  constructor(
    private readonly serviceRoot: string,
    { answers = new Map<string, Promise<PlainAnswer>>(), faults, headers = {} }: ReferenceGraphOptions = {},
  ) {
    this.answers = answers;
    this.faults = faults;
    this.headers = headers;
  }

  /** The object in the body of a GET; null where Graph answers 404. Throws a BadGraphAnswer for anything else. */
  async get(path: string): Promise<Json | null> {
    const body = await this.read(path);
    if (body === null) return null;
    if (!isObject(body)) throw unexpected(`${path} is not an object`);
    return isObject(body.value) ? body.value : body;
  }

  /** The objects of a list of which every item has to be one; null where there is no such list. */
  async objects(path: string): Promise<Json[] | null> {
    const items = await this.list(path);
    if (items === null) return null;
    return items.map((item) => {
      if (item instanceof Error) throw item;
      return item;
    });
  }

  /** Every item of a list, page after page; null where the list itself is not there, an Error for what is not an object. */
  async items(path: string): Promise<(Json | Error)[] | null> {
    const items: (Json | Error)[] = [];
    let next: string | undefined = path;
    while (next !== undefined) {
      const page: unknown = await this.read(next);
      if (page === null) return null;
      if (!isObject(page) || !Array.isArray(page.value)) throw unexpected(`${path} is not a list`);
      items.push(...page.value.map((item) => (isObject(item) ? item : unexpected(`${path} has an odd item`))));
      const link: unknown = page['@odata.nextLink'];
      if (link !== undefined && typeof link !== 'string') throw unexpected(`${path} has an odd link`);
      next = link?.replace(this.serviceRoot, '');
    }
    return items;
  }

  /** Every item of a list of which none is odd; throws otherwise. */
  async list(path: string): Promise<Json[] | null> {
    const items = await this.items(path);
    const odd = items?.find((item) => item instanceof Error);
    if (odd !== undefined) throw odd;
    return items as Json[] | null;
  }

  private async read(path: string): Promise<unknown> {
    this.asked.add(path);
    const decoded = decodeURIComponent(path);
    const fault = this.faults?.statusOf(decoded);
    const { status, body } = fault === undefined ? await this.ask(path) : { status: fault, body: undefined };
    if (status === 404) return null;
    if (status !== 200) throw new BadGraphAnswer(codes[status] ?? 'UPSTREAM_ERROR', `${path} answered ${status}`);
    return this.faults === undefined ? body : this.faults.change(decoded, body);
  }

  private ask(path: string): Promise<PlainAnswer> {
    const known = this.answers.get(path);
    if (known !== undefined) return known;
    const answer = request(this.serviceRoot + path, { headers: this.headers }).then(async ({ statusCode, body }) => ({
      status: statusCode,
      body: await body.json(),
    }));
    this.answers.set(path, answer);
    return answer;
  }
}
