import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { openObserved } from '../telemetry/support/openObserved.js';

function readDeployed(name: string): string {
  return readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8');
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly runbook: string };
}

const { groups } = parse(readDeployed('prometheus/alerts.yaml')) as { groups: readonly { rules: readonly Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(readDeployed('grafana/dashboard.json')) as {
  panels: readonly { readonly id: number; readonly title: string; readonly targets?: readonly { expr: string }[] }[];
};
const unlabelled = 'token_requests_total{outcome="issued"} 0\nshared_store_requests_total{outcome="answered"} 0\n';
const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const)),
];

/** Metrics and the labels by which they are selected, in an expression of PromQL. `up` is Prometheus' own. */
function selectorsIn(expr: string): readonly { readonly metric: string; readonly labels: readonly string[] }[] {
  const words = /\b([a-z]\w*)\b(?!\s*\()(?:\{([^}]*)\})?/g;
  const aggregated = expr.replace(/\b(?:by|without)\s*\([^)]*\)/g, '').replace(/\[[^\]]*\]/g, '');
  return [...aggregated.matchAll(words)]
    .filter(([, metric = '']) => metric.includes('_'))
    .map(([, metric = '', matchers = '']) => ({
      metric,
      labels: [...matchers.matchAll(/(\w+)\s*[=!]/g)].map(([, label = '']) => label),
    }));
}

const operating = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');

/** The metrics of the gateway itself in a scrape, without those of the process. */
const promised = /^# TYPE ((?:graph|graphql|gateway|http|plan|plans|token|shared|circuit)_\w+)/gm;

/** Labels that the scrape itself adds. */
const added: ReadonlySet<string> = new Set(['job', 'instance']);

describe('the dashboard and the alert rules', () => {
  let page = '';
  beforeAll(async () => {
    const observed = await openObserved({ MAX_COST: '50' });
    observed.emulator.script({ path: /usageRights/, kind: 'answer', status: 429, headers: { 'Retry-After': '1' } });
    await observed.ask('query Rights { users(first: 4) { nodes { usageRights { nodes { id } } } } }');
    await observed.ask('{ users(first: 999) { nodes { usageRights { nodes { id } } } } }');
    page = await (await fetch(observed.gateway.metricsUrl ?? '')).text();
    // What stands there without ever having been counted has no labels yet; these want an identity provider, and a Redis.
    page += unlabelled;
  });

  it.each(expressions)('%s: every metric and label is in a real scrape', (_name, expr) => {
    const selectors = selectorsIn(expr);
    expect(selectors.length).toBeGreaterThan(_name === 'GatewayDown' ? -1 : 0);
    for (const { metric, labels } of selectors) {
      const lines = page.split('\n').filter((line) => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `));
      expect([metric, lines.length > 0]).toEqual([metric, true]);
      for (const label of labels.filter((each) => !added.has(each))) {
        expect([metric, label, lines.some((line) => line.includes(`${label}="`))]).toEqual([metric, label, true]);
      }
    }
  });

  it('name every promised metric at least once', () => {
    const used = expressions.flatMap(([, expr]) => selectorsIn(expr).map(({ metric }) => metric));
    const names = [...page.matchAll(promised)];
    const unused = names.map(([, name = '']) => name).filter((name) => !used.some((each) => each.startsWith(name)));
    expect(unused).toEqual([]);
  });

  it('count what the table of docs/operating.md explains: each metric with its labels, and no others', () => {
    const firstColumn = [...operating.matchAll(/^\| (`[^|]*) \|/gm)].map(([, cell]) => cell).join();
    const explained = new Map(
      [...firstColumn.matchAll(/`([a-z_]+)(?:{(.*?)})?`/g)].map(([, name = '', labels = '']) => [name, labels]),
    );
    const told = [...page.matchAll(promised)].map(([, name = '']) => name);
    expect([...explained.keys()].sort()).toEqual([...new Set(told)].sort());
    for (const name of told) {
      const [, sample] = new RegExp(`^${name}(?:_bucket)?{(.*)} `, 'm').exec(page) ?? [];
      // One that was never counted shows no labels.
      if (sample === undefined) continue;
      const labels = [...sample.matchAll(/(\w+)="/g)].map(([, label]) => label).filter((label) => label !== 'le');
      expect([name, explained.get(name)?.split(',').sort().join()]).toEqual([name, labels.sort().join()]);
    }
  });

  it('lead to a paragraph of docs/operating.md each', () => {
    for (const { alert, annotations } of rules) {
      expect(annotations.runbook).toBe(`docs/operating.md#${alert.toLowerCase()}`);
      expect(operating).toContain(`### ${alert}\n`);
    }
  });

  it('look for the job under which prometheus.yaml scrapes the pods of deploy/kubernetes', () => {
    const { scrape_configs: jobs } = parse(readDeployed('prometheus/prometheus.yaml')) as {
      scrape_configs: readonly {
        job_name: string;
        kubernetes_sd_configs: readonly { namespaces: { names: readonly string[] } }[];
        relabel_configs: readonly { regex?: string }[];
      }[];
    };
    const named = expressions.flatMap(([, expr]) => [...expr.matchAll(/job="([^"]*)"/g)].map(([, job]) => job));
    expect(new Set(named)).toEqual(new Set(jobs.map(({ job_name: name }) => name)));
    const { namespace } = parse(readDeployed('kubernetes/kustomization.yaml')) as { namespace: string };
    expect(jobs[0]?.kubernetes_sd_configs[0]?.namespaces.names).toEqual([namespace]);
    const pods = readDeployed('kubernetes/deployment.yaml');
    const [label = '', port = ''] = jobs[0]?.relabel_configs[0]?.regex?.split(';') ?? [];
    expect(pods).toContain(`labels: { app.kubernetes.io/name: ${label} }`);
    expect(pods).toContain(`- { name: ${port}, containerPort: `);
  });

  it('are panels that do not share an id', () => {
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  describePromtool(() => {
    it.each([
      ['check', 'rules', 'deploy/prometheus/alerts.yaml'],
      ['test', 'rules', 'deploy/prometheus/alerts.test.yaml'],
    ])('promtool %s %s %s is content', (...args) => {
      const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
      expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('SUCCESS')]);
    });

    it('promtool check metrics is content with a scrape', () => {
      const scraped = page.replace(unlabelled, '');
      const { status, stderr } = spawnSync('promtool', ['check', 'metrics'], { encoding: 'utf8', input: scraped });
      const own = stderr.split('\n').filter((line) => line !== '' && !/^(?:nodejs|process)_/.test(line));
      expect([own, status === 0 || own.length === 0]).toEqual([[], true]);
    });
  });
});

/** `describe`, or one clear line where promtool is absent; never skipped in CI. */
function describePromtool(tests: () => void): void {
  const isThere = spawnSync('promtool', ['--version']).status === 0;
  if (isThere || process.env.CI === 'true') return describe('to promtool:', tests);
  console.warn('skipped, promtool is absent (bash scripts/install-promtool.sh)');
}
