import { expect, test, vi } from 'vitest';
import { systemChance } from '../chance.js';
import { createPseudonyms } from '../exchange/pseudonyms.js';
import { createAbsentIds } from '../session/absent-ids.js';
import type { Json } from '../json.js';
import type { Answer, NoAnswer } from '../targets/reply.js';
import { answer, contractOf, converseWith, silence, type Sent } from '../testing/host.js';
import { check, passed, type Check } from './check.js';
import { driveChecks } from './drive-checks.js';
import { certainViolations } from './extra-violations.js';
import { absentId } from './read/absent-id.js';
import type { Change } from './request.js';
import { subjectOf, type Subject } from './subject.js';

const LIST = `{ type: array, items: { type: object, required: [id] } }`;
const JSON_OF = (schema: string) => `content: { application/json: { schema: ${schema} } }`;
const ERROR = JSON_OF('{ type: object, required: [message] }');

/** The list of things, and one of them, with these responses besides the success. */
const pathsOf = (others: string) => `
/things:
  get:
    responses:
      '200': { description: ok, ${JSON_OF(LIST)} }
      ${others}
/things/{id}:
  get:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    responses:
      '200': { description: ok, ${JSON_OF('{ type: object, required: [id] }')} }
      ${others}
`;

const HTML = { 'content-type': 'text/html' };
const THING = { id: 'a1' };

/** A check that asks one thing and finds nothing wrong. */
const asking = (change: Change): Check =>
  check({
    id: 'list/asking',
    promise: 'It asks.',
    source: { kind: 'practice', ref: 'this test' },
    since: '0.1.0',
    severity: 'warning',
    asks: { atMost: 1 },
    messages: { never: () => 'never' },
    *run({ request, operation }) {
      if (operation.path === '/things') yield request.same('asked', change);
      return passed;
    },
  });

const EMPTY = asking({ query: { name: 'nobody' } });

/** What is found where things are read, and then asked otherwise by a check. */
async function findingsOf(
  checks: readonly Check[],
  host: (sent: Sent, before: number) => Answer | NoAnswer,
  others = '',
  list: Json = [THING],
  most = Infinity,
) {
  const contract = contractOf(pathsOf(others));
  const asked: string[] = [];
  const conversation = converseWith((sent) => {
    const what = `${sent.method} ${sent.path}`;
    const before = asked.filter((one) => one === what).length;
    asked.push(what);
    if (what === 'GET /things' && before === 0) return answer(200, list);
    return what === 'GET /things/a1' && before === 0 ? answer(200, THING) : host(sent, before);
  });
  const shared = {
    ...{ contract, absent: createAbsentIds(systemChance), chance: systemChance },
    ...{ pseudonyms: createPseudonyms(), takesCredentials: () => true },
    whyNotAs: () => 'nobody has named one',
  };
  const subjects: Subject[] = [];
  for (const operation of contract.operations) {
    const url = `https://api.shop.example${operation.path.replace('{id}', 'a1')}`;
    const request = { method: 'GET', url, headers: { accept: 'application/json' } };
    const probe = { operation: operation.id, role: 'operation' as const, shown: url, request };
    const own = await conversation.ask(probe, { token: 'valid', repeatable: true });
    if ('withheld' in own || own.reply.kind !== 'answer') throw new Error('the host did not answer');
    subjects.push(subjectOf({ operation, probe, token: 'valid' }, { ...own, reply: own.reply }, shared));
  }
  conversation.sent.length = 0;
  const sleep = vi.fn(() => Promise.resolve());
  let left = most;
  const ask: typeof conversation.ask = (probe, options) => {
    left -= 1;
    if (left >= 0) return conversation.ask(probe, options);
    return Promise.resolve({ withheld: { code: 'budget', kind: 'checks' } });
  };
  const checked = await driveChecks(subjects, checks, {
    ...{ conversation: { ...conversation, ask }, clock: { sleep } },
    ...{ signal: new AbortController().signal, concurrency: 2 },
  });
  return {
    found: [...checked].flatMap(([id, { findings }]) =>
      findings.map(({ check: name, code, pointer = '' }) => `${id}: ${name} ${code} ${pointer}`.trim()),
    ),
    checked,
    calls: conversation.calls(),
    kinds: conversation.sent.map(({ kind }) => kind),
    sleeps: sleep.mock.calls.length,
  };
}

