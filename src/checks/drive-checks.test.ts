import { expect, test, vi } from 'vitest';
import { systemChance } from '../chance.js';
import { NotApplicable } from '../drive/drive.js';
import { createPseudonyms } from '../exchange/pseudonyms.js';
import { createAbsentIds } from '../session/absent-ids.js';
import type { Refusal } from '../session/gate.js';
import type { Answer, NoAnswer } from '../targets/reply.js';
import { answer, contractOf, converseWith, silence, type Sent } from '../testing/host.js';
import { PROMISE } from '../testing/promise.js';
import { internalsShown } from './answer/internals-shown.js';
import { problemStatus } from './answer/problem-status.js';
import { check, failed, inconclusive, passed, type Check } from './check.js';
import { driveChecks, type Order } from './drive-checks.js';
import { NO_TURNS } from './due.js';
import { count } from './fact.js';
import { absentId } from './read/absent-id.js';
import { jsonOf, subjectOf, type Subject } from './subject.js';
import { withoutAsking } from './without-asking.js';

/** Asks once, and takes the body of the answer for what it found. */
const asking = (given: Partial<Check> = {}): Check =>
  check({
    id: 'http/asking',
    ...PROMISE,
    asks: { atMost: 1 },
    messages: { wrong: ({ status = 0 }) => `it answers ${status}`, other: () => 'it is broken otherwise' },
    *run({ request }) {
      const { reply } = yield request.same('asked', { query: { asked: 'yes' } });
      if (reply.kind !== 'answer') return inconclusive('no answer');
      const stated = jsonOf(reply);
      if (stated === 'absent') return new NotApplicable('there is none');
      if (stated === 'wrong') return failed('wrong', { status: count(reply.status) }, '/id');
      return stated === 'other' ? failed('other') : stated === 'unknown' ? inconclusive('not known') : passed;
    },
    ...given,
  });

/** Looks at the body of the answer that there is. */
const looking = check({
  id: 'answer/looking',
  ...PROMISE,
  asks: { atMost: 0 },
  messages: { wrong: () => 'the answer is wrong' },
  run: withoutAsking(({ body }) => (body === 'wrong' ? failed('wrong') : passed)),
});

/** Asks nothing, and keeps the body that it is given. */
const keeping = (seen: unknown[]): Check =>
  check({
    ...looking,
    run: withoutAsking(({ body }) => {
      seen.push(body);
      return passed;
    }),
  });

type Host = (sent: Sent, before: number) => Answer | NoAnswer;

interface Setting {
  query?: string;
  parameters?: string;
  order?: Order;
  /** So many requests of checks are let through. */
  most?: number;
  /** Why all others are not. */
  refusal?: Refusal;
  /** Whether the run is stopped before its checks. */
  isStopped?: boolean;
  /** Whether checks see the other reads of the run. */
  isShared?: boolean;
}

/**
 * What comes of checks of these paths.
 * @param host is given how often it was asked the same before
 */
async function drive(
  checks: readonly Check[],
  host: Host,
  paths: readonly string[] = ['/things'],
  {
    query = '',
    parameters = '[]',
    order,
    most = Infinity,
    refusal = { code: 'budget', kind: 'checks' },
    isStopped = false,
    isShared = false,
  }: Setting = {},
) {
  const item = `{ get: { parameters: ${parameters} } }`;
  const contract = contractOf(paths.map((path) => `${path}: ${item}`).join('\n'));
  const asked: string[] = [];
  const conversation = converseWith((sent) => {
    const before = asked.filter((path) => path === sent.path).length;
    asked.push(sent.path);
    return host(sent, before);
  });
  const shared = {
    ...{
      contract,
      absent: createAbsentIds(systemChance),
      chance: systemChance,
      pseudonyms: createPseudonyms(),
    },
    takesCredentials: () => true,
    whyNotAs: () => 'nobody has named one',
  };
  const reads = new Map<string, Subject>();
  const subjects: Subject[] = [];
  for (const operation of contract.operations) {
    const url = `https://api.shop.example${operation.path}${query}`;
    const request = { method: 'GET', url, headers: {} };
    const probe = { operation: operation.id, role: 'operation' as const, shown: url, request };
    const own = await conversation.ask(probe, { token: 'valid', repeatable: true });
    if ('withheld' in own || own.reply.kind !== 'answer') throw new Error('the host did not answer');
    subjects.push(
      subjectOf(
        { operation, probe, token: 'valid' },
        { ...own, reply: own.reply },
        isShared ? { ...shared, reads } : shared,
      ),
    );
  }
  conversation.sent.length = 0;
  const sleep = vi.fn(() => Promise.resolve());
  const stop = new AbortController();
  if (isStopped) stop.abort();
  const { signal } = stop;
  let left = most;
  const checked = await driveChecks(
    subjects,
    checks,
    {
      conversation: {
        ...conversation,
        ask: (probe, options) => {
          left -= 1;
          if (left >= 0) return conversation.ask(probe, options);
          return Promise.resolve({ withheld: refusal });
        },
      },
      clock: { sleep },
      signal,
      concurrency: 2,
    },
    order,
  );
  const kinds = conversation.sent.map(({ kind }) => kind);
  return { checked, calls: conversation.calls(), kinds, sleeps: sleep.mock.calls };
}

