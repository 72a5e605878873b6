import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, Kind } from 'graphql';

const folder = fileURLToPath(new URL('../../jobs/', import.meta.url));

/** A saved operation for something that people want done. */
export interface Job {
  /** Name of its file without the ending, such as `04-seats`. */
  readonly name: string;
  /** What it answers, in plain words: the first line of its comment. */
  readonly question: string;
  /** What people used before, and what it costs: the lines that begin so. */
  readonly replaces: string;
  readonly costs: string;
  /** Which --rows make smaller lines of it; empty where none are worth telling. */
  readonly lines: string;
  readonly source: string;
}

function commentOf(source: string, begin: RegExp): string {
  const lines = /^(?:#.*\n)*/.exec(source)?.[0].split('\n') ?? [];
  const comments = lines.map((line) => line.replace(/^# ?/, ''));
  const from = comments.findIndex((line) => begin.test(line));
  if (from === -1) return '';
  const isOther = (line: string): boolean => line === '' || /^[A-Z][\w ]*: /.test(line);
  const next = comments.findIndex((line, index) => index > from && isOther(line));
  return comments
    .slice(from, next === -1 ? undefined : next)
    .join(' ')
    .replace(begin, '');
}

function readJob(file: string): Job {
  const source = readFileSync(join(folder, file), 'utf8');
  return {
    name: file.replace('.graphql', ''),
    question: commentOf(source, /^(?=\S)/),
    replaces: commentOf(source, /^Replaces: /),
    costs: commentOf(source, /^Costs: /),
    lines: commentOf(source, /^Lines: /),
    source,
  };
}

/** The jobs of the folder `jobs/`, in the order of their numbers. */
export function readJobs(): readonly Job[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map(readJob);
}

/** A job by its name, its number, or its name without the number. */
export function findJob(wanted: string): Job | undefined {
  return readJobs().find(({ name }) => {
    const [number = ''] = name.split('-');
    return [name, number, String(Number(number)), name.slice(number.length + 1)].includes(wanted);
  });
}

/** Variables of the operations of a job, as they are declared: `$user: ID!`. */
export function variablesOf({ source }: Job): readonly string[] {
  const operations = parse(source).definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const texts = operations.flatMap(({ variableDefinitions = [] }) =>
    variableDefinitions.map(({ variable }) => `$${variable.name.value}`),
  );
  return [...new Set(texts)];
}
