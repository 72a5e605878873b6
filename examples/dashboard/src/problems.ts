import { getFragmentData, graphql } from './generated';
import type { ProblemRef } from './useDashboard';

const problemFragment = graphql(`
  fragment Problem on AssignmentError {
    id
    code
    message
    occurrenceDateTime
    skuId
    sku {
      id
      displayName
    }
    assignedTo {
      __typename
      id
      displayName
    }
  }
`);

/** Somebody whose rights can be worked out again. */
export interface Person {
  readonly id: string;
  readonly name: string;
}

/** A licence that did not take effect. */
export interface Problem {
  readonly id: string;
  readonly who: string;
  /** Undefined where a group or device is affected: Graph works out the rights of people only. */
  readonly person: Person | undefined;
  readonly product: string;
  readonly code: string;
  /** What the code means, where it is a known one. */
  readonly meaning: string | undefined;
  readonly message: string;
  readonly since: string;
}

/** The codes are an open set: these are the ones that Microsoft names, of this API and of the older one. */
const meanings: Readonly<Record<string, string>> = {
  MissingDependency: 'A service that this one needs is not there',
  DependencyViolation: 'A service that this one needs is not there',
  CountViolation: 'No seat was free',
  MutuallyExclusiveViolation: 'Two services exclude each other',
  ProhibitedInUsageLocationViolation: 'Not offered in the country of the person',
  UniquenessViolation: 'Another object has the same mail address',
};

/** Reads the errors of assignments, the latest first. */
export function readProblems(problems: readonly ProblemRef[]): readonly Problem[] {
  const read = problems.map((each): Problem => {
    const problem = getFragmentData(problemFragment, each);
    const { id, code, message, assignedTo, sku, skuId, occurrenceDateTime: since } = problem;
    const who = assignedTo?.displayName ?? assignedTo?.id ?? 'Somebody whose name is not known';
    const person = assignedTo?.__typename === 'User' ? { id: assignedTo.id, name: who } : undefined;
    const product = sku?.displayName ?? skuId ?? 'Unknown product';
    return { id, who, person, product, code, meaning: meanings[code], message, since };
  });
  return read.toSorted((a, b) => b.since.localeCompare(a.since));
}

/** Those whose rights can be worked out again, each once. */
export function peopleOf(problems: readonly Problem[]): readonly Person[] {
  return [...new Map(problems.flatMap(({ person }) => (person ? [[person.id, person] as const] : []))).values()];
}