test('an empty list that is sent as a page is found, where JSON is described', async () => {
  const { found, checked, calls, kinds, sleeps } = await findingsOf([EMPTY], () => answer(200, '[]', HTML));
  expect(found).toEqual(['GET /things: answer/content-type not-documented']);
  expect(calls).toEqual(['GET /things?name=nobody', 'GET /things?name=nobody']);
  // It is asked for again after a pause, and counted as what the checks ask.
  expect([kinds, sleeps]).toEqual([['checks', 'checks'], 1]);
  const list = checked.get('GET /things');
  expect(list?.findings).toMatchObject([{ severity: 'error', exchange: 0 }]);
  expect(list?.exchanges).toMatchObject([{ purpose: 'answer/content-type: asked' }]);
  expect(list?.results).toEqual([
    { id: 'list/asking', result: 'passed' },
    { id: 'answer/content-type', result: 'failed' },
  ]);
});

test('a success that nobody documented is found', async () => {
  const { found } = await findingsOf([EMPTY], () => answer(204));
  expect(found).toEqual(['GET /things: answer/documented-status not-documented']);
});

test('what is seen once only is not found', async () => {
  const host = (_: Sent, before: number) => (before === 0 ? answer(200, '[]', HTML) : answer(200, []));
  const { found, checked } = await findingsOf([EMPTY], host);
  expect(found).toEqual([]);
  expect(checked.get('GET /things')?.results).toContainEqual({
    ...{ id: 'answer/content-type', result: 'inconclusive' },
    why: 'it was seen broken once, and not again',
  });
});

test('what is seen twice has the place of the answer that is kept', async () => {
  const schema = '{ type: object, properties: { errors: { type: array, items: { required: [message] } } } }';
  const others = `'404': { description: none, ${JSON_OF(schema)} }`;
  const [wrong, right] = [{}, { message: 'no' }];
  const host = (_: Sent, before: number) =>
    answer(404, { errors: before === 0 ? [right, wrong] : [wrong, right] });
  const { found } = await findingsOf([EMPTY], host, others);
  expect(found).toEqual(['GET /things: answer/body-schema required /errors/0']);
});

test.each<[what: string, others: string, reply: Answer, codes: string[]]>([
  ['an error of another form', `'404': { description: none, ${ERROR} }`, answer(404, {}), ['required']],
  [
    'an error as a page',
    `'404': { description: none, ${ERROR} }`,
    answer(404, '-', HTML),
    ['not-documented'],
  ],
  ['an error of a class', `4XX: { description: none, ${ERROR} }`, answer(404, {}), ['required']],
  ['an error of the rest', `default: { description: none, ${ERROR} }`, answer(404, {}), ['required']],
  ['an error of the host', `'500': { description: no, ${ERROR} }`, answer(500, {}), ['required']],
  ['an error as described', `'404': { description: none, ${ERROR} }`, answer(404, { message: 'no' }), []],
  ['an error that nobody describes', '', answer(404, {}), []],
  ['a wrong request', `default: { description: no, ${ERROR} }`, answer(400, {}), ['required']],
  ['a fault of the host', `default: { description: no, ${ERROR} }`, answer(500, {}), []],
  ['too many requests', `default: { description: no, ${ERROR} }`, answer(429, '-', HTML), []],
  ['no credentials', `4XX: { description: no, ${ERROR} }`, answer(401, '-', HTML), []],
  ['no permission', `4XX: { description: no, ${ERROR} }`, answer(403, '-', HTML), []],
  ['a gateway', `default: { description: no, ${ERROR} }`, answer(502, '-', HTML), []],
  ['a redirect', `default: { description: no, ${ERROR} }`, answer(302, '-', HTML), []],
  ['an answer that is cut off', '', answer(200, '[{"i', {}, 'cut off'), []],
])('of what a check hears, %s: what is described holds', async (_, others, reply, codes) => {
  const { checked } = await findingsOf([EMPTY], () => reply, others);
  const findings = [...checked.values()].flatMap((one) => one.findings);
  expect(findings.map(({ code }) => code)).toEqual(codes);
});

