import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConsumers } from '../impact/consumer.js';
import { needsOf } from '../impact/needs.js';
import { PACKAGE_ROOT } from '../package.js';
import type { Json } from '../json.js';
import type { Capability, Run } from '../record/run.js';
import { conform, copyOfSpec, temporaryFolder } from '../testing/conform.js';
import { recorded, recordedFile } from '../testing/recorded.js';
import { askedAgain, begunAt, night, refused, withOperation, writeRuns } from '../testing/vary.js';
import { exitCodeOf, type Change, type Drift } from './change.js';
import { driftBetween } from './pair.js';
import { createSeries, STEADY } from './series.js';

const READ = 'GET /v1/patients/';
const SEARCH = 'POST /v1/appointment/_search/';
const UNNEEDED = 'GET /v1/subscriptions/';
const GATEWAY = { status: 403, outcome: 'denied', layer: 'gateway', cause: 'access-denied' } as const;
const APPLICATION = {
  status: 403,
  outcome: 'denied',
  layer: 'application',
  cause: 'permission-denied',
} as const;
const UNROUTED = { status: 403, outcome: 'unrouted', layer: 'gateway', cause: 'route-missing' } as const;

/** The mock; every other run is made of this one. */
const asked = begunAt(await recorded('mock'), night(0));
const needs = needsOf(await readConsumers(join(PACKAGE_ROOT, 'spec')));

type Judged = Drift & { code: number | null };

function driftOf(base: Run, head: Run): Judged {
  const drift = driftBetween(base, head, needs);
  return { ...drift, code: exitCodeOf(drift) };
}

function driftOfSeries(runs: readonly Run[]): Judged {
  const series = createSeries(STEADY, needs);
  for (const run of runs) series.add(run);
  const drift = series.drift();
  if (!drift) throw new Error('there are not two runs that prove something');
  return { ...drift, code: exitCodeOf(drift) };
}

/** What the command says in JSON of two run files. */
async function driftOfFiles(base: Run, head: Run): Promise<Judged> {
  await using folder = await temporaryFolder();
  const { code, out } = await conform(['drift', ...(await writeRuns(folder.path, [base, head])), '--json']);
  return { ...(JSON.parse(out) as Drift), code };
}

/** What the command says in JSON of a folder of runs. */
async function driftOfFolder(runs: readonly Run[], ...more: string[]): Promise<Judged> {
  await using folder = await temporaryFolder();
  await writeRuns(folder.path, runs);
  const { code, out } = await conform(['drift', folder.path, '--json', ...more]);
  return { ...(JSON.parse(out) as Drift), code };
}

function kinds(changes: readonly Change[]): string[] {
  return changes.map(({ kind, operation }) => `${kind} ${operation}`);
}

describe('an unchanged host', () => {
  test('shows no drift in a hundred runs, two by two and as a series', () => {
    const runs = Array.from({ length: 100 }, (_, index) => askedAgain(asked, night(index + 1), index + 1));
    // What varies really varies: else this test could not fail.
    const bodies = runs.map((run) =>
      JSON.stringify(run.operations.map(({ exchanges }) => exchanges[0]?.bodyShape)),
    );
    expect(new Set(bodies).size).toBe(100);
    for (const [index, head] of runs.entries()) {
      for (const base of [runs[0], runs[index - 1]]) {
        if (base) expect(driftBetween(base, head, new Map()).changes, `run ${index}`).toEqual([]);
      }
    }
    const { code, changes, unsteady, compared } = driftOfSeries(runs);
    expect({ code, changes, unsteady, compared }).toEqual({
      code: 0,
      changes: [],
      unsteady: [],
      compared: 63,
    });
  });
});