/** Answers each path with a success, and what is asked of it by a check with these, one after another. */
const saying =
  (...said: string[]): Host =>
  ({ path }, before) =>
    path.includes('?') ? answer(200, JSON.stringify(said[before] ?? said.at(-1) ?? '')) : answer(200, []);

const of = ({ checked }: Awaited<ReturnType<typeof drive>>, path = '/things') => {
  const found = checked.get(`GET ${path}`);
  if (!found) throw new Error(`nothing came of ${path}`);
  return found;
};

test('what is broken twice is a finding, after a pause and with new answers', async () => {
  const driven = await drive([asking()], saying('wrong'));
  expect(of(driven)).toMatchObject({
    results: [{ id: 'http/asking', result: 'failed' }],
    findings: [
      {
        check: 'http/asking',
        code: 'wrong',
        facts: { status: 200 },
        severity: 'error',
        message: 'it answers 200',
        pointer: '/id',
        exchange: 0,
      },
    ],
    exchanges: [{ purpose: 'http/asking: asked' }],
  });
  expect(driven.calls).toEqual(['GET /things?asked=yes', 'GET /things', 'GET /things?asked=yes']);
  expect(driven.sleeps).toHaveLength(1);
  // All of it counts as what the checks ask.
  expect(driven.kinds).toEqual(['checks', 'checks', 'checks']);
});

test.each<[what: string, said: string[], result: string, why: string | undefined]>([
  ['is kept', ['kept'], 'passed', undefined],
  ['is broken once only', ['wrong', 'kept'], 'inconclusive', 'it was seen broken once, and not again'],
  [
    'is broken in two ways',
    ['wrong', 'other'],
    'inconclusive',
    'it was broken in another way when it was asked again',
  ],
  ['is not known again', ['wrong', 'unknown'], 'inconclusive', 'not known'],
  ['is not known', ['unknown'], 'inconclusive', 'not known'],
  ['is none', ['absent'], 'not-applicable', 'there is none'],
])('a promise that %s is no finding', async (_, said, result, why) => {
  const driven = await drive([asking()], saying(...said));
  expect(of(driven)).toEqual({
    results: [{ id: 'http/asking', result, ...(why === undefined ? {} : { why }) }],
    findings: [],
    exchanges: [],
  });
  expect(driven.sleeps).toHaveLength(said[0] === 'wrong' ? 1 : 0);
});

test('a check that asks nothing sees a new answer the second time', async () => {
  const wrong = answer(200, '"wrong"');
  const twice = await drive([looking], () => wrong);
  expect(of(twice)).toMatchObject({ results: [{ result: 'failed' }], findings: [{ exchange: 0 }] });
  expect(of(twice).exchanges).toMatchObject([{ purpose: 'answer/looking: again' }]);
  const once = await drive([looking], (_, before) => (before === 0 ? wrong : answer(200, [])));
  expect(of(once)).toMatchObject({ results: [{ result: 'inconclusive' }], findings: [] });
});

test.each<[what: string, again: Answer | NoAnswer]>([
  ['answers otherwise', answer(503)],
  ['does not answer', silence('ECONNRESET')],
])('a host that %s when it is asked again is not blamed', async (_, again) => {
  const driven = await drive([looking], (__, before) => (before === 0 ? answer(200, '"wrong"') : again));
  expect(of(driven)).toEqual({
    results: [
      {
        id: 'answer/looking',
        result: 'inconclusive',
        why: 'it answered otherwise when it was asked again',
      },
    ],
    findings: [],
    exchanges: [],
  });
});

test('only what the contract promises is an error', async () => {
  const source = { kind: 'standard', ref: 'RFC 9110' } as const;
  const driven = await drive([asking({ source })], saying('wrong'));
  expect(of(driven).findings).toMatchObject([{ severity: 'warning' }]);
});