test('an error for an id of nothing is held to its description', async () => {
  const { found } = await findingsOf(
    [absentId],
    () => answer(404, {}),
    `'404': { description: none, ${ERROR} }`,
  );
  expect(found).toEqual(['GET /things/{id}: answer/body-schema required']);
});

test.each<[what: string, change: Change]>([
  ['with other headers', { headers: { accept: 'text/html' } }],
  ['without credentials', { token: 'none' }],
  ['by another method', { method: 'HEAD' }],
  ['with one more header', { headers: { 'x-more': '1' } }],
  ['with the scheme in small letters', { smallScheme: true }],
])('who asks %s may be answered otherwise', async (_, change) => {
  expect((await findingsOf([asking(change)], () => answer(200, '[]', HTML))).found).toEqual([]);
});

test('a thing that is read from a list is held to the description of the read', async () => {
  const below = asking({ below: { sent: 'b2', shown: 'b2' }, operation: 'GET /things/{id}' });
  const { found } = await findingsOf([below], () => answer(200, {}));
  expect(found).toEqual(['GET /things/{id}: answer/body-schema required']);
});

test('a path of another form is none of the operation', async () => {
  const below = asking({ below: { sent: 'b2', shown: 'b2' } });
  expect((await findingsOf([below], () => answer(200, {}))).found).toEqual([]);
});

test('what several answers break in the same way is found once', async () => {
  const checks = [EMPTY, asking({ query: { name: 'all' } })];
  const { found, calls } = await findingsOf(checks, () => answer(200, [{}, {}]));
  expect(found).toEqual(['GET /things: answer/body-schema required /0']);
  expect(calls).toHaveLength(checks.length + 1);
});

test('what the own answer breaks as well is not found once more', async () => {
  const { found, calls } = await findingsOf([EMPTY], () => answer(200, [{}, {}]), '', [{}]);
  expect([found, calls.length]).toEqual([[], 1]);
});

test('of one operation so many answers are asked for again, and no more', async () => {
  const statuses = [201, 202, 203, 204, 205, 206];
  const checks = statuses.map((status) => asking({ query: { status: String(status) } }));
  const host = ({ path }: Sent) => answer(Number(path.slice(-3)), [THING]);
  const { found, calls } = await findingsOf(checks, host);
  expect([found.length, calls.length]).toEqual([4, statuses.length + 4]);
});

test('what brings no answer breaks nothing', async () => {
  const others = `default: { description: no, ${ERROR} }`;
  const { found, calls } = await findingsOf([EMPTY], () => silence('ECONNRESET'), others);
  expect([found, calls.length]).toEqual([[], 1]);
});

test.each<[what: string, again: Answer | NoAnswer]>([
  ['with another status', answer(203, '[]', HTML)],
  ['not at all', silence('ECONNRESET')],
])('what is answered %s the second time is not found', async (_, again) => {
  const host = (__: Sent, before: number) => (before === 0 ? answer(200, '[]', HTML) : again);
  const { found, checked } = await findingsOf([EMPTY], host);
  expect(found).toEqual([]);
  expect(checked.get('GET /things')).toMatchObject({
    results: [{ result: 'passed' }, { id: 'answer/content-type', result: 'inconclusive' }],
    exchanges: [],
  });
});

test('of what broke in several ways only what broke again is found', async () => {
  const [both, one] = [[{}, { id: 1, name: 7 }], [{}]];
  const typed = JSON_OF(
    '{ type: array, items: { type: object, required: [id], properties: { name: { type: string } } } }',
  );
  const others = `'203': { description: other, ${typed} }`;
  const host = (_: Sent, before: number) => answer(203, before === 0 ? both : one);
  const { found, checked } = await findingsOf([EMPTY], host, others);
  expect(found).toEqual(['GET /things: answer/body-schema required /0']);
  expect(checked.get('GET /things')?.results.filter(({ id }) => id === 'answer/body-schema')).toEqual([
    { id: 'answer/body-schema', result: 'failed' },
  ]);
});