describe('between two runs', () => {
  test('what an operation lost is first, with what it stops', () => {
    let head = withOperation(askedAgain(asked, night(1), 1), UNNEEDED, (one) => refused(one, GATEWAY));
    head = withOperation(head, READ, (one) => refused(one, GATEWAY));
    const { code, base, changes } = driftOf(askedAgain(asked, night(0), 2), head);
    expect(code).toBe(1);
    expect(base).toBe('20260201T090000Z-mock');
    expect(changes).toMatchObject([
      { operation: READ, kind: 'worse', from: 'works', to: 'denied at the gateway (access-denied)' },
      { operation: UNNEEDED, kind: 'worse', effect: 'no feature is known to need it' },
    ]);
    expect(changes[0]?.effect).toContain('stops “Know who calls”');
  });

  test('what is newly allowed is news too', () => {
    const base = withOperation(asked, READ, (one) => refused(one, GATEWAY));
    const { code, changes } = driftOf(base, begunAt(asked, night(1)));
    expect(code).toBe(1);
    expect(kinds(changes)).toEqual([`better ${READ}`]);
    expect(changes[0]?.effect).toContain('back for “Know who calls”');
  });

  test('the same status from another layer is a change', () => {
    const base = withOperation(asked, READ, (one) => refused(one, GATEWAY));
    const head = withOperation(begunAt(asked, night(1)), READ, (one) => refused(one, APPLICATION));
    const { code, changes } = driftOf(base, head);
    expect(code).toBe(1);
    expect(changes).toMatchObject([
      {
        kind: 'different',
        from: 'denied at the gateway (access-denied)',
        to: 'denied at the application (permission-denied)',
      },
    ]);
  });

  test('the same refusal in other words is a change, the same one again is none', () => {
    const base = withOperation(asked, READ, (one) => refused(one, GATEWAY));
    const again = withOperation(askedAgain(asked, night(1), 3), READ, (one) => refused(one, GATEWAY));
    expect(
      driftOf(
        withOperation(askedAgain(asked, night(0), 4), READ, (one) => refused(one, GATEWAY)),
        again,
      ).changes,
    ).toEqual([]);
    const reworded = withOperation(begunAt(base, night(1)), READ, (one) => ({
      ...one,
      exchanges: one.exchanges.map((exchange) => ({ ...exchange, message: 'in other words' })),
    }));
    expect(kinds(driftOf(base, reworded).changes)).toEqual([`different ${READ}`]);
  });

  test('findings are new or gone, whichever item of a list has them', () => {
    const finding = (item: number) => ({
      check: 'answer/body-schema',
      severity: 'error' as const,
      message: `should be string, but an array of ${item} came`,
      pointer: `/entry/${item}/resource/id`,
      exchange: 0,
    });
    const broken = (run: Run, ...items: number[]) =>
      withOperation(run, READ, (one) => ({ ...one, outcome: 'deviates', findings: items.map(finding) }));
    const head = begunAt(asked, night(1));
    expect(driftOf(broken(asked, 1), broken(head, 7, 9)).code).toBe(0);
    expect(kinds(driftOf(asked, broken(head, 1)).changes)).toEqual([`worse ${READ}`, `finding-new ${READ}`]);
    expect(kinds(driftOf(broken(asked, 1), head).changes)).toEqual([
      `better ${READ}`,
      `finding-gone ${READ}`,
    ]);
  });

  test('members of a body appear, vanish and change their type', () => {
    const shaped = (run: Run, bodyShape: unknown) =>
      withOperation(run, READ, (one) => ({
        ...one,
        exchanges: one.exchanges.map((exchange) => ({ ...exchange, bodyShape })),
      }));
    const base = shaped(asked, {
      total: 'integer',
      entry: ['×2', { id: 'string 7..7', name: 'string 3..9' }],
    });
    const head = shaped(begunAt(asked, night(1)), {
      total: 'integer',
      entry: ['×9', { id: 'integer', status: 'string 4..4' }],
    });
    const { code, changes } = driftOf(base, head);
    expect(code).toBe(1);
    expect(changes.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['body-shape', 'entry[].id: string', 'entry[].id: number'],
      ['body-shape', 'entry[].name (string)', 'no entry[].name'],
      ['body-shape', 'no entry[].status', 'entry[].status (string)'],
    ]);
  });

  test('latency that leaves the scatter of the others is reported, a slower night for all is not', () => {
    const base = askedAgain(asked, night(0), 5);
    const head = askedAgain(asked, night(1), 6);
    const slower = (run: Run, id: string, factor: number, least = 500) =>
      withOperation(run, id, (one) => ({
        ...one,
        latencyMs: one.latencyMs && {
          min: least,
          p50: one.latencyMs.p50 * factor + 300,
          max: 9999,
        },
      }));
    const measured = withOperation(base, READ, (one) => ({ ...one, latencyMs: { min: 1, p50: 2, max: 3 } }));
    const { code, changes } = driftOf(measured, slower(head, READ, 8));
    expect(code).toBe(1);
    expect(kinds(changes)).toEqual([`slower ${READ}`]);
    // A time that came once, or among others as they were, can be that of a busy machine.
    const once = withOperation(base, READ, (one) => ({ ...one, latencyMs: { min: 2, p50: 2, max: 2 } }));
    for (const [before, now] of [
      [once, slower(head, READ, 8)],
      [measured, slower(head, READ, 8, 2)],
    ] as const) {
      const { code: calm, changes: none, unsteady } = driftOf(before, now);
      expect([calm, none, kinds(unsteady)]).toEqual([0, [], [`slower ${READ}`]]);
    }
    const allSlow = asked.operations.reduce((run, { id }) => slower(run, id, 4), head);
    const all = driftOf(base, allSlow);
    expect(all.changes).toEqual([]);
  });

  test('the contract itself: an edition, an operation that came, one that went, one that changed', () => {
    const edition = { ...asked.contract, version: '2', sha256: 'f'.repeat(64) };
    const head: Run = {
      ...withOperation(begunAt(asked, night(1)), READ, (one) => ({ ...one, definition: 'another' })),
      contract: edition,
    };
    head.operations = head.operations.map((one) =>
      one.id === UNNEEDED ? { ...one, id: 'GET /v1/hooks/' } : one,
    );
    const { code, changes } = driftOf(asked, head);
    expect(code).toBe(1);
    expect(changes.map(({ kind, operation, to }) => [kind, operation, to])).toEqual([
      ['contract', READ, 'another definition'],
      ['contract', '(contract)', expect.stringMatching(/ 2$/)],
      ['contract', 'GET /v1/hooks/', 'new in the contract'],
      ['contract', UNNEEDED, 'gone from the contract'],
    ]);
  });

  test('a check that the budget left undone is no news, whatever it found before', () => {
    const broken = withOperation(asked, READ, (one): Capability => ({
      ...one,
      outcome: 'deviates',
      findings: [
        { check: 'list/page-size', code: 'larger', severity: 'error', message: 'more', exchange: 0 },
      ],
      checks: [{ id: 'list/page-size', result: 'failed' }],
    }));
    const resultOf = (checks: NonNullable<Capability['checks']>) =>
      withOperation(begunAt(asked, night(1)), READ, (one) => ({ ...one, checks }));
    const undone = resultOf([{ id: 'list/page-size', result: 'inconclusive', code: 'not-its-turn' }]);
    expect(driftOf(broken, undone).changes).toEqual([]);
    expect(driftOf(undone, begunAt(broken, night(2))).changes).toEqual([]);
    const kept = resultOf([{ id: 'list/page-size', result: 'passed' }]);
    expect(kinds(driftOf(broken, kept).changes)).toContain(`better ${READ}`);
  });

  test('nothing of a host, where another operation has shown it than before', () => {
    const showing = withOperation(asked, READ, (one): Capability => ({
      ...one,
      findings: [
        { check: 'http/host-hygiene', code: 'no-hsts', severity: 'warning', message: 'no HSTS', exchange: 0 },
      ],
      checks: [{ id: 'http/host-hygiene', result: 'failed' }],
    }));
    const elsewhere = withOperation(begunAt(asked, night(1)), READ, (one): Capability => ({
      ...one,
      checks: [{ id: 'http/host-hygiene', result: 'not-applicable' }],
    }));
    expect(driftOf(showing, elsewhere).changes).toEqual([]);
    expect(driftOf(elsewhere, begunAt(showing, night(2))).changes).toEqual([]);
  });

  test('a path that was corrected: the night of 2026-01-29, and the morning after', async () => {
    const { code, out } = await conform(['drift', recordedFile('first-night'), recordedFile('2026-02-03')]);
    expect(code).toBe(1);
    const [headline, ...rest] = out.split('\n');
    expect(headline).toMatch(
      /^Drift: GET \/v1\/\w+\/: unrouted at the gateway \(route-missing\) as GET \/v1\/\w+ → works/,
    );
    expect(out).toContain('back for “Know who calls”');
    const text = rest.join(' ').replaceAll(/\s+/g, ' ');
    for (const [was, is] of [
      ['Practitioner', 'practitioners/'],
      ['Patient', 'patients/'],
      ['Appointment', 'appointment/'],
    ]) {
      expect(text).toContain(
        `GET /v1/${is ?? ''} better on replica: unrouted at the gateway (route-missing) as GET /v1/${was ?? ''} → works`,
      );
    }
  });

  test('what was not asked, or in another manner, is not compared', () => {
    const head = withOperation(begunAt(asked, night(1)), READ, (one) => ({
      ...one,
      outcome: 'skipped',
      explanation: 'No id is known.',
      exchanges: [],
    }));
    const { code, notCompared, compared } = driftOf(asked, head);
    expect({ code, compared }).toEqual({ code: 0, compared: 62 });
    expect(notCompared).toEqual([{ target: 'mock', operation: READ, why: 'not asked now: No id is known.' }]);
    const asRoute = withOperation(begunAt(asked, night(1)), 'POST /v1/patients/', (one) => ({
      ...refused(one, { status: 401, outcome: 'denied', layer: 'token', cause: 'token-invalid' }),
      manner: 'invalid-token' as const,
    }));
    const other = driftOf(asked, asRoute);
    expect(other.changes).toEqual([]);
    expect(other.notCompared).toHaveLength(1);
    const gone = withOperation(asRoute, 'POST /v1/patients/', (one) => ({ ...one, outcome: 'unrouted' }));
    expect(kinds(driftOf(asked, gone).changes)).toEqual(['worse POST /v1/patients/']);
  });

  test('a night without network is no drift and no success', () => {
    const silent: Run = {
      ...begunAt(asked, night(1)),
      operations: asked.operations.map((one) => ({
        ...one,
        outcome: 'unreachable',
        layer: 'network',
        cause: 'dns-failure',
        exchanges: [],
      })),
    };
    const { code, changes } = driftOf(asked, silent);
    expect({ code, changes }).toEqual({ code: 3, changes: [] });
  });
});

