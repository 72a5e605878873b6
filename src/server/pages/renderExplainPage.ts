import { readFileSync } from 'node:fs';
import { contentPolicy, hashSource } from './contentPolicy.js';
import type { Page } from './Page.js';
import { escapeHtml } from './escapeHtml.js';
import type { ExampleQuery } from './readExamples.js';

/** What browsers run stands in files of its own. */
function readPart(name: string): string {
  return readFileSync(new URL(`../../../pages/${name}`, import.meta.url), 'utf8');
}

const tokenField = `<label>Bearer token
<input id="token" type="password" autocomplete="off" spellcheck="false">
<span class="hint">Kept in this page until it is closed, and sent to this gateway alone.</span></label>`;

/**
 * The page at `/explain`: a query, what it would ask of Graph, and what it did. It loads nothing but itself. Begins with the
 * first example where the URL brings no query.
 *
 * @param takesToken whether callers have to bring a token of their own
 */
export function renderExplainPage(examples: readonly ExampleQuery[], takesToken: boolean): Page {
  const style = readPart('explain.css');
  const script = readPart('drawCalls.js') + readPart('explain.js');
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Explain a query</title>
<style>${style}</style></head>
<body>
<header><h1>Explain a query</h1>
<p>Which calls of Microsoft Graph it makes, in which waves, and how long each takes. <a href="/">Examples</a></p></header>
<main>
<form id="ask">
<label>Query
<textarea id="query" spellcheck="false" autocomplete="off">${escapeHtml(examples[0]?.query ?? '')}</textarea></label>
<div class="side">
<label>Variables (JSON)
<textarea id="variables" spellcheck="false" autocomplete="off"></textarea></label>
<label>Operation name
<input id="operation" spellcheck="false" autocomplete="off"><span class="hint">Only where the document holds several.</span></label>
${takesToken ? tokenField : ''}
</div>
<div class="buttons">
<button class="main" id="run">Run</button><button id="plan">Plan only</button>
<span class="hint">Ctrl+Enter runs. A plan sends nothing to Microsoft Graph; a mutation that is run makes its changes.</span>
</div>
</form>
<p id="status" role="status"></p>
<div id="results"></div>
</main>
<script type="module">${script}</script>
</body></html>
`;
  const policy = contentPolicy({
    'script-src': hashSource(script),
    'style-src': hashSource(style),
    'connect-src': "'self'",
  });
  return { html, policy };
}
