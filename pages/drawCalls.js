/** Draws calls of Microsoft Graph over time, and tells the same as a table. Stands before explain.js in the page. */

/**
 * @typedef {import('../src/graph/reportCalls.js').ReportedCall} ReportedCall
 * @typedef {import('../src/graph/reportCalls.js').ReportedPart} ReportedPart
 * @typedef {import('../src/graph/reportCalls.js').ReportedSharedRead} ReportedSharedRead
 * @typedef {import('../src/graph/GraphUsage.js').UsageCounts & import('../src/graph/reportCalls.js').CallReport} Cost
 * @typedef {'answered' | 'otherwise' | 'failed' | 'partly' | 'retry' | 'shared'} Kind
 * @typedef {(ReportedCall | ReportedSharedRead) & { kind: Kind }} Bar
 */

/**
 * A new element. Texts are texts, never markup.
 *
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** What is said of a call that Graph refused without harm. */
const askedOtherwise = 'asked another way';

/** @param {number} amount @param {string} noun */
function count(amount, noun) {
  return `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`;
}

/** @param {number} milliseconds */
function inMilliseconds(milliseconds) {
  return `${milliseconds.toLocaleString('en', { maximumFractionDigits: 1 })} ms`;
}

/** @param {number | null} status */
function statusText(status) {
  return status === null ? 'no answer' : String(status);
}

/** @param {{ status: number | null }} answered */
function hasFailed({ status }) {
  return status === null || status >= 400;
}

/** How many parts failed of a batch that was answered. @param {object} call */
function failedParts(call) {
  return 'parts' in call && Array.isArray(call.parts) ? call.parts.filter(hasFailed).length : 0;
}

/**
 * Whether all that failed of a call was asked another way: Graph refuses options that no page documents with 400, and so it
 * does some that are, and the answer has what was asked for all the same.
 *
 * @param {ReportedCall} call
 * @param {ReadonlySet<number | undefined>} mentioned statuses of Graph that the answer has errors of
 */
function wasAskedOtherwise(call, mentioned) {
  const failed = hasFailed(call) ? [call] : (call.parts ?? []).filter(hasFailed);
  return failed.length > 0 && failed.every(({ status }) => status === 400) && !mentioned.has(400);
}

/** @param {ReportedCall} call @param {ReadonlySet<number | undefined>} mentioned @returns {Kind} */
function kindOf(call, mentioned) {
  if (call.retries > 0) return 'retry';
  if (wasAskedOtherwise(call, mentioned)) return 'otherwise';
  if (hasFailed(call)) return 'failed';
  return failedParts(call) > 0 ? 'partly' : 'answered';
}

/**
 * Bars in the order of their waves, then as they began.
 *
 * @param {Cost} cost
 * @param {ReadonlySet<number | undefined>} mentioned statuses of Graph that the answer has errors of
 * @returns {Bar[]}
 */
function barsOf({ calls, sharedReads = [] }, mentioned) {
  const sent = calls.map((call) => ({ ...call, kind: kindOf(call, mentioned) }));
  const shared = sharedReads.map((read) => ({ ...read, kind: /** @type {const} */ ('shared') }));
  return [...sent, ...shared].sort((one, other) => one.wave - other.wave || one.startMs - other.startMs);
}

/** When the last call had ended, in milliseconds. @param {readonly Bar[]} bars */
function endOf(bars) {
  return Math.max(0, ...bars.map(({ startMs, durationMs }) => startMs + durationMs));
}

/** @param {Bar} bar */
function nameOf(bar) {
  const { method, path } = bar;
  return 'parts' in bar ? `${method} ${path} × ${bar.operations}` : `${method} ${path}`;
}

/** With ids shortened. @param {Bar} bar */
function shortNameOf(bar) {
  return nameOf(bar).replace(/[^/ ]{24,}/g, (id) => `${id.slice(0, 8)}…`);
}

/** @param {Bar} bar */
function statusOf(bar) {
  const failed = hasFailed(bar) ? 0 : failedParts(bar);
  if (failed === 0) return statusText(bar.status);
  return `${statusText(bar.status)}, ${count(failed, 'part')} ${bar.kind === 'otherwise' ? 'refused' : 'failed'}`;
}

/** A round number of milliseconds between two marks, so that there are five at the most. @param {number} end */
function stepFor(end) {
  const power = 10 ** Math.floor(Math.log10(end / 5));
  return power * ([1, 2, 5, 10].find((factor) => power * factor * 5 >= end) ?? 10);
}

/** @param {number} end */
function drawAxis(end) {
  const axis = element('div', { class: 'axis' }, element('span'));
  const track = element('div', { class: 'track' });
  const step = stepFor(end);
  for (let at = 0; at <= end; at += step) {
    const mark = element('span', { class: 'mark' }, inMilliseconds(at));
    mark.style.left = `${(at / end) * 100}%`;
    track.append(mark);
  }
  axis.append(track);
  return axis;
}

