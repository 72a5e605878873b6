/** Builds what has changed and runs a command of license-gateway in this very process: `node scripts/run.mjs serve`. */
import { build } from './build.mjs';
import { whenParentIsGone } from './whenParentIsGone.mjs';

if (process.env.npm_lifecycle_event !== undefined) whenParentIsGone(() => process.kill(process.pid, 'SIGTERM'));
await build();
await import('../dist/main.js');