describe('over a folder of runs', () => {
  /** `.` for a night on which the search works, `x` for one on which it is not routed. */
  const nights = (pattern: string) =>
    pattern.split('').map((sign, index) => {
      const run = askedAgain(asked, night(index), index + 1);
      return sign === 'x' ? withOperation(run, SEARCH, (one) => refused(one, UNROUTED)) : run;
    });

  test('once is unsteady, twice of three times is a change, with its first day', () => {
    const once = driftOfSeries(nights('....x'));
    expect({ code: once.code, changes: once.changes }).toEqual({ code: 0, changes: [] });
    expect(once.unsteady).toMatchObject([{ operation: SEARCH, kind: 'worse', seen: 1, of: 3 }]);
    const twice = driftOfSeries(nights('....xx'));
    expect(twice.code).toBe(1);
    expect(twice.changes).toMatchObject([
      { operation: SEARCH, kind: 'worse', since: '2026-02-05T09:00:00.000Z' },
    ]);
    expect(twice.unsteady).toEqual([]);
  });

  test('what comes and goes is unsteady however often it was seen, and settles', () => {
    const flapping = driftOfSeries(nights('.x.x.xx'));
    expect({ code: flapping.code, changes: flapping.changes }).toEqual({ code: 0, changes: [] });
    expect(flapping.unsteady).toHaveLength(1);
    expect(driftOfSeries(nights('.x.x.xxxxx')).code).toBe(1);
    const over = driftOfSeries(nights('..xxxx....'));
    expect([over.code, over.changes, over.unsteady]).toEqual([0, [], []]);
  });

  test('how often and how far apart is the user’s to say', async () => {
    expect((await driftOfFolder(nights('....xx'), '--seen', '3/4')).code).toBe(0);
    expect((await driftOfFolder(nights('....x'), '--seen', '1/1')).code).toBe(1);
    expect((await driftOfFolder(nights('....xx'), '--apart', '72h')).code).toBe(0);
  });

  test('latency is measured against its own scatter', () => {
    const slow = nights('..........').map((run, index) =>
      index < 7
        ? run
        : withOperation(run, READ, (one) => ({
            ...one,
            latencyMs: one.latencyMs && { ...one.latencyMs, p50: one.latencyMs.p50 * 6 + 200 },
          })),
    );
    const { code, changes } = driftOfSeries(slow);
    expect(code).toBe(1);
    expect(kinds(changes)).toEqual([`slower ${READ}`]);
  });

  test('what the runs before have in common is learnt, where the first one does not show it', () => {
    const shaped = (size: number, boat: Json) => (index: number) =>
      withOperation(begunAt(asked, night(index)), READ, (one) => ({
        ...one,
        exchanges: one.exchanges.map((exchange) => ({
          ...exchange,
          bodyShape: { entry: size === 0 ? ['×0'] : [`×${size}`, boat] },
        })),
      }));
    const full = shaped(100, { phone: 'string 12..12' });
    const masked = shaped(100, { phone: 'null' });
    const before = [shaped(0, null)(0), ...Array.from({ length: 14 }, (_, index) => full(index + 1))];
    expect(driftOfSeries(before).changes).toEqual([]);
    const once = driftOfSeries([...before, masked(15)]);
    expect([once.changes, once.unsteady.length]).toEqual([[], 1]);
    expect(driftOfSeries([...before, masked(15), masked(16)])).toMatchObject({
      code: 1,
      changes: [
        {
          ...{ operation: READ, kind: 'body-shape', since: '2026-02-16T09:00:00.000Z' },
          from: 'entry[].phone: never null (learnt from 14 runs, 1400 entries)',
          to: 'entry[].phone: always null',
        },
      ],
    });
  });

  test('a broken file and a night without network hide nothing', async () => {
    await using folder = await temporaryFolder();
    const dead: Run = {
      ...begunAt(asked, night(9)),
      operations: asked.operations.map((one) => ({ ...one, outcome: 'skipped', exchanges: [] })),
    };
    await writeRuns(folder.path, [...nights('....xx'), dead]);
    await writeFile(join(folder.path, '20260301T090000Z-mock.json'), '{');
    const { code, out, err } = await conform(['drift', folder.path]);
    expect(code).toBe(1);
    expect(out).toMatch(/^Drift: POST \/v1\/appointment\/_search\/: works → unrouted/);
    expect(err).toContain('20260301T090000Z-mock.json: left out');
    expect(err).toContain('1 runs that proved nothing were left out');
  });
});

