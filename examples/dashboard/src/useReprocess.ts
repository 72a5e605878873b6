import { useMutation } from '@apollo/client/react';
import { useCallback, useRef, useState } from 'react';
import { graphql } from './generated';
import type { ReprocessMutation } from './generated/graphql';
import { readErrors, type PartError } from './partErrors';
import type { Person } from './problems';

const reprocessMutation = graphql(`
  mutation Reprocess($input: ReprocessAssignmentsInput!) {
    reprocessAssignments(input: $input) {
      operationId
      plannedCalls {
        method
        path
      }
      userErrors {
        code
        message
      }
      results {
        userId
        outcome
        userErrors {
          code
          message
        }
      }
    }
  }
`);

/** What came of it, or would. */
export type ReprocessPayload = NonNullable<ReprocessMutation['reprocessAssignments']>;

/** Where the dialog stands: a dry run comes first, and nothing is sent before somebody has agreed to what it said. */
export type ReprocessState =
  | { readonly step: 'checking' | 'sending' }
  | { readonly step: 'checked' | 'done'; readonly payload: ReprocessPayload }
  | { readonly step: 'failed'; readonly during: 'checking' | 'sending'; readonly errors: readonly PartError[] };

/** The ids of those whose licences were worked out again, or would be. */
function updatedIn(payload: ReprocessPayload | undefined): readonly string[] {
  return payload?.results.flatMap(({ outcome, userId }) => (outcome === 'UPDATED' ? [userId] : [])) ?? [];
}

/** 128 random bits as hexadecimal digits; `randomUUID` is there over https only. */
function createKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Has Graph work out the licences of people again, in two steps. */
export function useReprocess(people: readonly Person[]): {
  readonly state: ReprocessState;
  readonly check: () => Promise<void>;
  /** Resolves to the ids of those whose licences were worked out again. */
  readonly send: () => Promise<readonly string[]>;
} {
  const [mutate] = useMutation(reprocessMutation);
  const [state, setState] = useState<ReprocessState>({ step: 'checking' });
  // The same for every attempt of this dialog: what was done already is not done twice.
  const idempotencyKey = useRef(createKey());

  const run = useCallback(
    async (dryRun: boolean, userIds: readonly string[]): Promise<ReprocessPayload | undefined> => {
      const during = dryRun ? 'checking' : 'sending';
      setState({ step: during });
      const key = dryRun ? {} : { idempotencyKey: idempotencyKey.current };
      const { data, error } = await mutate({ variables: { input: { userIds: [...userIds], dryRun, ...key } } });
      const payload = data?.reprocessAssignments ?? undefined;
      if (payload) setState({ step: dryRun ? 'checked' : 'done', payload });
      else setState({ step: 'failed', during, errors: readErrors(error) });
      return payload;
    },
    [mutate],
  );

  // What the dry run has found to be done, for every attempt to do it.
  const found = useRef<readonly string[]>([]);
  const check = useCallback(async (): Promise<void> => {
    const ids = people.map(({ id }) => id);
    found.current = updatedIn(await run(true, ids));
  }, [people, run]);
  const send = useCallback(async () => updatedIn(await run(false, found.current)), [run]);

  return { state, check, send };
}
