import type { Dashboard } from '../useDashboard';

/** What every view is given. */
export interface ViewProps {
  readonly dashboard: Dashboard;
}
