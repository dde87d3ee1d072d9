import { expect, test } from 'vitest';
import { NotApplicable } from '../drive/drive.js';
import type { SeenReply } from '../drive/seen.js';
import type { Json } from '../json.js';
import { answer, contractOf, exchangeOf, seenOf, silence } from '../testing/host.js';
import { changedOf, heard, lifeOf } from '../testing/life.js';
import { PROMISE } from '../testing/promise.js';
import { findingKey } from './finding-key.js';
import { looksBroken, settleLife, type LifeRules } from './judge-life.js';
import { lifeCheck, type Changed, type Life, type LifeCheck, type LifeResult } from './life.js';

const COMMON = {
  ...PROMISE,
  asks: { atMost: 0 },
  messages: { wrong: () => 'it is wrong', other: () => 'it is broken otherwise' },
} as const;
const NOT_AGAIN = 'it was seen broken once, and not again';

const CONTRACT = contractOf(`
/boats:
  get: { responses: { '200': { description: d, content: { application/json: { schema: { type: array } } } } } }
  post: {}
/trays:
  get: { responses: { '200': { description: d, content: { application/json: { schema: { type: array } } } } } }
`);
const LIST = CONTRACT.operations.find(({ id }) => id === 'GET /boats');

const rulesOf = (checks: readonly LifeCheck[], known: readonly string[] = []): LifeRules => ({
  checks,
  validator: CONTRACT.validators.answer,
  known: (operation) => new Set(operation === 'GET /boats' ? known : []),
});

type Came = LifeResult | NotApplicable;
type Code = 'wrong' | 'other';

/** A check that finds a life as it is said of it, by how it was created. */
const saying = (of: 'creation' | 'removal', came: (life: Life) => Came): LifeCheck =>
  lifeCheck({ id: `state/${of}`, ...COMMON, of, judge: came });

const PASSED: Came = { kind: 'passed' };
const broken = (code: Code, pointer?: string, at: readonly SeenReply[] = [heard(201)]): Came => ({
  kind: 'failed',
  broken: [{ code, facts: {}, ...(pointer === undefined ? {} : { pointer }) }],
  at,
});

/** What comes of two lives that a check of the creation finds so. */
function settled(first: Came, second?: Came) {
  const [one, other] = [lifeOf(), lifeOf()];
  const check = saying('creation', (life) => (life === one ? first : (second ?? PASSED)));
  return settleLife(rulesOf([check]), one, second === undefined ? undefined : other).get('POST /boats');
}

test.each<[what: string, first: Came, result: object]>([
  ['is kept', PASSED, { result: 'passed' }],
  ['is not known', { kind: 'inconclusive', why: 'no answer' }, { result: 'inconclusive', why: 'no answer' }],
  ['is none', new NotApplicable('there is none'), { result: 'not-applicable', why: 'there is none' }],
])('a promise that %s needs no second life', (_, first, result) => {
  expect(settled(first)).toEqual({
    results: [{ id: 'state/creation', ...result }],
    findings: [],
    exchanges: [],
  });
  // What the second life shows does not matter then.
  expect(settled(first, broken('wrong'))?.results).toEqual([{ id: 'state/creation', ...result }]);
});

test('what is broken in the same way in two lives is a finding, shown by the second', () => {
  const shown = [exchangeOf({ purpose: 'created' }), exchangeOf({ purpose: 'read' })].map((one) =>
    seenOf(one),
  );
  expect(settled(broken('wrong', '/name'), broken('wrong', '/name', shown))).toMatchObject({
    results: [{ id: 'state/creation', result: 'failed' }],
    findings: [{ check: 'state/creation', code: 'wrong', pointer: '/name', exchange: 1 }],
    exchanges: [{ purpose: 'state/creation: created' }, { purpose: 'state/creation: read' }],
  });
});

test.each<[what: string, second: Came | undefined, why: string]>([
  [
    'could not be lived',
    undefined,
    'it was seen broken once, and no second record could be created to see it again',
  ],
  ['keeps it', PASSED, NOT_AGAIN],
  ['does not know', { kind: 'inconclusive', why: 'no answer' }, NOT_AGAIN],
  ['breaks it otherwise', broken('other', '/name'), 'it was broken in another way the second time'],
  ['breaks it elsewhere', broken('wrong', '/length'), 'it was broken in another way the second time'],
  ['breaks it nowhere', broken('wrong'), 'it was broken in another way the second time'],
])('where the second life %s, it is not known', (_, second, why) => {
  expect(settled(broken('wrong', '/name'), second)).toEqual({
    ...{ results: [{ id: 'state/creation', result: 'inconclusive', why }], findings: [], exchanges: [] },
  });
});

