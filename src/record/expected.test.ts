import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.js';
import { capability } from '../testing/runs.js';
import { logged } from './acceptance-log.js';
import {
  acceptanceLogName,
  expectations,
  expectedName,
  readExpected,
  type ExpectedEntry,
  type ExpectedFile,
} from './expected.js';
import { findingKey } from '../checks/finding-key.js';
import type { Capability } from './run.js';

const ID = 'GET /things/';
const TODAY = '2026-02-26';

function found(
  given: Partial<Capability>,
  entry?: ExpectedEntry,
  options: { policy?: 'none' | 'route' | 'validate' | 'full'; file?: Partial<ExpectedFile> } = {},
) {
  const data = { operations: entry ? { [ID]: entry } : {}, ...options.file };
  return expectations(data).of(capability({ id: ID, ...given }), options.policy ?? 'route', TODAY);
}

const FINDING = {
  check: 'answer/body-schema',
  severity: 'error',
  message: 'the body is empty',
  exchange: 0,
} as const;
const CRASH = { outcome: 'broken', layer: 'application', cause: 'crashed' } as const;
const FINGERPRINT = '0123456789abcdef';

describe('what nobody has said anything about', () => {
  test.each<[what: string, given: Partial<Capability>, met: boolean]>([
    ['a read that works', {}, true],
    ['a read that breaks the contract', { outcome: 'deviates' }, false],
    ['a read that is refused', { outcome: 'denied' }, false],
    [
      'a bad token that is refused',
      { manner: 'invalid-token', outcome: 'denied', cause: 'token-invalid' },
      true,
    ],
    [
      'a bad token that is refused for another cause',
      { manner: 'invalid-token', outcome: 'denied', cause: 'access-denied' },
      false,
    ],
    ['a bad token that is accepted', { manner: 'invalid-token', outcome: 'works' }, false],
    ['a forbidden body that is refused', { manner: 'forbidden-body', outcome: 'rejects' }, true],
    ['a forbidden body for a thing that is not there', { manner: 'forbidden-body', outcome: 'absent' }, true],
    ['a forbidden body that is accepted', { manner: 'forbidden-body', outcome: 'works' }, false],
    ['a real write that is refused', { manner: 'real', outcome: 'rejects' }, false],
  ])('%s', (_, given, met) => {
    expect(found(given)?.met).toBe(met);
  });

  test('nothing is expected of what was not asked', () => {
    expect(found({ outcome: 'skipped' }, { outcome: 'works' })).toBeNull();
  });
});

describe('what was expected', () => {
  test('of a known defect that the budget has not let anybody look at is neither met nor missed: it is no news', () => {
    const checks = [{ id: 'list/page-size', result: 'inconclusive', code: 'not-its-turn' } as const];
    expect(found({ checks }, { outcome: 'deviates' })?.met).toBe(true);
    expect(found({}, { outcome: 'deviates' })?.met).toBe(false);
    expect(found({ ...CRASH, checks }, { outcome: 'deviates' })?.met).toBe(false);
  });

  test.each<[what: string, given: Partial<Capability>, entry: ExpectedEntry, met: boolean]>([
    ['the same outcome', CRASH, { outcome: 'broken' }, true],
    ['the same outcome and cause', CRASH, { outcome: 'broken', cause: 'crashed' }, true],
    ['another outcome', CRASH, { outcome: 'works' }, false],
    ['a success, where a refusal was expected', {}, { outcome: 'broken' }, false],
    ['another cause', CRASH, { outcome: 'broken', cause: 'backend-failed' }, false],
    ['the same status', { ...CRASH, statuses: [500] }, { outcome: 'broken', status: 500 }, true],
    ['another status', { ...CRASH, statuses: [503] }, { outcome: 'broken', status: 500 }, false],
    [
      'a finding that is known',
      { outcome: 'deviates', findings: [FINDING] },
      { outcome: 'deviates', findings: [findingKey(FINDING)] },
      true,
    ],
    [
      'a finding that is new',
      { outcome: 'deviates', findings: [FINDING] },
      { outcome: 'deviates', findings: [] },
      false,
    ],
    [
      'findings of which nothing was said',
      { outcome: 'deviates', findings: [FINDING] },
      { outcome: 'deviates' },
      true,
    ],
  ])('%s', (_, given, entry, met) => {
    expect(found(given, entry)?.met).toBe(met);
  });

  test('of a write holds only under the policy under which it was written', () => {
    const crashed = { ...CRASH, safe: false };
    const file = { writes: 'full' } as const;
    expect(found(crashed, { outcome: 'broken' }, { policy: 'full', file })?.met).toBe(true);
    expect(found(crashed, { outcome: 'broken' }, { policy: 'route', file })?.met).toBe(false);
    expect(found({ ...CRASH, safe: true }, { outcome: 'broken' }, { policy: 'route', file })?.met).toBe(true);
  });
});

