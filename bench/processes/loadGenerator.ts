/**
 * Callers that each ask again as soon as they have their answer, over connections that are kept. A process of its own,
 * told what to do by messages: a `Job` comes, a `Load` or a text that says what went wrong goes back.
 */
import { Pool } from 'undici';

/** A request, and how many bytes its answer has; another answer ends the job. */
export interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: string | null;
  readonly bytes: number;
}

/** What to ask, and how long. */
export interface Job {
  readonly origin: string;
  /** Asked in turn, by all callers together. */
  readonly questions: readonly Question[];
  readonly callers: number;
  readonly seconds: number;
}

/** The outcome of a job. */
export interface Load {
  readonly answered: number;
  /** From the first question to the last answer. */
  readonly seconds: number;
  /** Of one answer, the median. */
  readonly milliseconds: number;
}

async function ask(pool: Pool, { method, path, body, bytes }: Question): Promise<void> {
  const headers = body === null ? {} : { 'content-type': 'application/json' };
  const answer = await pool.request({ method, path, headers, body });
  let received = 0;
  for await (const chunk of answer.body) received += (chunk as Buffer).length;
  if (answer.statusCode !== 200 || received !== bytes) {
    throw new Error(`${path}: status ${answer.statusCode}, ${received} bytes where ${bytes} were expected`);
  }
}

async function perform({ origin, questions, callers, seconds }: Job): Promise<Load> {
  const pool = new Pool(origin, { connections: callers });
  const waits: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1000;
  let turn = 0;
  const call = async (): Promise<void> => {
    for (let now = performance.now(); now < end;) {
      await ask(pool, questions[turn++ % questions.length] as Question);
      const answered = performance.now();
      waits.push(answered - now);
      now = answered;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  const took = performance.now() - started;
  await pool.close();
  waits.sort((one, other) => one - other);
  return { answered: waits.length, seconds: took / 1000, milliseconds: waits[Math.floor(waits.length / 2)] ?? 0 };
}

process.on('message', (job: Job) => {
  perform(job).then(
    (load) => process.send?.(load),
    (error: unknown) => process.send?.(String(error)),
  );
});
