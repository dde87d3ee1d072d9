import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import type { Capability, Run } from '../record/run.js';
import { conform, temporaryFolder } from '../testing/conform.js';
import { specOf } from '../testing/contract.js';
import { recorded, recordedFile } from '../testing/recorded.js';
import { begunAt, night, refused, withOperation, writeRuns } from '../testing/vary.js';
import type { Bench } from '../impact/bench.js';
import { findConsumer, readConsumers } from '../impact/consumer.js';
import type { FeatureVerdict } from './feature.js';
import { exitCodeOf, judgeGate, type GateVerdict } from './gate.js';
import type { Override } from './override.js';

const DOCUMENTS = 'POST /v1/documentReferences/';
const NOTE = 'POST /v1/encounter/{encounter_id}/tasklog/';
const SEARCH = 'POST /v1/appointment/_search/';
const LIST = 'GET /v1/appointment/';
const UNROUTED = { status: 403, outcome: 'unrouted', layer: 'gateway', cause: 'route-missing' } as const;
const CRASH = { status: 500, outcome: 'broken', layer: 'application', cause: 'crashed' } as const;
const BAD_TOKEN = { status: 401, outcome: 'denied', layer: 'token', cause: 'token-invalid' } as const;
const NOW = '2026-02-02T15:00:00Z'; // six hours after the night of 2 February

/** All operations work, as the mock has it, at night 1. */
const good = begunAt({ ...(await recorded('mock')), target: 'sandbox' }, night(1));
const gigi = findConsumer(await readConsumers(join(PACKAGE_ROOT, 'spec')), 'gigi');

/** The run as production gives it: every write asked with a bad token, and refused for it. */
function asRoute(run: Run): Run {
  const operations = run.operations.map((one): Capability =>
    one.safe ? one : { ...refused(one, BAD_TOKEN), manner: 'invalid-token' },
  );
  return { ...begunAt({ ...run, target: 'production' }, new Date(run.startedAt)), operations };
}

function gateOf(
  runs: readonly Run[],
  { bench, consumer = gigi }: { bench?: Bench; consumer?: typeof gigi } = {},
): GateVerdict & { code: number } {
  const verdict = judgeGate(consumer, runs, bench, new Date(NOW));
  return { ...verdict, code: exitCodeOf(verdict) };
}

/** A spec folder that is soon read: the consumers of ours, and a contract that has their operations and little else. */
async function smallSpec(folder: string): Promise<string> {
  const spec = await specOf(
    folder,
    good.operations.map(({ id }) => id),
  );
  await cp(join(PACKAGE_ROOT, 'spec', 'consumers'), join(spec, 'consumers'), { recursive: true });
  return spec;
}

/** What the command says of run files, and of the bench where there is one, in JSON. */
async function commandOf(
  runs: readonly Run[],
  bench?: Bench,
): Promise<GateVerdict & { code: number | null }> {
  await using folder = await temporaryFolder();
  const files = await writeRuns(folder.path, runs);
  const latest = join(folder.path, 'latest');
  await mkdir(latest, { recursive: true });
  if (bench) await writeFile(join(latest, 'bench.json'), JSON.stringify(bench));
  const { code, out } = await conform([
    ...['gate', '--consumer', 'gigi', '--json', '--at', NOW, '--out', folder.path],
    ...['--spec-dir', await smallSpec(folder.path)],
    ...files.flatMap((file) => ['--run', file]),
  ]);
  return { ...(JSON.parse(out) as GateVerdict), code };
}

const BENCH: Bench = {
  format: 'conform-bench/1',
  finishedAt: '2026-02-01T12:00:00Z',
  target: { percentile: 'p99', ms: 5 },
  verdict: 'holds',
  judged: { variants: ['proposed'], connection: 'kept' },
  truth: 'made',
  answers: { asked: 400, somebody: 200, found: 200, wrong: 0, timedOut: 0, failed: 0 },
};