/** @param {Bar} bar @param {number} end */
function drawBar(bar, end) {
  const { startMs, durationMs, kind } = bar;
  const drawn = element('span', { class: `bar ${kind}` });
  drawn.style.left = `${(startMs / end) * 100}%`;
  drawn.style.width = `${(durationMs / end) * 100}%`;
  const cost = 'units' in bar ? count(bar.units, 'unit') : '';
  const remark = kind === 'retry' || kind === 'shared' ? kind : '';
  const facts = [
    inMilliseconds(durationMs),
    cost,
    statusOf(bar),
    kind === 'otherwise' ? askedOtherwise : remark,
  ].filter((fact) => fact !== '');
  const fact = element('span', { class: 'fact' }, facts.join(' · '));
  fact.style.left = `${((startMs + durationMs) / end) * 100}%`;
  const name = element('span', { class: 'name', title: nameOf(bar) }, shortNameOf(bar));
  return element('div', { class: 'row' }, name, element('div', { class: 'track' }, drawn, fact));
}

/** @param {readonly Bar[]} bars */
function drawWaterfall(bars) {
  // Everything is drawn as a share of it, so it is never nought.
  const end = Math.max(1, endOf(bars));
  const waves = [...new Set(bars.map(({ wave }) => wave))].map((wave) =>
    element(
      'div',
      { class: 'wave' },
      element('div', { class: 'wave-name' }, `wave ${wave}`),
      ...bars.filter((bar) => bar.wave === wave).map((bar) => drawBar(bar, end)),
    ),
  );
  const label = 'The calls over time, one row each, in bands by wave; the table below says the same.';
  return element(
    'div',
    { class: 'waterfall', role: 'img', tabindex: '0', 'aria-label': label },
    drawAxis(end),
    ...waves,
  );
}

/** @type {[Kind, string][]} */
const kinds = [
  ['answered', 'answered'],
  ['otherwise', 'refused, which changes nothing in the answer: it was asked another way'],
  ['partly', 'failed in part'],
  ['failed', 'failed'],
  ['retry', 'sent again'],
  ['shared', 'answered by an equal read that was under way already'],
];

/** What the colours mean that are in use. @param {readonly Bar[]} bars */
function drawLegend(bars) {
  const used = kinds.filter(([kind]) => bars.some((bar) => bar.kind === kind));
  const items = used.map(([kind, meaning]) => element('li', {}, element('span', { class: `swatch ${kind}` }), meaning));
  return element('ul', { class: 'legend' }, ...items);
}

/** @param {ReportedPart} part */
function partText({ method, path, status, units, retryOf }) {
  const again = retryOf === undefined ? '' : `, sent again after ${retryOf}`;
  return `${method} ${path}: ${statusText(status)}, ${count(units, 'unit')}${again}`;
}

/** @param {Bar} bar */
function callCell(bar) {
  if (!('parts' in bar) || bar.parts === undefined) return element('td', { class: 'call' }, nameOf(bar));
  const parts = bar.parts.map((part) => element('li', {}, partText(part)));
  const details = element('details', {}, element('summary', {}, nameOf(bar)), element('ol', {}, ...parts));
  return element('td', { class: 'call' }, details);
}

/** What is special about a call. @param {Bar} bar */
function remarkOf(bar) {
  if (bar.kind === 'shared') return 'shared';
  if (bar.kind === 'otherwise') return askedOtherwise;
  if (!('retries' in bar) || bar.retries === 0) return '';
  return bar.retryOf === undefined ? `${count(bar.retries, 'part')} sent again` : `sent again after ${bar.retryOf}`;
}

/** @param {Bar} bar */
function tableRow(bar) {
  const [operations, units] = 'operations' in bar ? [bar.operations, bar.units] : [0, 0];
  const numbers = [operations, units, bar.startMs.toFixed(1), bar.durationMs.toFixed(1)];
  return element(
    'tr',
    {},
    element('td', {}, String(bar.wave)),
    callCell(bar),
    ...numbers.map((value) => element('td', { class: 'number' }, String(value))),
    element('td', {}, statusOf(bar)),
    element('td', {}, remarkOf(bar)),
  );
}

/** Columns of the table, and whether they hold numbers. @type {[string, boolean][]} */
const columns = [
  ['Wave', false],
  ['Call', false],
  ['Operations', true],
  ['Units', true],
  ['Start (ms)', true],
  ['Duration (ms)', true],
  ['Status', false],
  ['Remark', false],
];

/** @param {readonly Bar[]} bars */
function drawTable(bars) {
  const names = columns.map(([name, isNumber]) =>
    element('th', { scope: 'col', class: isNumber ? 'number' : '' }, name),
  );
  const head = element('tr', {}, ...names);
  const table = element(
    'table',
    {},
    element('caption', {}, 'The same as a table'),
    element('thead', {}, head),
    element('tbody', {}, ...bars.map(tableRow)),
  );
  return element('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of calls' }, table);
}

/** The calls over time, what the colours mean, and the same as a table. @param {readonly Bar[]} bars */
function drawCalls(bars) {
  return [drawWaterfall(bars), drawLegend(bars), drawTable(bars)];
}