test('there is a result of every check for every operation', async () => {
  const checks = [asking(), looking, asking({ id: 'http/second', scope: 'host' })];
  const driven = await drive(checks, saying('kept'), ['/things', '/boats', '/trays']);
  expect([...driven.checked.keys()]).toEqual(['GET /things', 'GET /boats', 'GET /trays']);
  for (const { results } of driven.checked.values())
    expect(results.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
});

const OF_HOST = asking({ scope: 'host' });
const PATHS = ['/things', '/boats', '/trays'];
const resultsOf = ({ checked }: Awaited<ReturnType<typeof drive>>) =>
  [...checked.values()].map(({ results }) => results.map(({ result }) => result).join());

test('what the whole host promises is looked at until it was seen kept or broken', async () => {
  const says = (byPath: Record<string, string>): Host => {
    return ({ path }) => {
      const [bare = ''] = path.split('?');
      return answer(200, path.includes('?') ? JSON.stringify(byPath[bare]) : []);
    };
  };
  const kept = await drive(
    [OF_HOST],
    says({ '/things': 'unknown', '/boats': 'kept', '/trays': 'wrong' }),
    PATHS,
  );
  expect(resultsOf(kept)).toEqual(['inconclusive', 'passed', 'not-applicable']);
  expect(kept.calls).toEqual(['GET /things?asked=yes', 'GET /boats?asked=yes']);
  const broken = await drive(
    [OF_HOST],
    says({ '/things': 'absent', '/boats': 'wrong', '/trays': 'wrong' }),
    PATHS,
  );
  expect(resultsOf(broken)).toEqual(['not-applicable', 'failed', 'not-applicable']);
  expect([...broken.checked.values()].flatMap(({ findings }) => findings)).toHaveLength(1);
});

test('what every operation promises is looked at with each', async () => {
  const driven = await drive([asking()], saying('wrong'), PATHS);
  expect(resultsOf(driven)).toEqual(['failed', 'failed', 'failed']);
  expect(driven.sleeps).toHaveLength(1);
});

test('an id of nothing is asked once for all checks that want it', async () => {
  const host: Host = ({ path }) =>
    path.includes('conform-absent') ? answer(404, { fault: 'none' }) : answer(200, { id: 7 });
  const driven = await drive([absentId, problemStatus, internalsShown], host, ['/things/{id}']);
  expect(resultsOf(driven)).toEqual(['passed,not-applicable,passed']);
  expect(driven.calls).toHaveLength(1);
});

test.each([
  ['few', '?limit=1', 99, 20],
  ['no more than the contract allows', '?limit=1', 4, 4],
  ['enough', '?limit=10', 99, 10],
  ['as many as the host likes', '', 99, 30],
])(
  'a list is looked at by a page of several things, where it was asked for %s',
  async (_, query, most, wanted) => {
    const seen: unknown[] = [];
    const counting = check({
      ...looking,
      run: withoutAsking(({ list, body }) => {
        seen.push(list?.itemsOf(body)?.length);
        return passed;
      }),
    });
    const parameters = `[{ name: limit, in: query, schema: { type: integer, maximum: ${most} } }]`;
    const page: Host = ({ url }) => {
      const size = Number(new URL(url).searchParams.get('limit') ?? 30);
      return answer(
        200,
        Array.from({ length: size }, (_, id) => ({ id })),
      );
    };
    const { calls } = await drive([counting], page, ['/things'], { query, parameters });
    expect(seen).toEqual([wanted]);
    expect(calls).toHaveLength(wanted === 20 || wanted === 4 ? 1 : 0);
  },
);

test('where the wider page does not come, the own one is looked at', async () => {
  const parameters = '[{ name: limit, in: query, schema: { type: integer } }]';
  const refusing: Host = ({ url }) => (url.endsWith('limit=1') ? answer(200, ['wrong']) : answer(400, 'no'));
  const seen: unknown[] = [];
  await drive([keeping(seen)], refusing, ['/things'], { query: '?limit=1', parameters });
  expect(seen).toEqual([['wrong']]);
});

/** Asks so many times, each time something else. */
const askingOften = (id: Check['id'], times: number): Check =>
  asking({
    id,
    asks: { atMost: times },
    *run({ request }) {
      for (let number = 0; number < times; number += 1)
        yield request.same('asked', { query: { asked: `${id} ${number}` } });
      return passed;
    },
  });

const endsOf = (driven: Awaited<ReturnType<typeof drive>>, path?: string) =>
  of(driven, path).results.map(({ id, result, code }) => `${id} ${code ?? result}`);

test('what was asked the longest time ago asks first; what is left undone is due the next time', async () => {
  const checks = [askingOften('http/one', 2), askingOften('http/other', 2)];
  const turnOf = (id: string) =>
    id === 'http/one' ? { at: '2026-02-01', tooMuch: false, applies: true } : undefined;
  const driven = await drive(checks, () => answer(200, []), ['/things'], {
    order: { turnOf, isThrifty: true },
    most: 3,
  });
  expect(endsOf(driven)).toEqual(['http/one not-its-turn', 'http/other passed']);
});

test('what has the whole budget and needs more is called so: otherwise it would be first for ever', async () => {
  const checks = [askingOften('http/one', 2), askingOften('http/other', 3)];
  const turnOf = (id: string) =>
    id === 'http/one' ? { at: '2026-02-01', tooMuch: false, applies: true } : undefined;
  const driven = await drive(checks, () => answer(200, []), ['/things'], {
    order: { turnOf, isThrifty: true },
    most: 2,
  });
  expect(endsOf(driven)).toEqual(['http/one not-its-turn', 'http/other too-much']);
});

test('with few records what looks broken is asked again before others use up the budget', async () => {
  const checks = [asking(), askingOften('http/other', 9)];
  const driven = await drive(checks, saying('wrong'), ['/things'], {
    order: { turnOf: NO_TURNS, isThrifty: true },
    most: 5,
  });
  expect(endsOf(driven)).toEqual(['http/asking failed', 'http/other not-its-turn']);
});

test('who comes first may use the whole budget, and is the only one that needs more than it', async () => {
  const driven = await drive([askingOften('http/one', 3)], () => answer(200, []), PATHS, { most: 2 });
  expect(PATHS.map((path) => endsOf(driven, path).join())).toEqual([
    ...['http/one too-much', 'http/one not-its-turn', 'http/one not-its-turn'],
  ]);
  expect(driven.calls).toEqual([...['GET /things?asked=http%2Fone%200', 'GET /things?asked=http%2Fone%201']]);
});

test('what an operation may be asked is too little for who asks it first, and not for who comes later', async () => {
  const checks = [askingOften('http/one', 1), askingOften('http/other', 2)];
  const driven = await drive(checks, () => answer(200, []), ['/things', '/boats'], {
    ...{ most: 1, refusal: { code: 'checks-of-operation', most: 1 } },
  });
  expect(endsOf(driven, '/things')).toEqual(['http/one passed', 'http/other not-its-turn']);
  expect(endsOf(driven, '/boats')).toEqual(['http/one too-much', 'http/other too-much']);
});

test('what is not sent for another reason than the budget has no turn to wait for', async () => {
  const driven = await drive([askingOften('http/one', 1)], () => answer(200, []), ['/things'], {
    ...{ most: 0, refusal: { code: 'elsewhere' } },
  });
  expect(of(driven).results).toEqual([
    { id: 'http/one', result: 'inconclusive', why: 'it does not go to the address of the target' },
  ]);
});

test('where the run is stopped nothing is known', async () => {
  const driven = await drive([askingOften('http/one', 1)], () => answer(200, []), ['/things'], {
    isStopped: true,
  });
  expect(of(driven).results).toEqual([
    { id: 'http/one', result: 'inconclusive', why: 'the run was stopped' },
  ]);
  expect(driven.calls).toEqual([]);
});

test.each<[what: string, check: Check, most: number]>([
  ['the answer that there is', looking, 0],
  ['the operation', asking(), 1],
  ['its own question', asking(), 2],
])(
  'where the budget ends before %s is asked again, the check has its turn another time',
  async (_, check, most) => {
    const host: Host = ({ path }) => answer(200, path.includes('?') || check === looking ? '"wrong"' : []);
    const driven = await drive([check], host, ['/things'], { most });
    expect(of(driven)).toMatchObject({
      results: [{ id: check.id, result: 'inconclusive', code: 'not-its-turn' }],
      ...{ findings: [], exchanges: [] },
    });
  },
);

test('results are in the order of the checks, whatever was due first', async () => {
  const ids = ['http/one', 'http/second', 'http/third'] as const;
  const checks = ids.map((id) => askingOften(id, 1));
  const turnOf = (id: string) => ({
    at: `2026-02-0${9 - ids.findIndex((one) => one === id)}`,
    tooMuch: false,
    applies: true,
  });
  const order = { turnOf, isThrifty: true };
  const driven = await drive(checks, () => answer(200, []), ['/things'], { order });
  expect(driven.calls).toEqual(
    ids.toReversed().map((id) => `GET /things?asked=${encodeURIComponent(id)}%200`),
  );
  expect(of(driven).results.map(({ id }) => id)).toEqual(ids);
});

test('with few records the wider page of a list is asked for by the checks of lists only', async () => {
  const parameters = '[{ name: limit, in: query, schema: { type: integer } }]';
  const order = { turnOf: NO_TURNS, isThrifty: true };
  const callsFor = async (id: Check['id']) =>
    (
      await drive([{ ...looking, id }], () => answer(200, [{ id: 1 }]), ['/things'], {
        ...{ query: '?limit=1', parameters, order },
      })
    ).calls;
  expect(await callsFor('list/looking')).toEqual(['GET /things?limit=5']);
  expect(await callsFor('answer/looking')).toEqual([]);
});

test('without a check no wider page is asked for', async () => {
  const parameters = '[{ name: limit, in: query, schema: { type: integer } }]';
  const setting = { query: '?limit=1', parameters };
  expect((await drive([], () => answer(200, [{ id: 1 }]), ['/things'], setting)).calls).toEqual([]);
});

test('what other requests of the run have shown is shown by those, beside what the check has asked', async () => {
  const check: Check = {
    ...asking(),
    *run({ request, own }) {
      yield request.same('asked', { query: { asked: 'yes' } });
      const at = { seen: [{ ...own, exchange: { ...own.exchange, purpose: 'seen before' } }] };
      return {
        kind: 'failed',
        broken: [
          { code: 'wrong', facts: {} },
          { code: 'other', facts: {}, at },
        ],
      };
    },
  };
  const driven = await drive([check], saying('any'));
  expect(of(driven)).toMatchObject({
    results: [{ result: 'failed' }],
    findings: [
      { code: 'wrong', exchange: 0 },
      { code: 'other', exchange: 1 },
    ],
    exchanges: [{ purpose: 'http/asking: asked' }, { purpose: 'http/asking: seen before' }],
  });
});

test('one pause is enough for all that looks broken, and none is made where nothing does', async () => {
  const checks = [asking(), asking({ id: 'http/second' })];
  expect((await drive(checks, saying('wrong'))).sleeps).toHaveLength(1);
  const order = { turnOf: NO_TURNS, isThrifty: true };
  expect((await drive(checks, saying('kept'), ['/things'], { order })).sleeps).toEqual([]);
  expect((await drive(checks, saying('wrong'), ['/things'], { order })).sleeps).toHaveLength(2);
});

test('what only other requests of the run have shown is shown by those alone', async () => {
  const check: Check = {
    ...asking(),
    *run({ request, own }) {
      yield request.same('asked', { query: { asked: 'yes' } });
      return { kind: 'failed', broken: [{ code: 'wrong', facts: {}, at: { seen: [own] } }] };
    },
  };
  expect(of(await drive([check], saying('any'))).exchanges).toHaveLength(1);
});

const LIMITED = '[{ name: limit, in: query, schema: { type: integer, maximum: 4 } }]';

test('a page that is as wide as may be, or whose wider one does not come, is looked at as it is', async () => {
  const seen: unknown[] = [];
  const host: Host = ({ url }) =>
    url.endsWith('limit=4') ? silence('ECONNRESET') : answer(200, [{ id: 1 }]);
  const narrow = await drive([keeping(seen)], host, ['/things'], { query: '?limit=1', parameters: LIMITED });
  expect([narrow.calls, seen]).toEqual([['GET /things?limit=4'], [[{ id: 1 }]]]);
  const full: Host = () => answer(200, [{ id: 1 }]);
  const wide = await drive([keeping(seen)], full, ['/things'], { query: '?limit=4', parameters: LIMITED });
  expect(wide.calls).toEqual([]);
});

test('checks that look at another read see its wider page', async () => {
  const seen: Record<string, unknown> = {};
  const looksAround = check({
    ...looking,
    run: withoutAsking(({ operation, host }) => {
      seen[operation.path] = [...(host.reads ?? [])].map(([id, { list, body }]) => [
        id,
        list?.itemsOf(body)?.length,
      ]);
      return passed;
    }),
  });
  const page: Host = ({ url }) =>
    answer(
      200,
      Array.from({ length: Number(new URL(url).searchParams.get('limit')) }, (_, id) => ({ id })),
    );
  const paths = ['/things', '/boats'];
  await drive([looksAround], page, paths, { query: '?limit=1', parameters: LIMITED, isShared: true });
  const wide = [
    ['GET /things', 4],
    ['GET /boats', 4],
  ];
  expect(seen).toEqual({ '/things': wide, '/boats': wide });
});
