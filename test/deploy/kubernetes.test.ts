import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import type { Deployment } from 'kubernetes-types/apps/v1.js';
import type { HorizontalPodAutoscaler } from 'kubernetes-types/autoscaling/v2.js';
import type { Namespace, Service } from 'kubernetes-types/core/v1.js';
import type { NetworkPolicy } from 'kubernetes-types/networking/v1.js';
import type { PodDisruptionBudget } from 'kubernetes-types/policy/v1.js';
import ts from 'typescript';
import { parse } from 'yaml';
import { readConfig } from '../../src/config/readConfig.js';
import { variables } from '../../src/config/variables.js';

const folder = fileURLToPath(new URL('../../deploy/kubernetes/', import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

interface Kustomization {
  readonly namespace: string;
  readonly resources: readonly string[];
  readonly configMapGenerator: readonly { readonly name: string; readonly literals: readonly string[] }[];
  readonly images: readonly { readonly name: string; readonly newTag: string }[];
}

function readManifest<T>(name: string): T {
  return parse(readFileSync(`${folder}${name}.yaml`, 'utf8')) as T;
}

const kustomization = readManifest<Kustomization>('kustomization');
const deployment = readManifest<Deployment>('deployment');
const [container] = deployment.spec?.template.spec?.containers ?? [];
const settings = Object.fromEntries(
  kustomization.configMapGenerator[0]?.literals.map((literal) => literal.split('=', 2) as [string, string]) ?? [],
);

/** Where the type of a kind is in the definitions made from Kubernetes' OpenAPI. */
function typeOf({ apiVersion, kind }: { apiVersion: string; kind: string }): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  const name = String(group).replace(/\.k8s\.io$/, '');
  return `import('kubernetes-types/${name}/${version}.js').${kind}`;
}

/** What TypeScript says of manifests as literals: names that Kubernetes does not know are errors, as they are to kubectl. */
function check(manifests: readonly { apiVersion: string; kind: string }[]): readonly string[] {
  const file = `${root}test/deploy/manifests.ts`;
  const source = manifests
    .map((manifest, index) => `export const manifest${index}: ${typeOf(manifest)} = ${JSON.stringify(manifest)};`)
    .join('\n');
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.fileExists = (name) => name === file || ts.sys.fileExists(name);
  host.readFile = (name) => (name === file ? source : ts.sys.readFile(name));
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, source, version) : read(name, version);
  const program = ts.createProgram([file], options, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** How long after DRAIN_TIMEOUT_MS changes may still be under way, as docs/writes.md says; and what is to spare. */
const secondsOfChanges = 45;
const secondsToSpare = 5;

/** How long a process with these settings may take to stop. */
function secondsToStop(given: Record<string, string>): number {
  const { drainDelay, drainTimeout } = readConfig({ ...given, AZURE_CLIENT_SECRET: 'some-secret' }).server;
  return (drainDelay + drainTimeout) / 1000 + secondsOfChanges + secondsToSpare;
}

describe('the time that a stop may take', () => {
  it('is what compose.yaml gives the gateway', () => {
    const { services } = parse(readFileSync(`${root}compose.yaml`, 'utf8')) as {
      services: { gateway: { environment: Record<string, string>; stop_grace_period: string } };
    };
    const { environment, stop_grace_period: period } = services.gateway;
    expect(period).toBe(`${secondsToStop(environment)}s`);
  });

  it('is what the pages say', () => {
    const [operating, writes] = ['operating', 'writes'].map((page) =>
      readFileSync(`${root}docs/${page}.md`, 'utf8').replace(/\s+/g, ' '),
    );
    expect(writes).toContain(`up to about ${secondsOfChanges} seconds after \`DRAIN_TIMEOUT_MS\``);
    expect(operating).toContain(
      `${secondsToStop(settings)} in \`deploy/kubernetes\`, ${secondsToStop({})} with the default values`,
    );
  });
});

describe('the manifests for Kubernetes', () => {
  const manifests = kustomization.resources.map((name) =>
    readManifest<{ apiVersion: string; kind: string }>(name.replace('.yaml', '')),
  );

  it('are all part of the kustomization', () => {
    const files = readdirSync(folder).filter((name) => name !== 'kustomization.yaml');
    expect([...kustomization.resources].sort()).toEqual(files.sort());
  });

  it('are what Kubernetes’ own definitions allow', () => {
    expect(check(manifests)).toEqual([]);
  });

  it('would be found out by that otherwise', () => {
    const misspelled = { ...deployment, spec: { ...deployment.spec, replica: 2 } };
    const wrong = { ...deployment, spec: { ...deployment.spec, replicas: '2' } };
    const missing = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec: { maxUnavailible: 1 } };
    const faults = check([misspelled, wrong, missing] as never);
    expect(faults).toHaveLength(3);
    expect(faults.join('\n')).toMatch(
      /"replica"' does not exist[^]*not assignable to type 'number'[^]*"maxUnavailible"' does not exist/,
    );
  });

  it('find each other: selectors, ports and names', () => {
    const labels = deployment.spec?.template.metadata?.labels;
    const ports = container?.ports?.map(({ name }) => name);
    const service = readManifest<Service>('service');
    const autoscaler = readManifest<HorizontalPodAutoscaler>('horizontalPodAutoscaler');
    const policy = readManifest<NetworkPolicy>('networkPolicy');
    const budget = readManifest<PodDisruptionBudget>('podDisruptionBudget');
    for (const selector of [
      deployment.spec?.selector.matchLabels,
      service.spec?.selector,
      budget.spec?.selector?.matchLabels,
      policy.spec?.podSelector.matchLabels,
    ]) {
      expect(selector).toEqual(labels);
    }
    expect(autoscaler.spec?.scaleTargetRef).toEqual({
      apiVersion: deployment.apiVersion,
      kind: deployment.kind,
      name: deployment.metadata?.name,
    });
    const named = [
      service.spec?.ports?.[0]?.targetPort,
      policy.spec?.ingress?.map(({ ports: [port] = [] }) => port?.port),
    ];
    for (const name of named.flat()) expect(ports).toContain(name);
    expect(container?.envFrom?.[0]?.configMapRef?.name).toBe(kustomization.configMapGenerator[0]?.name);
    expect(kustomization.images[0]?.name).toBe(container?.image);
  });

  it('set variables that the gateway reads, to values that it takes', () => {
    const secrets = Object.fromEntries((container?.env ?? []).map(({ name }) => [name, 'from-the-secret']));
    const given = { NODE_ENV: 'production', ...settings, ...secrets };
    expect(Object.keys(given).filter((name) => !Object.hasOwn(variables, name))).toEqual([]);
    expect(readConfig(given)).toMatchObject({ production: true, telemetry: { metricsPort: 9464 } });
  });

  it('hold no secret, only where it is', () => {
    const secret = Object.entries(variables).flatMap(([name, variable]) => ('secret' in variable ? [name] : []));
    expect(Object.keys(settings).filter((name) => secret.includes(name))).toEqual(['CACHE_URL']);
    expect(settings.CACHE_URL).not.toContain('@');
    for (const { value, valueFrom } of container?.env ?? []) {
      expect([value, valueFrom?.secretKeyRef?.name]).toEqual([undefined, 'cloud-licensing-gateway']);
    }
  });

  it('leave the process the time that it takes to stop', () => {
    expect(deployment.spec?.template.spec?.terminationGracePeriodSeconds).toBe(secondsToStop(settings));
  });

  it('are put into a namespace that is made with them, and that the commands name', () => {
    const namespace = readManifest<Namespace>('namespace');
    const secret = container?.env?.[0]?.valueFrom?.secretKeyRef;
    expect(namespace.metadata?.name).toBe(kustomization.namespace);
    for (const page of ['deploy/kubernetes/kustomization.yaml', 'docs/operating.md']) {
      const text = readFileSync(`${root}${page}`, 'utf8');
      expect(text).toMatch(
        new RegExp(
          `kubectl apply -f deploy/kubernetes/namespace.yaml[^]*kubectl -n ${kustomization.namespace} create secret ` +
            `generic ${secret?.name} --from-literal=${secret?.key}=[^]*kubectl apply -k`,
        ),
      );
    }
  });

  it('give the process no variables but those that stand here', () => {
    expect(deployment.spec?.template.spec?.enableServiceLinks).toBe(false);
    expect(() => readConfig({ GATEWAY_PORT: 'tcp://10.0.0.1:80' })).toThrow('GATEWAY_PORT');
  });

  it('allow what the examples of the network policy allow, once these are no comments any more', () => {
    const text = readFileSync(`${folder}networkPolicy.yaml`, 'utf8');
    const policy = parse(text.replaceAll(/^( +)# (?=[- ] )/gm, '$1')) as Required<NetworkPolicy>;
    expect(check([policy])).toEqual([]);
    const ports = policy.spec?.egress?.map(({ ports: [rule] = [] }) => rule?.port);
    expect(ports).toEqual([53, 443, 6379, 6380, 4318]);
  });

  it('deploy the version of package.json', () => {
    const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { version: string };
    expect(kustomization.images[0]?.newTag).toBe(version);
  });

  it('run without rights', () => {
    expect(deployment.spec?.template.spec?.securityContext?.runAsNonRoot).toBe(true);
    expect(container?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });
});