test('each operation has so many answers that are asked for again', async () => {
  const statuses = [201, 202, 203];
  const checks = statuses.flatMap((status) => [
    asking({ query: { status: String(status) } }),
    asking({
      ...{ below: { sent: `b${status}`, shown: 'b' }, operation: 'GET /things/{id}' },
    }),
  ]);
  const host = ({ path }: Sent) => answer(Number(path.slice(-3)), path.includes('?') ? [THING] : THING);
  const { found } = await findingsOf(checks, host);
  expect(found).toHaveLength(2 * statuses.length);
});

test('whoever asks with an Authorization of its own, or another host, may be answered otherwise', async () => {
  const elsewhere = converseWith(() => answer(200, '[]', HTML));
  for (const given of [{ authorization: 'Basic eDp5' }, { of: elsewhere }]) {
    const check: Check = {
      ...EMPTY,
      *run({ request, operation }) {
        if (operation.path === '/things')
          yield { ...request.same('asked', { query: { name: 'a' } }), ...given };
        return passed;
      },
    };
    expect((await findingsOf([check], () => answer(200, '[]', HTML))).found).toEqual([]);
  }
});

test.each<[responses: string, reply: Answer, codes: string[]]>([
  [`default: { description: no, ${ERROR} }`, answer(404, {}), []],
  [`default: { description: no, ${ERROR} }`, answer(200, {}), ['required']],
  [`2XX: { description: ok }, default: { description: no, ${ERROR} }`, answer(404, {}), ['required']],
  [`'200': { description: ok }, default: { description: no, ${ERROR} }`, answer(404, {}), ['required']],
  [`'200': { description: ok }, 5XX: { description: no, ${ERROR} }`, answer(404, {}), []],
  [`'404': { description: no, ${ERROR} }`, answer(404, {}), ['required']],
])('of an operation with the responses %s', (responses, reply, codes) => {
  const contract = contractOf(`/things: { get: { responses: { ${responses} } } }`);
  const [operation] = contract.operations;
  if (!operation) throw new Error('there is no operation');
  const found = certainViolations(operation, reply, contract.validators.answer);
  expect(found.map(({ code }) => code)).toEqual(codes);
});

test('what cannot be asked for again is not known', async () => {
  const { found, checked } = await findingsOf([EMPTY], () => answer(200, '[]', HTML), '', [THING], 1);
  expect(found).toEqual([]);
  expect(checked.get('GET /things')?.results).toContainEqual({
    ...{ id: 'answer/content-type', result: 'inconclusive' },
    why: 'the budget of the run for checks is used up',
  });
});

const TOTAL = `'203': { description: other, headers: { x-total: { required: true, schema: { type: integer } } }, ${JSON_OF(LIST)} }`;

test('what is broken in the same way with another status is another thing', async () => {
  const host = (_: Sent, before: number) =>
    before === 0 ? answer(200, '[]', HTML) : answer(203, '[]', { ...HTML, 'x-total': '0' });
  expect((await findingsOf([EMPTY], host, TOTAL)).found).toEqual([]);
});

test('each check that an answer breaks is broken, and each only where it is broken again', async () => {
  const [both, one] = [answer(203, [{}]), answer(203, [{}], { 'x-total': '1' })];
  const all = await findingsOf([EMPTY], () => both, TOTAL);
  expect(all.checked.get('GET /things')).toMatchObject({
    findings: [{ check: 'answer/response-headers' }, { check: 'answer/body-schema' }],
    exchanges: [{ purpose: 'answer/response-headers, answer/body-schema: asked' }],
  });
  const some = await findingsOf([EMPTY], (_, before) => (before === 0 ? both : one), TOTAL);
  expect(
    some.checked
      .get('GET /things')
      ?.results.slice(1)
      .map(({ id, result }) => `${id} ${result}`),
  ).toEqual([...['answer/response-headers inconclusive', 'answer/body-schema failed']]);
});
