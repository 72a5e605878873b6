import { Kind, parse, print, type OperationDefinitionNode } from 'graphql';
import { variablesOf, type Job } from '../../src/cli/readJobs.js';

/** A file of the collection. */
export interface BrunoFile {
  readonly name: string;
  readonly text: string;
}

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');

function block(name: string, text: string): string {
  return `${name} {\n${indent(text.trim())}\n}\n`;
}

/** What stands for a variable in the environment of the collection; lists and numbers are for whoever sends it. */
function valueOf(name: string): unknown {
  return name === 'users' ? ['{{user}}'] : `{{${name}}}`;
}

function operationsOf({ source }: Job): readonly OperationDefinitionNode[] {
  return parse(source).definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
}

function printOperation(job: Job, operation: OperationDefinitionNode, seq: number): string {
  const withDefault = new Set(
    operation.variableDefinitions?.flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [variable.name.value],
    ),
  );
  const source = print(operation);
  const names = variablesOf({ ...job, source }).map((name) => name.slice(1));
  const needed = names.filter((name) => !withDefault.has(name));
  const variables = Object.fromEntries(needed.map((name) => [name, valueOf(name)]));
  const docs = [job.question, `Replaces: ${job.replaces}`, `Costs: ${job.costs}`].join('\n\n');
  return [
    block('meta', `name: ${job.name} ${operation.name?.value ?? ''}\ntype: graphql\nseq: ${seq}`),
    block('post', 'url: {{gateway}}/graphql\nbody: graphql\nauth: inherit'),
    block('body:graphql', source),
    ...(needed.length === 0 ? [] : [block('body:graphql:vars', JSON.stringify(variables, null, 2))]),
    block('docs', docs),
  ].join('\n');
}

/** The jobs as requests of a Bruno collection, one for each operation. */
export function printBruno(jobs: readonly Job[]): readonly BrunoFile[] {
  const requests = jobs.flatMap((job) => operationsOf(job).map((operation) => ({ job, operation })));
  return requests.map(({ job, operation }, index) => {
    const [number = ''] = job.name.split('-');
    const name = `${number} ${operation.name?.value ?? ''}.bru`;
    return { name, text: printOperation(job, operation, index + 1) };
  });
}
