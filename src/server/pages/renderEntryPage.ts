import { contentPolicy, hashSource } from './contentPolicy.js';
import { escapeHtml } from './escapeHtml.js';
import type { Page } from './Page.js';
import type { ExampleQuery } from './readExamples.js';

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #1b1b1f; }
  h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
  a.door { display: inline-block; margin: 0 .75rem .5rem 0; padding: .6rem 1rem; border-radius: .4rem; background: #2a4fad; color: #fff; text-decoration: none; }
  li { margin: .4rem 0; } code, pre { font: .9rem/1.4 ui-monospace, monospace; }
  pre { background: #f3f4f8; padding: .75rem; overflow: auto; border-radius: .4rem; }
`;

function renderExample({ title, query }: ExampleQuery, explains: boolean): string {
  const encoded = encodeURIComponent(query);
  const open = `<a href="${escapeHtml(`/graphiql?query=${encoded}`)}">open</a>`;
  // In the fragment, which browsers keep to themselves.
  const explain = explains ? ` <a href="${escapeHtml(`/explain#query=${encoded}`)}">explain</a>` : '';
  return `<li><details><summary>${escapeHtml(title)} ${open}${explain}</summary>
<pre>${escapeHtml(query)}</pre></details></li>`;
}

/**
 * The page at `/`: where to try queries, and what to try. It loads nothing but itself.
 *
 * @param explains whether there is a page that draws the calls of a query
 */
export function renderEntryPage(examples: readonly ExampleQuery[], explains: boolean): Page {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Cloud Licensing Gateway</title>
<style>${style}</style></head>
<body>
<h1>Cloud Licensing Gateway</h1>
<p>A GraphQL API over Microsoft Graph cloud licensing, at <code>/graphql</code>.</p>
<p><a class="door" href="/graphiql">Open GraphiQL</a><a class="door" href="/sandbox">Open Apollo Sandbox</a>${explains ? '<a class="door" href="/explain">Explain a query</a>' : ''}</p>
<p>GraphiQL is served by this gateway and works without internet; Sandbox is loaded from Apollo's servers.</p>
<h2>Queries to begin with</h2>
<ul>
${examples.map((example) => renderExample(example, explains)).join('\n')}
</ul>
</body></html>
`;
  return { html, policy: contentPolicy({ 'style-src': hashSource(style) }) };
}