function feature(verdict: GateVerdict, name: string): FeatureVerdict {
  const found = verdict.features.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no feature ${name}`);
  return found;
}

function shut({ features }: GateVerdict): string[] {
  return features.filter(({ open }) => !open).map(({ name }) => name);
}

describe('what opens the gate', () => {
  test('everything works and the bench holds: every feature is open, and the figure is full', () => {
    const verdict = gateOf([good], { bench: BENCH });
    expect(shut(verdict)).toEqual([]);
    expect(verdict.readiness).toMatchObject({ met: 10, of: 10, percent: 100, band: 'ready' });
    expect([verdict.code, verdict.open, verdict.consumer]).toEqual([0, true, 'gigi']);
  });

  test('a route is proof enough for a write, but for one with an open defect', () => {
    const verdict = gateOf([asRoute(good)], { bench: BENCH });
    expect([verdict.code, shut(verdict)]).toEqual([0, ['File documents']]);
    const why = feature(verdict, 'File documents').why;
    expect(why).toContain('proven as far as “route”, and “full” is needed');
    expect(why).toContain('ticket “API 500 Error on POST /v1/documentReferences/”');
    const note = feature(verdict, 'Note on a client').proof.find(({ operation }) => operation === NOTE);
    expect(note).toMatchObject({ ok: true, kind: 'route', target: 'production', ageHours: 6 });
  });

  test('a full proof on the sandbox is beside the route on production, with its age', () => {
    const sandbox = begunAt(good, night(-5));
    const verdict = gateOf([asRoute(good), sandbox], { bench: BENCH });
    expect(shut(verdict)).toEqual([]);
    const note = feature(verdict, 'Note on a client').proof.find(({ operation }) => operation === NOTE);
    expect(note).toMatchObject({ kind: 'full', target: 'sandbox', ageHours: 150 });
    const old = gateOf([asRoute(good), begunAt(good, night(-60))], { bench: BENCH });
    expect(shut(old)).toEqual(['File documents']);
    expect(feature(old, 'File documents').why).toContain('61 days old; 31d is the limit');
  });
});

describe('what shuts a feature, and the gate', () => {
  test('a workaround keeps a feature open while it works itself', () => {
    const around = gateOf([withOperation(good, SEARCH, (one) => refused(one, UNROUTED))], {
      bench: BENCH,
    });
    expect([around.code, shut(around)]).toEqual([0, []]);
    expect(feature(around, 'Clock in').why).toContain('workaround: the same search by query');
    const both = withOperation(
      withOperation(good, SEARCH, (one) => refused(one, UNROUTED)),
      LIST,
      (one) => refused(one, UNROUTED),
    );
    const verdict = gateOf([both], { bench: BENCH });
    expect(verdict.code).toBe(1);
    expect(shut(verdict)).toContain('Clock in');
    expect(verdict.readiness).toMatchObject({ met: 6, of: 10, band: 'not ready' });
  });

  test('a critical feature that is shut shuts the gate, one that is not does not', () => {
    const critical = gateOf([withOperation(good, NOTE, (one) => refused(one, CRASH))], {
      bench: BENCH,
    });
    expect([critical.code, critical.open]).toEqual([1, false]);
    expect(critical.why).toContain('“Note on a client”');
    const documents = gateOf([withOperation(good, DOCUMENTS, (one) => refused(one, CRASH))], {
      bench: BENCH,
    });
    expect([documents.code, shut(documents)]).toEqual([0, ['File documents']]);
    expect(feature(documents, 'Upload an assessment').why).toContain(
      `${DOCUMENTS}: degraded: it is broken (crashed)`,
    );
  });

  test('stale evidence shuts as loudly as failure, unless the policy says otherwise', async () => {
    const old = begunAt(good, night(-1));
    const verdict = gateOf([old], { bench: BENCH });
    expect(verdict.code).toBe(1);
    expect(feature(verdict, 'Know who calls').why).toContain('54 h old; 36h is the limit');
    await using folder = await temporaryFolder();
    const spec = await smallSpec(folder.path);
    const file = join(spec, 'consumers', 'gigi.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('stale: blocks', 'stale: warns'));
    const lenient = gateOf([old], {
      bench: BENCH,
      consumer: findConsumer(await readConsumers(spec), 'gigi'),
    });
    expect([lenient.code, shut(lenient)]).toEqual([0, []]);
    expect(feature(lenient, 'Know who calls').why).toContain('54 h old');
  });

  test('what was skipped shuts as loudly as failure', () => {
    const verdict = gateOf(
      [
        withOperation(good, NOTE, (one) => ({
          ...one,
          outcome: 'skipped',
          explanation: 'Nobody gives an id.',
        })),
      ],
      { bench: BENCH },
    );
    expect(verdict.code).toBe(1);
    expect(feature(verdict, 'Note on a shift').why).toContain('it was not asked: Nobody gives an id.');
  });

  test('that a route is there does not end a crash behind it; a later success does', () => {
    const crashed = { ...withOperation(good, NOTE, (one) => refused(one, CRASH)), target: 'production' };
    const later = begunAt(asRoute(good), new Date('2026-02-02T12:00:00Z'));
    expect(shut(gateOf([crashed, later], { bench: BENCH }))).toContain('Note on a client');
    const works = begunAt({ ...good, target: 'production' }, new Date('2026-02-02T12:00:00Z'));
    expect(shut(gateOf([crashed, works], { bench: BENCH }))).toEqual([]);
  });

  test('the bench: missing, missed, of another target, too old', () => {
    const greet = (bench?: Bench) =>
      feature(gateOf([good], bench ? { bench } : {}), 'Greet a caller by name within 5 ms');
    expect(greet()).toMatchObject({ open: false, why: 'there is no bench that shows p99 within 5 ms' });
    expect(greet({ ...BENCH, verdict: 'breaks' })).toMatchObject({ open: false });
    expect(greet({ ...BENCH, verdict: 'uncertain' }).why).toContain('was inconclusive');
    const lax = greet({ ...BENCH, target: { percentile: 'p50', ms: 5 } });
    expect([lax.open, lax.why]).toEqual([
      false,
      'the bench was held to p50 within 5 ms, needed is p99 within 5 ms',
    ]);
    expect(greet({ ...BENCH, finishedAt: '2025-12-01T00:00:00Z' }).why).toContain('64 days old');
    expect(greet({ ...BENCH, target: { percentile: 'p999', ms: 4 } })).toMatchObject({ open: true });
  });
});

test('on the newest world: call-out, notes and clock-in are open, document filing is shut', async () => {
  await using folder = await temporaryFolder();
  const { code, out } = await conform([
    ...['gate', '--consumer', 'gigi', '--run', recordedFile('2026-02-26')],
    ...['--at', '2026-02-26T10:00:00Z', '--out', folder.path],
  ]);
  const lines = out.split('\n');
  expect(lines[0]).toMatch(
    /^Gigi: gate OPEN: \d+ of 22 features work, .*\d+ not proven, .*shut: .*“File documents”$/,
  );
  expect(code).toBe(0);
  for (const name of ['Take a call-out by voice', 'Note on a client', 'Clock in'])
    expect(lines.filter((line) => /^ {2}open /.test(line) && line.includes(name))).toHaveLength(1);
  expect(lines).toContain('  shut  fails       File documents');
  expect(out.replaceAll(/\s+/g, ' ')).toContain('broken (crashed, side: vendor-application); open defect');
});

describe('what the policy lets pass and nothing proves', () => {
  const verdict = gateOf([asRoute(good)], { bench: BENCH });

  test('is open, said in the first line, and never counted as working or met', () => {
    expect(verdict.open).toBe(true);
    expect(verdict.why).toContain(`by the policy “writes: route” and not by proof`);
    expect(feature(verdict, 'Note on a client')).toMatchObject({
      ...{ open: true, state: 'not proven', reliesOn: ['writes: route'] },
    });
    expect(verdict.counts).toMatchObject({ works: 5, 'not proven': 16, fails: 1 });
    expect(verdict.readiness).toMatchObject({ met: 9, of: 10, notProven: 1, percent: 90 });
  });

  test('is said of each feature by the command, and that nothing was asked once, with the command that asks', async () => {
    await using folder = await temporaryFolder();
    const spec = await smallSpec(folder.path);
    const { out } = await conform([
      ...['gate', '--consumer', 'gigi', '--spec-dir', spec, '--at', NOW, '--out', folder.path],
    ]);
    expect(out).toContain('To ask: conform check --target production');
    expect(out.match(/no run has asked it/g)).toBeNull();
  });
});

test('a consumer that says nothing of readiness has its features counted', () => {
  const silent = { ...gigi };
  delete silent.readiness;
  const verdict = gateOf([good], { bench: BENCH, consumer: silent });
  expect(verdict.readiness).toMatchObject({ met: 22, of: 22, band: 'ready' });
  expect(gateOf([asRoute(good)], { bench: BENCH, consumer: silent }).readiness.met).toBeLessThan(6);
});

test.each([
  ['open', 0, [good], BENCH],
  ['not judged', 3, [], undefined],
])('the command reads run files and bench, and says the same: %s', async (_, code, runs, bench) => {
  const judged = gateOf(runs, bench ? { bench } : {});
  expect(judged.code).toBe(code);
  expect(await commandOf(runs, bench)).toEqual(judged);
});

describe('an override', () => {
  test('lets a deploy pass, and stays on record with the verdict', async () => {
    await using folder = await temporaryFolder();
    const [file = ''] = await writeRuns(folder.path, [
      withOperation(good, NOTE, (one) => refused(one, CRASH)),
    ]);
    const args = [
      ...['gate', '--consumer', 'gigi', '--spec-dir', await smallSpec(folder.path)],
      ...['--run', file, '--at', NOW, '--out', folder.path, '--json'],
    ];
    const reason = 'Notes are kept locally until Monday.';
    const { code, out } = await conform([...args, '--override', reason]);
    expect(code).toBe(0);
    const result = JSON.parse(out) as GateVerdict & { override?: Override };
    expect([result.open, result.override?.reason]).toEqual([false, reason]);
    const [name = ''] = await readdir(join(folder.path, 'gate'));
    const entry = JSON.parse(await readFile(join(folder.path, 'gate', name), 'utf8')) as {
      override: Override;
      verdict: GateVerdict;
    };
    expect(entry.override).toEqual(result.override);
    expect(entry.verdict.why).toContain('“Note on a client”');
    // The next deploy is judged again.
    expect((await conform(args)).code).toBe(1);
  });

  test('needs a reason', async () => {
    const { code, err } = await conform(['gate', '--consumer', 'gigi', '--override', 'ok']);
    expect([code, err]).toEqual([2, expect.stringContaining('no usable reason')]);
  });
});

describe('no verdict, and wrong usage', () => {
  test('without a run, or after a night without network, nothing is judged', () => {
    const none = gateOf([]);
    expect([none.code, none.open, none.why]).toEqual([3, false, 'no run has judged anything that it needs']);
    const silent: Run = {
      ...good,
      operations: good.operations.map((one) => ({
        ...one,
        outcome: 'unreachable',
        layer: 'network',
        cause: 'dns-failure',
      })),
    };
    expect(gateOf([silent]).code).toBe(3);
  });

  test('a consumer that is not there, an operation that is not in the contract, a feature that needs nothing', async () => {
    const unknown = await conform(['gate', '--consumer', 'nobody']);
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('Consumers are: gigi')]);
    await using folder = await temporaryFolder();
    const spec = await smallSpec(folder.path);
    const file = join(spec, 'consumers', 'gigi.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('GET /v1/appointment/{id}/', 'GET /v1/shifts/{id}/'));
    const unknownOperation = await conform(['gate', '--consumer', 'gigi', '--spec-dir', spec]);
    expect([unknownOperation.code, unknownOperation.err]).toEqual([
      2,
      expect.stringMatching(/gigi\.yaml:\d+: the contract has no operation “GET \/v1\/shifts\/\{id\}\/”/),
    ]);
    await writeFile(file, text.replace('    bench: { percentile: p99, ms: 5 }\n', ''));
    const empty = await conform(['gate', '--consumer', 'gigi', '--spec-dir', spec]);
    expect([empty.code, empty.err]).toEqual([
      2,
      expect.stringMatching(/gigi\.yaml:\d+: the feature .* needs no operation/),
    ]);
  });
});
