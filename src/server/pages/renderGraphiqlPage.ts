import { contentPolicy, hashSource } from './contentPolicy.js';
import type { Page } from './Page.js';
import type { ExampleQuery } from './readExamples.js';
import { tokenHeader } from './tokenHeader.js';

/** The text of the one script of the page; it holds the words `<script>` itself, so the first and the last tag count. */
function inlineScript(html: string): string {
  return html.slice(html.indexOf('<script>') + '<script>'.length, html.lastIndexOf('</script>'));
}

/**
 * GraphiQL in one page of 9 MB that needs nothing else, opened with the examples as tabs. What is typed as a header, such
 * as a token, is not kept in the browser. The package is loaded when the page is first asked for.
 *
 * @param takesToken whether callers have to bring a token of their own: its header is there to be filled in
 */
export async function renderGraphiqlPage(examples: readonly ExampleQuery[], takesToken: boolean): Promise<Page> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'Cloud Licensing Gateway',
    endpoint: '/graphql',
    defaultTabs: examples.map(({ query }) => ({ query })),
    ...(takesToken && { headers: JSON.stringify(tokenHeader, null, 2) }),
    shouldPersistHeaders: false,
  });
  const policy = contentPolicy({
    'script-src': hashSource(inlineScript(html)),
    'worker-src': 'blob:',
    'style-src': "'unsafe-inline'",
    'img-src': "'self' data:",
    'font-src': 'data:',
    'connect-src': "'self'",
  });
  return { html, policy };
}