test('each check is about its operation, and a check of changes about each of them', () => {
  const changes = [changedOf('PUT'), changedOf('PATCH')];
  const ofChanges = lifeCheck({
    ...{ id: 'state/change', ...COMMON, of: 'change' },
    judge: (change: Changed): Came =>
      change.operation.method === 'PUT' ? PASSED : new NotApplicable('it is no replacement'),
  });
  const checks = [saying('creation', () => PASSED), saying('removal', () => PASSED), ofChanges];
  const idsOf = (life: Life) =>
    [...settleLife(rulesOf(checks), life, undefined)].map(([id, { results }]) => [
      id,
      results.map(({ id: check, result }) => `${check} ${result}`),
    ]);
  expect(idsOf(lifeOf({ changes }))).toEqual([
    ['POST /boats', ['state/creation passed']],
    ['DELETE /boats/{boat_id}', ['state/removal passed']],
    ['PUT /boats/{boat_id}', ['state/change passed']],
    ['PATCH /boats/{boat_id}', ['state/change not-applicable']],
  ]);
  expect(idsOf(lifeOf({ remover: undefined }))).toEqual([['POST /boats', ['state/creation passed']]]);
});

test('a change is compared with the change by the same operation in the second life', () => {
  const judge = lifeCheck({
    ...{ id: 'state/change', ...COMMON, of: 'change' },
    judge: ({ operation: { method }, stale }: Changed): Came =>
      stale === undefined ? PASSED : broken(method === 'PUT' ? 'wrong' : 'other'),
  });
  const stale = heard(200);
  const first = lifeOf({ changes: [changedOf('PUT', { stale }), changedOf('PATCH', { stale })] });
  const second = lifeOf({ changes: [changedOf('PUT'), changedOf('PATCH', { stale })] });
  const results = [...settleLife(rulesOf([judge]), first, second).values()].map(
    (one) => one.results[0]?.result,
  );
  expect(results).toEqual(['inconclusive', 'failed']);
});

/** A life in which the list was read with this answer. */
const listing = (body: Json | undefined): Life => {
  if (!LIST) throw new Error('there is no list');
  const reply = body === undefined ? silence('ECONNRESET') : answer(200, body);
  return lifeOf({
    reads: [{ operation: LIST, heard: seenOf(exchangeOf({ purpose: 'listed' }), { reply }) }],
  });
};

test('what a read of both lives breaks of its description is a finding of the read', () => {
  const found = settleLife(rulesOf([]), listing({}), listing({}));
  expect(Object.fromEntries(found)).toMatchObject({
    'GET /boats': {
      results: [],
      findings: [{ check: 'answer/body-schema', code: 'type', exchange: 0 }],
      exchanges: [{ purpose: 'listed' }],
    },
  });
});

test('what only one of them breaks, or what is known already, is none', () => {
  expect(settleLife(rulesOf([]), listing({}), listing([])).size).toBe(0);
  expect(settleLife(rulesOf([]), listing([]), listing({})).size).toBe(0);
  expect(settleLife(rulesOf([]), listing({}), undefined).size).toBe(0);
  const [finding] = settleLife(rulesOf([]), listing({}), listing({})).get('GET /boats')?.findings ?? [];
  const known = finding ? [findingKey(finding)] : [];
  expect(settleLife(rulesOf([], known), listing({}), listing({})).size).toBe(0);
});

test.each<[what: string, life: Life, came: Came, looks: boolean]>([
  ['everything is kept', listing([]), PASSED, false],
  ['nothing is known', listing(undefined), { kind: 'inconclusive', why: 'no answer' }, false],
  ['it is not about it', listing([]), new NotApplicable('there is none'), false],
  ['a promise is broken', listing([]), broken('wrong'), true],
  ['a read breaks its description', listing({}), PASSED, true],
])('a second life is needed where %s: %s', (_, life, came, looks) => {
  expect(looksBroken(rulesOf([saying('creation', () => came)]), life)).toBe(looks);
});

test('each of several checks is compared with itself in the second life', () => {
  const [one, other] = [lifeOf(), lifeOf()];
  const [often, once] = [
    saying('creation', () => broken('wrong')),
    { ...saying('creation', (life) => (life === one ? broken('wrong') : PASSED)), id: 'state/once' as const },
  ];
  const results = (checks: readonly LifeCheck[]) =>
    settleLife(rulesOf(checks), one, other)
      .get('POST /boats')
      ?.results.map(({ id, result }) => `${id} ${result}`);
  expect(results([often, once])).toEqual(['state/creation failed', 'state/once inconclusive']);
  expect(results([once, often])).toEqual(['state/once inconclusive', 'state/creation failed']);
  expect(looksBroken(rulesOf([once, saying('creation', () => PASSED)]), one)).toBe(true);
});

test('what reads of several operations break is found for each', () => {
  const trays = CONTRACT.operations.find(({ id }) => id === 'GET /trays');
  if (!trays || !LIST) throw new Error('there is no list');
  const wrong = () => seenOf(exchangeOf(), { reply: answer(200, {}) });
  const life = () =>
    lifeOf({
      reads: [
        { operation: LIST, heard: wrong() },
        { operation: trays, heard: wrong() },
      ],
    });
  expect([...settleLife(rulesOf([]), life(), life()).keys()]).toEqual(['GET /boats', 'GET /trays']);
});
