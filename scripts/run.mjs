/** Builds what has changed and runs a command of license-gateway in this very process: `node scripts/run.mjs serve`. */
import { build } from './build.mjs';

/**
 * A signal that npm does not pass on ends npm alone. A script of npm whose parent is gone therefore stops as on SIGTERM.
 */
function stopWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 100);
  watch.unref();
}

if (process.env.npm_lifecycle_event !== undefined) stopWithParent();
await build();
await import('../dist/main.js');
