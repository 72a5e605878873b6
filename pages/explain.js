/**
 * What the page /explain does: it asks /graphql, and draws the calls of Microsoft Graph that the answer tells of
 * (`extensions.graph`). It keeps nothing; the query stands in the fragment of the URL, which no browser sends, and a token
 * in its field alone.
 */

/**
 * @typedef {import('../src/explain/describePlan.js').PrintedPlan} PrintedPlan
 * @typedef {{ message: string, path?: (string | number)[], extensions?: { graph?: { status?: number } } }} ShownError
 * @typedef {{ data?: unknown, errors?: ShownError[], extensions?: { graph?: Cost | { plan: PrintedPlan } } }} Answer
 * @typedef {{ query: string, variables: unknown, operationName?: string }} Question
 */

/** Characters of an answer that are shown; nobody reads more in a page. */
const maxShown = 200_000;

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
function byId(id, type) {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new TypeError(`the page has no #${id}`);
}

const query = byId('query', HTMLTextAreaElement);
const variables = byId('variables', HTMLTextAreaElement);
const operation = byId('operation', HTMLInputElement);
/** Absent where the gateway takes no token. */
const token = /** @type {HTMLInputElement | null} */ (document.getElementById('token'));
const statusLine = byId('status', HTMLElement);
const results = byId('results', HTMLElement);

/** What the fields say; raises an Error where the variables are not JSON. */
function readQuestion() {
  const source = variables.value.trim();
  let values = {};
  try {
    if (source !== '') values = JSON.parse(source);
  } catch (error) {
    variables.setAttribute('aria-invalid', 'true');
    variables.focus();
    throw new Error(`The variables are not valid JSON: ${error instanceof Error ? error.message : ''}`);
  }
  variables.removeAttribute('aria-invalid');
  /** @type {Question} */
  const question = { query: query.value, variables: values };
  if (operation.value !== '') question.operationName = operation.value;
  return question;
}

/** Puts the question into the URL, for bookmarks and links. */
function rememberQuestion() {
  const fields = { query: query.value, variables: variables.value, operation: operation.value };
  const filled = Object.entries(fields).filter(([, value]) => value !== '');
  history.replaceState(null, '', `#${new URLSearchParams(filled)}`);
}

/** Fills the fields from the URL; says whether there was a query. */
function recallQuestion() {
  const fields = new URLSearchParams(location.hash.slice(1));
  query.value = fields.get('query') ?? query.value;
  variables.value = fields.get('variables') ?? '';
  operation.value = fields.get('operation') ?? '';
  return fields.has('query');
}

/**
 * @param {'1' | 'plan'} explain
 * @param {Question} question
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
async function send(explain, question, signal) {
  /** @type {Record<string, string>} */
  const headers = { 'content-type': 'application/json', 'x-graph-explain': explain };
  const given = token?.value.trim().replace(/^Bearer +/i, '') ?? '';
  if (given !== '') headers.authorization = `Bearer ${given}`;
  const body = JSON.stringify(question);
  const response = await fetch('/graphql', { method: 'POST', headers, body, signal });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The gateway answered ${response.status} with something other than JSON.`);
  }
}

/** @param {Cost} cost */
function leftOutText({ callsLeftOut = 0, sharedReadsLeftOut = 0 }) {
  const left = callsLeftOut + sharedReadsLeftOut;
  return left === 0 ? '' : ` ${left.toLocaleString('en')} more are left out.`;
}

/** @param {Cost} cost @param {readonly ShownError[]} errors */
function showCost(cost, errors) {
  const { waves, httpRequests, operations, retries, units, sharedReads = [] } = cost;
  const bars = barsOf(cost, new Set(errors.map(({ extensions }) => extensions?.graph?.status)));
  const again = retries === 0 ? '' : `, ${retries} of them sent again`;
  const shared = sharedReads.length === 0 ? '' : `, ${count(sharedReads.length, 'read')} shared with others`;
  const took = bars.length === 0 ? '' : `, in ${inMilliseconds(endOf(bars))}`;
  const counts = [count(waves, 'wave'), count(httpRequests, 'request'), count(operations, 'operation') + again];
  statusLine.textContent = `${counts.join(', ')}${shared}, ${count(units, 'resource unit')}${took}.${leftOutText(cost)}`;
  if (bars.length === 0) return;
  results.append(element('h2', {}, 'Calls to Microsoft Graph'), ...drawCalls(bars));
}

/** @param {string} label @param {string} text */
function codeBlock(label, text) {
  return element('pre', { tabindex: '0', role: 'region', 'aria-label': label }, text);
}

/** @param {PrintedPlan} plan */
function showPlan({ estimate, text, mermaid }) {
  const { waves, httpRequests, operations } = estimate;
  const counts = [count(waves, 'wave'), count(httpRequests, 'request'), count(operations, 'operation')];
  statusLine.textContent = `At the most ${counts.join(', ')}. Nothing was sent to Microsoft Graph.`;
  const chart = element('details', {}, element('summary', {}, 'As a Mermaid flowchart'), codeBlock('Mermaid', mermaid));
  results.append(element('h2', {}, 'Plan'), codeBlock('Plan', text), chart);
}

/** @param {readonly ShownError[]} errors */
function showErrors(errors) {
  const items = errors.map(({ message, path }) =>
    element('li', {}, path === undefined ? message : `${path.join('.')}: ${message}`),
  );
  results.append(element('h2', {}, 'Errors'), element('ul', { class: 'errors' }, ...items));
}

/** @param {unknown} data */
function showData(data) {
  if (data === undefined || data === null) return;
  const text = JSON.stringify(data, null, 2);
  const shown = text.length <= maxShown ? text : `${text.slice(0, maxShown)}\n… (${count(text.length, 'character')})`;
  results.append(element('details', {}, element('summary', {}, 'Answer'), codeBlock('Answer', shown)));
}

/** @param {Answer} answer */
function show({ data, errors = [], extensions }) {
  const graph = extensions?.graph;
  statusLine.textContent = errors.length === 0 ? 'Answered.' : '';
  if (graph !== undefined) {
    if ('plan' in graph) showPlan(graph.plan);
    else showCost(graph, errors);
  }
  if (errors.length > 0) {
    statusLine.textContent = `${count(errors.length, 'error')}. ${statusLine.textContent}`;
    showErrors(errors);
  }
  showData(data);
}

let asking = new AbortController();

/** Asks, and shows what comes; what was asked before is given up. @param {'1' | 'plan'} explain */
async function ask(explain) {
  asking.abort();
  const { signal } = (asking = new AbortController());
  results.replaceChildren();
  try {
    const question = readQuestion();
    rememberQuestion();
    statusLine.textContent = 'Asking …';
    const answer = await send(explain, question, signal);
    if (!signal.aborted) show(answer);
  } catch (error) {
    if (!signal.aborted) statusLine.textContent = error instanceof Error ? error.message : String(error);
  }
}

byId('ask', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void ask(event.submitter?.id === 'plan' ? 'plan' : '1');
});
for (const field of [query, variables]) {
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void ask('1');
  });
}

/** A link that brings a query shows its plan; nothing is sent to Graph before somebody says so. */
function openQuestion() {
  if (recallQuestion() && token === null) void ask('plan');
}
addEventListener('hashchange', openQuestion);
openQuestion();
