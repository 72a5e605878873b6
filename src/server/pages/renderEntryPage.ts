import { contentPolicy, hashSource } from './contentPolicy.js';
import { escapeHtml } from './escapeHtml.js';
import type { Page } from './Page.js';
import type { ExampleQuery } from './readExamples.js';

const style = `
  :root { color-scheme: light dark; --page: #fff; --text: #1b1b1f; --panel: #f3f4f8; --door: #2a4fad; --on-door: #fff; --link: #2a4fad; }
  @media (prefers-color-scheme: dark) {
    :root { --page: #16171c; --text: #e6e7ec; --panel: #1f2129; --door: #a9c1ff; --on-door: #10131d; --link: #a9c1ff; }
  }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: var(--text); background: var(--page); }
  h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } a { color: var(--link); }
  a.door { display: inline-block; margin: 0 .75rem .5rem 0; padding: .6rem 1rem; border-radius: .4rem; background: var(--door); color: var(--on-door); text-decoration: none; }
  ul { padding: 0; } li { display: flex; gap: .75rem; margin: .4rem 0; } details { flex: 1; min-width: 0; } summary { cursor: pointer; }
  code, pre { font: .9rem/1.4 ui-monospace, monospace; } pre { background: var(--panel); padding: .75rem; overflow: auto; border-radius: .4rem; }
`;

/** A link named after the example too, for those who hear it. */
function renderLink(word: string, title: string, address: string): string {
  return `<a href="${escapeHtml(address)}" aria-label="${escapeHtml(`${word}: ${title}`)}">${word}</a>`;
}

function renderExample({ title, query }: ExampleQuery, explains: boolean): string {
  const encoded = encodeURIComponent(query);
  const open = renderLink('open', title, `/graphiql?query=${encoded}`);
  // In the fragment, which browsers keep to themselves.
  const explain = explains ? renderLink('explain', title, `/explain#query=${encoded}`) : '';
  return `<li><details><summary>${escapeHtml(title)}</summary>
<pre>${escapeHtml(query)}</pre></details>${open}${explain}</li>`;
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
<body><main>
<h1>Cloud Licensing Gateway</h1>
<p>A GraphQL API over Microsoft Graph cloud licensing, at <code>/graphql</code>.</p>
<p><a class="door" href="/graphiql">Open GraphiQL</a><a class="door" href="/sandbox">Open Apollo Sandbox</a>${explains ? '<a class="door" href="/explain">Explain a query</a>' : ''}</p>
<p>GraphiQL is served by this gateway and works without internet; Sandbox is loaded from Apollo's servers.</p>
<h2>Queries to begin with</h2>
<ul>
${examples.map((example) => renderExample(example, explains)).join('\n')}
</ul>
</main></body></html>
`;
  return { html, policy: contentPolicy({ 'style-src': hashSource(style) }) };
}
