import { contentPolicy, hashSource } from './contentPolicy.js';
import type { Page } from './Page.js';
import type { ExampleQuery } from './readExamples.js';
import { tokenHeader } from './tokenHeader.js';

const origin = 'https://embeddable-sandbox.cdn.apollographql.com';
const style =
  'html, body, #sandbox { height: 100%; margin: 0; } p { font: 16px system-ui, sans-serif; padding: 1rem; }';

/** JSON as it may stand in a script element. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function renderScript(initialState: object): string {
  return `
if (window.EmbeddedSandbox) {
  new window.EmbeddedSandbox({
    target: '#sandbox',
    initialEndpoint: location.origin + '/graphql',
    initialState: ${scriptJson(initialState)},
    includeCookies: false,
  });
} else {
  document.getElementById('offline').hidden = false;
}
`;
}

/**
 * Apollo Sandbox, loaded from Apollo's servers and opened with the first example; without internet, the way to GraphiQL.
 *
 * @param takesToken whether callers have to bring a token of their own: its header is there to be filled in
 */
export function renderSandboxPage(examples: readonly ExampleQuery[], takesToken: boolean): Page {
  const script = renderScript({
    document: examples[0]?.query ?? '{ __typename }',
    pollForSchemaUpdates: false,
    ...(takesToken && { headers: tokenHeader }),
  });
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Apollo Sandbox</title><style>${style}</style></head>
<body>
<p id="offline" hidden>Apollo Sandbox could not be loaded: it needs the internet. <a href="/graphiql">GraphiQL</a> does not.</p>
<div id="sandbox"></div>
<script src="${origin}/_latest/embeddable-sandbox.umd.production.min.js"></script>
<script>${script}</script>
</body></html>
`;
  const policy = contentPolicy({
    'script-src': `${origin} ${hashSource(script)}`,
    'style-src': "'unsafe-inline'",
    'frame-src': 'https://sandbox.embed.apollographql.com',
    'connect-src': "'self'",
    'img-src': 'https: data:',
  });
  return { html, policy };
}