describe('the command reads run files, and says the same', () => {
  const gone = withOperation(askedAgain(asked, night(1), 1), READ, (one) => refused(one, GATEWAY));
  const silent: Run = {
    ...begunAt(asked, night(2)),
    operations: asked.operations.map((one) => ({ ...one, outcome: 'skipped', exchanges: [] })),
  };

  test.each([
    ['no drift', 0, askedAgain(asked, night(1), 2)],
    ['drift', 1, gone],
    ['nothing compared', 3, silent],
  ])('of two files: %s', async (_, code, head) => {
    const drift = driftOf(asked, head);
    expect(drift.code).toBe(code);
    expect(await driftOfFiles(asked, head)).toEqual(drift);
  });

  test.each([
    ['no drift', 0, [asked, askedAgain(asked, night(1), 1)]],
    ['drift', 1, [asked, gone, begunAt(gone, night(2))]],
  ])('of a folder: %s', async (_, code, runs) => {
    const drift = driftOfSeries(runs);
    expect(drift.code).toBe(code);
    expect(await driftOfFolder(runs)).toEqual(drift);
  });
});

describe('accept, and drift against what was expected', () => {
  const DOCUMENTS = 'POST /v1/documentReferences/';
  const CRASH = { status: 500, outcome: 'broken', layer: 'application', cause: 'crashed' } as const;
  const live = (run: Run): Run => ({ ...run, target: 'sandbox', id: run.id.replace('mock', 'sandbox') });

  test('the new state is expected, the diff is a change log, comments stay', async () => {
    await using folder = await temporaryFolder();
    const spec = await copyOfSpec(folder.path);
    const expected = join(spec, 'expected', 'sandbox.yaml');
    const [first = '', second = ''] = await writeRuns(folder.path, [
      live(asked),
      live(withOperation(askedAgain(asked, night(1), 1), DOCUMENTS, (one) => refused(one, CRASH))),
    ]);
    expect((await conform(['accept', '--run', first, '--spec-dir', spec])).code).toBe(0);
    const before = await readFile(expected, 'utf8');
    expect(before).toContain(`  ${READ}: { outcome: works }\n`);
    expect((await conform(['accept', '--run', first, '--spec-dir', spec])).out).toMatch(/^Nothing changes/);
    expect(await readFile(expected, 'utf8')).toBe(before);

    expect((await conform(['drift', first, '--spec-dir', spec])).code).toBe(0);
    const news = await conform(['drift', second, '--spec-dir', spec, '--json']);
    expect(news.code).toBe(1);
    expect((JSON.parse(news.out) as Drift).changes).toMatchObject([
      { operation: DOCUMENTS, kind: 'worse', from: 'works', to: 'broken at the application (crashed)' },
    ]);

    await writeFile(
      expected,
      before.replace(`  ${READ}:`, () => `  # The list that the dashboards show.\n  ${READ}:`),
    );
    const { out } = await conform(['accept', '--run', second, '--spec-dir', spec]);
    expect(out).toContain(`~ ${DOCUMENTS}: works → broken (crashed), status 500`);
    const after = await readFile(expected, 'utf8');
    const was = new Set(before.split('\n'));
    expect(after.split('\n').filter((line) => !was.has(line))).toEqual([
      `  ${DOCUMENTS}: { outcome: broken, cause: crashed, status: 500 }`,
      '  # The list that the dashboards show.',
    ]);
    expect((await conform(['drift', second, '--spec-dir', spec])).code).toBe(0);
    expect((await conform(['drift', first, '--spec-dir', spec])).code).toBe(1);
    expect((await conform(['drift', expected, first])).code).toBe(1);
  });

  test('a known defect is no drift until its date, and dies with the answer', async () => {
    await using folder = await temporaryFolder();
    const spec = await copyOfSpec(folder.path);
    const crashed = (nights: number) =>
      live(withOperation(askedAgain(asked, night(nights), nights), DOCUMENTS, (one) => refused(one, CRASH)));
    const reworded = withOperation(crashed(3), DOCUMENTS, (one) => ({
      ...one,
      exchanges: one.exchanges.map((exchange) => ({ ...exchange, fingerprint: 'ffffffffffffffff' })),
    }));
    const [first = '', inTime = '', late = '', other = ''] = await writeRuns(folder.path, [
      crashed(1),
      crashed(2),
      crashed(40),
      reworded,
    ]);
    const accept = ['accept', '--run', first, '--spec-dir', spec];
    expect((await conform(accept)).code).toBe(0);
    const defect = [
      '--reason',
      'crashes',
      '--owner',
      'Integration',
      '--until',
      '2026-02-20',
      '--ticket',
      'T-5',
      '--by',
      'ada',
    ];
    expect((await conform([...accept, ...defect])).err).toContain('--only');
    expect((await conform([...accept, ...defect, '--only', 'documentReferences'])).code).toBe(0);
    const text = await readFile(join(spec, 'expected', 'sandbox.yaml'), 'utf8');
    expect(text).toMatch(
      /reason: crashes\n\s+owner: Integration\n\s+ticket: T-5\n\s+by: ada\n\s+on: \S+\n\s+until: 2026-02-20\n\s+latency: .*\n\s+fingerprint: \w{16}/,
    );

    expect((await conform(['drift', inTime, '--spec-dir', spec])).code).toBe(0);
    const over = await conform(['drift', late, '--spec-dir', spec]);
    expect([over.code, over.out]).toEqual([1, expect.stringContaining('it was accepted until 2026-02-20')]);
    const changed = await conform(['drift', other, '--spec-dir', spec]);
    expect([changed.code, changed.out]).toEqual([1, expect.stringContaining('the answer is another one')]);

    // A plain accept makes another answer expected, and does not carry the acceptance over to it.
    await conform(['accept', '--run', other, '--spec-dir', spec]);
    expect(await readFile(join(spec, 'expected', 'sandbox.yaml'), 'utf8')).not.toContain('accepted:');
  });

  test('who changed what is expected, when and why is recorded, and a change by hand is noticed', async () => {
    await using folder = await temporaryFolder();
    const spec = await copyOfSpec(folder.path);
    const [run = ''] = await writeRuns(folder.path, [live(asked)]);
    const accept = ['accept', '--run', run, '--spec-dir', spec, '--by', 'ada', '--reason', 'as agreed'];
    await conform(accept);
    const file = join(spec, 'expected', 'sandbox.yaml');
    const log = async () =>
      (await readFile(join(spec, 'expected', 'sandbox.log.jsonl'), 'utf8')).trimEnd().split('\n');
    const [line = '', ...more] = await log();
    expect(more).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({ by: 'ada', reason: 'as agreed' });
    expect(line).toContain(`{"operation":"${READ}","to":"works"}`);

    const drift = ['drift', run, '--spec-dir', spec];
    const note = `${file} was changed after `;
    expect((await conform(drift)).err).not.toContain(note);
    await writeFile(file, `${await readFile(file, 'utf8')}# by hand\n`);
    expect((await conform(drift)).err).toContain(note);
    const { out } = await conform(['doctor', '--offline', '--spec-dir', spec]);
    expect(out.replaceAll(/\s+/g, ' ')).toContain('when ada last accepted a run');
    expect((await conform(accept)).err).toContain('was changed by hand since');
    expect(await log()).toHaveLength(2);
    expect((await conform(drift)).err).not.toContain(note);
  });

  test('a finding that is new is news, one that was accepted is not', async () => {
    await using folder = await temporaryFolder();
    const spec = await copyOfSpec(folder.path);
    const finding = (message: string) => ({
      check: 'answer/body-schema',
      severity: 'error' as const,
      message,
      exchange: 0,
    });
    const deviating = (nights: number, ...messages: string[]) =>
      live(
        withOperation(askedAgain(asked, night(nights), nights), READ, (one) => ({
          ...one,
          outcome: 'deviates',
          findings: messages.map(finding),
        })),
      );
    const [one = '', same = '', more = ''] = await writeRuns(folder.path, [
      deviating(1, 'first'),
      deviating(2, 'first'),
      deviating(3, 'first', 'second'),
    ]);
    await conform(['accept', '--run', one, '--spec-dir', spec]);
    expect((await conform(['drift', same, '--spec-dir', spec])).code).toBe(0);
    const { code, out } = await conform(['drift', more, '--spec-dir', spec]);
    expect([code, out]).toEqual([
      1,
      expect.stringContaining('a finding is new: answer/body-schema · second'),
    ]);
  });

  test('a run that proves nothing is not accepted', async () => {
    await using folder = await temporaryFolder();
    const spec = await copyOfSpec(folder.path);
    const [file = ''] = await writeRuns(folder.path, [
      live({
        ...asked,
        operations: asked.operations.map((one) => ({ ...one, outcome: 'skipped', exchanges: [] })),
      }),
    ]);
    const { code, err } = await conform(['accept', '--run', file, '--spec-dir', spec]);
    expect([code, err]).toEqual([3, expect.stringContaining('proves nothing')]);
  });
});