function took(ms: number): Partial<Capability> {
  return { latencyMs: { min: ms, p50: ms, max: ms } };
}

function shaped(bodyShape: object): Partial<Capability> {
  return { exchanges: capability({ id: ID }).exchanges.map((one) => ({ ...one, bodyShape })) };
}

describe('a defect that is accepted', () => {
  const accepted = (given: object): ExpectedEntry => ({
    outcome: 'broken',
    accepted: { reason: 'known', until: '2026-03-01', ...given },
  });

  test.each<[what: string, entry: ExpectedEntry, met: boolean]>([
    ['until a day that is to come', accepted({}), true],
    ['until today', accepted({ until: TODAY }), true],
    ['until yesterday', accepted({ until: '2026-02-25' }), false],
    ['with the answer that was accepted', accepted({ fingerprint: FINGERPRINT }), true],
    ['with another answer', accepted({ fingerprint: 'fedcba9876543210' }), false],
  ])('%s', (_, entry, met) => {
    expect(found(CRASH, entry)?.met).toBe(met);
  });

  test.each<
    [
      what: string,
      entry: Partial<NonNullable<ExpectedEntry['accepted']>>,
      given: Partial<Capability>,
      because: string | undefined,
    ]
  >([
    ['with its shape', { shape: { id: 'string' } }, {}, undefined],
    [
      'with one member more',
      { shape: { id: 'string' } },
      shaped({ id: 'string 3..3', note: 'null' }),
      undefined,
    ],
    ['with a member less', { shape: { id: 'string', name: 'string' } }, {}, 'name (string) → no name'],
    ['with a member of another type', { shape: { id: 'number' } }, {}, 'id: number → id: string'],
    ['within its latency class', { latency: 'up to 0.1 s' }, took(180), undefined],
    [
      'far above its latency class',
      { latency: 'up to 0.1 s' },
      took(900),
      'it takes 900 ms, and took up to 0.1 s',
    ],
    [
      'far below its latency class',
      { latency: 'up to 30 s' },
      took(20),
      'it takes 20 ms, and took up to 30 s',
    ],
  ])('of a success: %s', (_, given, other, because) => {
    const entry: ExpectedEntry = {
      outcome: 'deviates',
      accepted: { reason: 'known', until: '2026-03-01', ...given },
    };
    const expected = found({ outcome: 'deviates', ...other }, entry);
    expect(expected?.met).toBe(because === undefined);
    if (because !== undefined)
      expect([expected?.code, expected?.because]).toEqual([
        'answer-changed',
        expect.stringContaining(because),
      ]);
  });

  test('is no defect any more when it works', () => {
    expect(found({}, accepted({}))?.met).toBe(false);
  });

  test('of a success is known by its findings, not by the data of its answer', () => {
    const entry: ExpectedEntry = { ...accepted({ fingerprint: 'fedcba9876543210' }), outcome: 'deviates' };
    expect(found({ outcome: 'deviates' }, entry)?.met).toBe(true);
  });

  test('is not known by the answer of a control', () => {
    const [exchange] = capability({ id: ID }).exchanges;
    if (!exchange) throw new Error('no exchange');
    const control = { ...exchange, role: 'control' as const };
    const given = { ...CRASH, exchanges: [{ ...exchange, fingerprint: 'another' }, control] };
    expect(found(given, accepted({ fingerprint: FINGERPRINT }))?.met).toBe(false);
  });
});

