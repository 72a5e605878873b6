import { useMemo, useState, type ReactNode } from 'react';
import { Empty } from '../parts/Empty';
import { LoadMore } from '../parts/LoadMore';
import { Panel } from '../parts/Panel';
import { peopleOf, readProblems, type Person } from '../problems';
import { ProblemTable, type ProblemActions } from './ProblemTable';
import { ReprocessDialog } from './ReprocessDialog';
import type { ViewProps } from './View';

const nobody: ReadonlySet<string> = new Set();

/** Every licence that did not take effect, and the button that has Graph work it out again. */
export function Problems({ dashboard }: ViewProps): ReactNode {
  const { problems: found, isLoading, hasMoreProblems } = dashboard;
  const problems = useMemo(() => found && readProblems(found), [found]);
  const [selected, select] = useState(nobody);
  const [reprocessed, setReprocessed] = useState(nobody);
  const [people, reprocess] = useState<readonly Person[]>();
  const actions: ProblemActions = { selected, reprocessed, select, reprocess };
  const chosen = peopleOf(problems ?? []).filter(({ id }) => selected.has(id));
  const whenDone = (ids: readonly string[]): void => {
    setReprocessed(new Set([...reprocessed, ...ids]));
    select(nobody);
    void dashboard.refresh();
  };
  return (
    <Panel
      title="Licences that did not take effect"
      errors={dashboard.errorsOf('problems')}
      isLoading={isLoading}
      onRetry={() => void dashboard.refresh()}
    >
      {problems &&
        (problems.length > 0 ? (
          <>
            <div className="toolbar">
              <span role="status">
                {problems.length === 1 ? '1 problem' : `${problems.length} problems`}
                {hasMoreProblems && ', and more that are not loaded yet'}
              </span>
              <button
                type="button"
                className="primary"
                disabled={chosen.length === 0}
                onClick={() => reprocess(chosen)}
              >
                Reprocess selected ({chosen.length})
              </button>
            </div>
            <ProblemTable
              problems={problems}
              caption="Licences that did not take effect, latest first"
              actions={actions}
            />
            {hasMoreProblems && <LoadMore what="problems" load={() => dashboard.loadMoreProblems()} />}
          </>
        ) : (
          <Empty>Every licence has taken effect.</Empty>
        ))}
      {people && <ReprocessDialog people={people} onDone={whenDone} onClose={() => reprocess(undefined)} />}
    </Panel>
  );
}
