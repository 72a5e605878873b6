import { useEffect, useId, useRef, type ReactNode } from 'react';
import type { WriteOutcome } from '../generated/graphql';
import { Badge, type Tone } from '../parts/Badge';
import { ErrorNotice } from '../parts/ErrorNotice';
import type { Person } from '../problems';
import { useReprocess, type ReprocessPayload, type ReprocessState } from '../useReprocess';

interface ReprocessDialogProps {
  readonly people: readonly Person[];
  /** Is told the ids of those whose licences were worked out again. */
  readonly onDone: (userIds: readonly string[]) => void;
  readonly onClose: () => void;
}

interface OutcomeWords {
  readonly would: string;
  readonly did: string;
  readonly tone: Tone;
}

const refused: OutcomeWords = { would: 'Would be refused', did: 'Refused, nothing has changed', tone: 'danger' };
const unknown: OutcomeWords = { would: 'Not known', did: 'Not known: look again before repeating', tone: 'caution' };

function wordsOf(outcome: WriteOutcome): OutcomeWords {
  switch (outcome) {
    case 'UPDATED':
      return { would: 'Would be worked out again', did: 'Worked out again', tone: 'good' };
    case 'REJECTED':
      return refused;
    // Reprocessing creates and deletes nothing, so that none of the others is an answer to it.
    default:
      return unknown;
  }
}

interface OutcomesProps {
  readonly payload: ReprocessPayload;
  readonly people: readonly Person[];
  readonly isDryRun: boolean;
}

function Outcomes({ payload, people, isDryRun }: OutcomesProps): ReactNode {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (
    <>
      <ul className="outcomes">
        {payload.results.map(({ userId, outcome, userErrors }) => {
          const { would, did, tone } = wordsOf(outcome);
          return (
            <li key={userId}>
              <strong>{names.get(userId) ?? userId}</strong> <Badge tone={tone}>{isDryRun ? would : did}</Badge>
              {userErrors.map(({ code, message }) => (
                <p key={code} className="muted">
                  <code>{code}</code> {message}
                </p>
              ))}
            </li>
          );
        })}
      </ul>
      {isDryRun && payload.plannedCalls && payload.plannedCalls.length > 0 && (
        <details>
          <summary>Calls of Microsoft Graph that this will make ({payload.plannedCalls.length})</summary>
          <ol className="calls">
            {payload.plannedCalls.map(({ method, path }) => (
              <li key={path}>
                <code>
                  {method} {path}
                </code>
              </li>
            ))}
          </ol>
        </details>
      )}
    </>
  );
}

function explain(state: ReprocessState, count: number): string {
  const who = count === 1 ? 'one person' : `${count} people`;
  switch (state.step) {
    case 'checking':
      return 'Looking at what would happen. Nothing is changed.';
    case 'checked':
      return `Dry run for ${who}: nothing has been changed yet. Microsoft Graph would work out again what they may use.`;
    case 'sending':
      return 'Asking Microsoft Graph.';
    case 'done':
      return 'Microsoft Graph works licences out in the background: a problem that is mended leaves the list within minutes.';
    case 'failed':
      return state.during === 'checking'
        ? 'The dry run failed. Nothing has been changed.'
        : 'It is not known whether this was done. Trying again is safe: it does nothing twice.';
  }
}

/** The dialog behind "Reprocess": what would happen, a question, and what did happen. */
export function ReprocessDialog({ people, onDone, onClose }: ReprocessDialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const textId = useId();
  const { state, check, send } = useReprocess(people);
  useEffect(() => {
    if (dialog.current?.open === false) dialog.current.showModal();
    void check();
  }, [check]);
  const confirm = (): void => void send().then((ids) => ids.length > 0 && onDone(ids));
  const payload = state.step === 'checked' || state.step === 'done' ? state.payload : undefined;
  const willDo = payload?.results.filter(({ outcome }) => outcome === 'UPDATED').length ?? 0;
  const retry = state.step === 'failed' && state.during === 'sending' ? confirm : () => void check();
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      aria-describedby={textId}
      onCancel={(event) => state.step === 'sending' && event.preventDefault()}
      onClose={onClose}
    >
      <h2 id={titleId}>{state.step === 'done' ? 'Reprocessed' : 'Reprocess licences'}</h2>
      <p id={textId} role="status">
        {explain(state, people.length)}
      </p>
      {state.step === 'failed' && <ErrorNotice errors={state.errors} isPartial={false} onRetry={retry} />}
      {payload?.userErrors.map(({ code, message }) => (
        <p key={code} className="notice danger">
          <code>{code}</code> {message}
        </p>
      ))}
      {payload && <Outcomes payload={payload} people={people} isDryRun={state.step === 'checked'} />}
      <footer>
        {state.step === 'checked' && (
          <button type="button" className="primary" disabled={willDo === 0} onClick={confirm}>
            Reprocess now
          </button>
        )}
        <button type="button" disabled={state.step === 'sending'} onClick={() => dialog.current?.close()}>
          {state.step === 'done' ? 'Close' : 'Cancel'}
        </button>
      </footer>
    </dialog>
  );
}