test('of an operation that is called like a member of every object nothing is known', () => {
  for (const id of ['constructor', 'toString', '__proto__']) {
    const expected = expectations({ operations: {} }).of(capability({ id }), 'none', '2026-02-26');
    expect(expected).toEqual({ outcome: 'works', met: true });
  }
});

describe('why an expectation is not met', () => {
  const DEVIATES: Partial<Capability> = { outcome: 'deviates', findings: [FINDING] };
  const OTHER = { ...FINDING, message: 'the body is a list' };
  const EXPECTS = { outcome: 'broken' } as const;

  test.each<[what: string, given: Partial<Capability>, entry: ExpectedEntry, is: Capability['expected']]>([
    ['another outcome', {}, EXPECTS, { ...EXPECTS, met: false }],
    [
      'another cause',
      CRASH,
      { ...EXPECTS, cause: 'backend-failed' },
      {
        ...{ ...EXPECTS, cause: 'backend-failed', met: false, code: 'other-cause' },
        because: 'the cause is crashed, not backend-failed',
      },
    ],
    [
      'no cause',
      { outcome: 'broken' },
      { ...EXPECTS, cause: 'crashed' },
      {
        ...{ ...EXPECTS, cause: 'crashed', met: false, code: 'other-cause' },
        because: 'the cause is unknown, not crashed',
      },
    ],
    [
      'other statuses',
      { ...CRASH, statuses: [502, 503] },
      { ...EXPECTS, status: 500 },
      { ...EXPECTS, met: false, code: 'other-status', because: 'the status is 502, 503, not 500' },
    ],
    [
      'no status',
      { ...CRASH, statuses: [] },
      { ...EXPECTS, status: 500 },
      { ...EXPECTS, met: false, code: 'other-status', because: 'the status is none, not 500' },
    ],
    [
      'a new finding',
      DEVIATES,
      { outcome: 'deviates', findings: [] },
      {
        ...{ outcome: 'deviates', met: false, code: 'finding-new' },
        because: `a finding is new: ${findingKey(FINDING)}`,
      },
    ],
    [
      'two new findings',
      { outcome: 'deviates', findings: [FINDING, OTHER] },
      { outcome: 'deviates', findings: [] },
      {
        ...{ outcome: 'deviates', met: false, code: 'finding-new' },
        because: `a finding is new: ${findingKey(FINDING)} and 1 more`,
      },
    ],
    [
      'a finding that is accepted by itself',
      {
        outcome: 'deviates',
        findings: [{ ...FINDING, accepted: { reason: 'known', until: '2026-03-01' } }],
      },
      { outcome: 'deviates', findings: [] },
      { outcome: 'deviates', met: true },
    ],
    [
      'an acceptance that is over',
      CRASH,
      { ...EXPECTS, accepted: { reason: 'known', until: '2026-02-25' } },
      {
        ...{ ...EXPECTS, met: false, code: 'acceptance-over' },
        because: 'it was accepted until 2026-02-25 (known)',
      },
    ],
    [
      'another answer than was accepted',
      CRASH,
      { ...EXPECTS, accepted: { reason: 'known', until: TODAY, fingerprint: 'fedcba9876543210' } },
      {
        ...{ ...EXPECTS, met: false, code: 'answer-changed' },
        because: 'the answer is another one than the one that was accepted (accepted: known)',
      },
    ],
    [
      'nothing: it is accepted, by somebody',
      CRASH,
      { ...EXPECTS, accepted: { reason: 'known', owner: 'ada', ticket: 'T-7', until: TODAY } },
      {
        ...{ ...EXPECTS, met: true },
        accepted: { reason: 'known', owner: 'ada', ticket: 'T-7', until: TODAY },
      },
    ],
    [
      'nothing: it is accepted, and nobody says by whom',
      CRASH,
      { ...EXPECTS, accepted: { reason: 'known', until: TODAY } },
      { ...EXPECTS, met: true, accepted: { reason: 'known', until: TODAY } },
    ],
  ])('%s', (_, given, entry, is) => {
    expect(found(given, entry)).toEqual(is);
  });

  test('a finding whose acceptance is over is named, where the operation deviates', () => {
    const lapsed = { reason: 'known', until: '2026-02-01' };
    const findings = [FINDING, { ...FINDING, lapsed }];
    expect(found({ outcome: 'deviates', findings })).toEqual({
      ...{ outcome: 'works', met: false, code: 'acceptance-over' },
      because: 'answer/body-schema: it was accepted until 2026-02-01 (known)',
    });
    expect(found({ ...CRASH, findings })).toEqual({ outcome: 'works', met: false });
  });
});

