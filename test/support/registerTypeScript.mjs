/** `node --import ./test/support/registerTypeScript.mjs src/main.ts`: runs the sources in a process of their own. */
import { register } from 'node:module';

register('./typeScriptHooks.mjs', import.meta.url);