describe('the files of a spec folder', () => {
  const FILE = 'operations:\n  GET /things/: { outcome: broken }\n';
  const CHANGE = { at: '2026-02-26T08:00:00.000Z', by: 'ada', run: 'a-run', changes: [] };

  async function folder(files: Record<string, string>) {
    const spec = await temporaryFolder();
    await mkdir(join(spec.path, 'expected'));
    for (const [name, text] of Object.entries(files))
      await writeFile(join(spec.path, 'expected', name), text);
    return spec;
  }

  test('are read by target, and other files are left alone', async () => {
    await using spec = await folder({ 'live.yaml': FILE, 'notes.txt': '{', 'live.log.jsonl': '' });
    const expected = await readExpected(spec.path);
    const file = join(spec.path, 'expected', 'live.yaml');
    expect(join(spec.path, expectedName('live'))).toBe(file);
    expect([expected.fileOf('live'), expected.fileOf('notes'), expected.fileOf('other')]).toEqual([
      file,
      undefined,
      undefined,
    ]);
    const broken = capability({ id: ID, ...CRASH });
    expect(expected.of('live').of(broken, 'none', TODAY)).toEqual({ outcome: 'broken', met: true });
    expect(expected.of('other').of(broken, 'none', TODAY)).toEqual({ outcome: 'works', met: false });
    expect(expected.named).toEqual([
      { kind: 'target', name: 'live', bears: 'description', place: { file } },
      { kind: 'operation', name: ID, bears: 'description', place: { file, line: 2 } },
    ]);
  });

  test('need not be there', async () => {
    await using spec = await temporaryFolder();
    expect((await readExpected(spec.path)).named).toEqual([]);
  });

  test.each([
    ['operations: { GET /things/: { outcome: works } }\nwrites: all\n', 'writes'],
    ['operations: { GET /things/: { outcome: perfect } }\n', 'outcome'],
    ['operations: { GET /things/: { outcome: works, status: 99 } }\n', 'status'],
    ['operations: { GET /things/: { outcome: works, status: 600 } }\n', 'status'],
    ['operations: { GET /things/: { outcome: works, cause: bad-luck } }\n', 'cause'],
    ['operations: { GET /things/: { outcome: works, misspelled: 1 } }\n', 'misspelled'],
    ['operations: {}\nmisspelled: 1\n', 'misspelled'],
    ['operations: { GET /: { outcome: works, accepted: { reason: r, until: tomorrow } } }\n', 'until'],
    ['operations: { GET /: { outcome: works, accepted: { reason: r, until: 2026-03-01x } } }\n', 'until'],
    [
      'operations: { GET /: { outcome: works, accepted: { reason: r, until: "2026-03-01", on: today } } }\n',
      'on',
    ],
    [
      'operations: { GET /: { outcome: works, accepted: { reason: r, until: "2026-03-01", more: 1 } } }\n',
      'more',
    ],
  ])('are refused where they are wrong: %s', async (text, names) => {
    await using spec = await folder({ 'live.yaml': text });
    await expect(readExpected(spec.path)).rejects.toThrow(names);
  });

  test('are known to have been changed by hand, where a log says how they were left', async () => {
    await using spec = await folder({
      ...{ 'live.yaml': FILE, 'kept.yaml': FILE, 'new.yaml': FILE },
      'live.log.jsonl': logged('', 'operations: {}\n', CHANGE),
      'kept.log.jsonl': logged('', FILE, CHANGE),
    });
    const expected = await readExpected(spec.path);
    expect(join(spec.path, acceptanceLogName('live'))).toBe(join(spec.path, 'expected', 'live.log.jsonl'));
    expect(expected.unrecordedOf('live')).toBe(
      `${join(spec.path, expectedName('live'))} was changed after 2026-02-26, when ada last accepted a run, and nothing says by whom or why`,
    );
    for (const target of ['kept', 'new', 'other']) expect(expected.unrecordedOf(target)).toBeUndefined();
  });
});
