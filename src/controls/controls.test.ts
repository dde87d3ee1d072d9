import { describe, expect, test } from 'vitest';
import { createDriver } from '../drive/drive.js';
import type { Seen } from '../drive/seen.js';
import { createAbsentIds } from '../session/absent-ids.js';
import type { Identity } from '../session/effect.js';
import type { Answer } from '../targets/reply.js';
import { answer, contractOf, converseWith, exchangeOf, seenOf, silence, type Sent } from '../testing/host.js';
import { baseUrl, otherBasesOf } from './base-url.js';
import { calibration } from './calibration.js';
import { compare, referenceOf } from './compare.js';
import type { Control } from './control.js';
import { guardOrder } from './guard-order.js';
import { hostRoot } from './host-root.js';
import { knownBadValue } from './known-bad-value.js';
import { knownGood, knownGoodWithBadToken } from './known-good.js';
import { otherHost } from './other-host.js';
import { isConclusive, otherMethod } from './other-method.js';
import { otherSpelling } from './other-spelling.js';
import type { AskedOperation, HostSubject, OperationSubject } from './subject.js';
import { ALL_ROUTED } from './unknown-pair.js';
import { unknownPath, unknownRoot } from './unknown-path.js';
import { withoutToken } from './without-token.js';

const ORIGIN = 'https://api.shop.example';
const BASE = `${ORIGIN}/v1`;
const READ = 'GET /items';
/** A contract of which every path may be one of an operation. */
const EVERY_PATH = '/{a}: { get: {} }\n/{a}/{b}: { get: {} }\n/{a}/{b}/{c}: { get: {} }\n';

type Says = (sent: Sent) => Answer;

/** What a host says to paths that it has, and `404` to all others. */
const has =
  (paths: Record<string, Answer | Says>): Says =>
  (sent) => {
    const found = paths[sent.path];
    return typeof found === 'function' ? found(sent) : (found ?? answer(404, 'no route'));
  };

const ITEMS = answer(200, [{ id: 'a' }]);
const REFUSED = answer(401, 'who are you?');

interface Given {
  base?: string;
  /** What was asked before, each with the token that it was asked with. */
  asked?: readonly (readonly [id: string, token: Identity])[];
  /** What another host says, and the same host below other base URLs. */
  elsewhere?: Says;
  host?: Partial<HostSubject>;
  otherBases?: readonly string[];
}

/** A host that says this, with all that was asked of it. */
async function on(paths: string, says: Says, { base = BASE, asked: ids = [], ...given }: Given = {}) {
  const conversation = converseWith(says);
  const elsewhere = converseWith(given.elsewhere ?? says);
  const { operations } = contractOf(paths);
  let drawn = 0;
  const absent = createAbsentIds((bytes) => {
    drawn += 1;
    return drawn.toString(16).padStart(2 * bytes, '0');
  });
  const asked: AskedOperation[] = [];
  for (const [id, token] of ids) {
    const operation = operations.find((one) => one.id === id);
    if (!operation) throw new Error(`no operation ${id}`);
    const { method, path } = operation;
    const url = base + path.replaceAll(/\{[^}]+\}/g, 'a');
    const request = { method, url, headers: { accept: 'application/fhir+json', 'x-agency': 'a' } };
    const probe = { operation: id, role: 'operation', request, shown: base + path } as const;
    const came = await conversation.ask(probe, { token, repeatable: true });
    if ('withheld' in came) throw new Error('nothing is withheld here');
    asked.push({ operation, probe, token, answer: came, isToken: false });
  }
  conversation.sent.length = 0;
  const host: HostSubject = {
    ...{ baseUrl: base, operations, asked, absent, unknown: ['__absent_one', '__absent_two'] },
    takesCredentials: ({ secured }) => secured,
    refusalSeen: () => true,
    otherHost: undefined,
    otherBases: (given.otherBases ?? []).map((one) => ({ baseUrl: one, conversation: elsewhere })),
    ...given.host,
  };
  const drive = async <Subject, Result>(control: Control<Subject, Result>, subject: Subject) => {
    const came = await createDriver(conversation, new AbortController().signal).drive(control, subject);
    if (came.kind === 'not-done') throw new Error('the control was not done');
    return came.kind === 'done' ? came.result : came.why;
  };
  const [first] = asked;
  return {
    ...{ host, conversation, elsewhere },
    /** What came of a control of the host, or why it is not for it. */
    ofHost: <Result>(control: Control<HostSubject, Result>) => drive(control, host),
    /** The same of the first operation that was asked. */
    ofFirst: <Result>(control: Control<OperationSubject, Result>) => {
      if (!first) throw new Error('no operation was asked');
      return drive(control, { ...first, host });
    },
  };
}

/** What was sent, as one line for each: method, path, token. */
const lines = (sent: readonly Sent[]) => sent.map(({ method, path, token }) => `${method} ${path} ${token}`);

describe('two answers', () => {
  const seen = (exact: string, loose: string, status = 404): Seen =>
    seenOf(exchangeOf({ status }), { digest: { exact, loose } });

  test.each([
    ['exact', seen('a', 'a'), seen('a', 'a')],
    ['loose', seen('a', 'a'), seen('b', 'a')],
    ['no', seen('a', 'a'), seen('b', 'b')],
  ] as const)('to the same question agree: %s', (steady, one, again) => {
    expect(referenceOf(one, again)).toEqual({ seen: one, steady });
  });

  test.each([
    ['same', 'exact', seen('a', 'a')],
    ['other', 'exact', seen('b', 'a')],
    ['same', 'loose', seen('b', 'a')],
    ['other', 'loose', seen('a', 'b')],
    ['unsteady', 'no', seen('a', 'a')],
    // Whatever else they say.
    ['other', 'exact', seen('a', 'a', 403)],
    ['other', 'no', seen('a', 'a', 403)],
  ] as const)('are the %s where what is compared with is steady: %s', (is, steady, one) => {
    expect(compare(one, { seen: seen('a', 'a'), steady })).toBe(is);
  });
});

test.each<[status: number | null, is: boolean]>([
  [200, true],
  [404, true],
  [499, true],
  [500, false],
  [503, false],
  [429, false],
  [null, false],
])('an answer of the status %s is one of the route itself: %s', (status, is) => {
  expect(isConclusive(seenOf(exchangeOf({ status })))).toBe(is);
});

describe('another base URL', () => {
  const PATHS =
    '/items: { get: {} }\n/items/all: { get: {} }\n/items/{id}: { get: {} }\n/orders: { post: {} }\n';
  const asked = [[READ, 'valid']] as const;

  test('is found where an operation works below it, and an unknown path does not', async () => {
    const { ofHost, elsewhere } = await on(PATHS, has({}), {
      ...{ asked, otherBases: [ORIGIN], elsewhere: has({ '/items': ITEMS }) },
    });
    const found = await ofHost(baseUrl);
    expect(found).toMatchObject({ baseUrl: ORIGIN, operation: READ, works: true });
    expect(found).toMatchObject({ seen: { exchange: { status: 200, url: `${ORIGIN}/items` } } });
    expect(elsewhere.sent.map(({ url, purpose, role }) => [url, purpose, role])).toEqual([
      [`${ORIGIN}/__absent_one`, 'nonsense-at-other-base', 'control'],
      [`${ORIGIN}/__absent_two`, 'nonsense-at-other-base', 'control'],
      [`${ORIGIN}/items`, 'other-base', 'control'],
    ]);
    expect(lines(elsewhere.sent)).toEqual([
      'GET /__absent_one valid',
      'GET /__absent_two valid',
      'GET /items valid',
    ]);
  });

  test.each([401, 403])(
    'is also one below which an operation is refused with %d, if none works',
    async (status) => {
      const bases = [`${ORIGIN}/a`, `${ORIGIN}/b`, `${ORIGIN}/c`];
      const refused = { '/a/items': answer(status), '/b/items': answer(status) };
      const first = await on(PATHS, has({}), { asked, otherBases: bases, elsewhere: has(refused) });
      expect(await first.ofHost(baseUrl)).toMatchObject({
        ...{ baseUrl: `${ORIGIN}/a`, operation: READ, works: false },
      });
      const elsewhere = has({ ...refused, '/c/items': ITEMS });
      const works = await on(PATHS, has({}), { asked, otherBases: bases, elsewhere });
      expect(await works.ofHost(baseUrl)).toMatchObject({ baseUrl: `${ORIGIN}/c`, works: true });
    },
  );

  test.each<[what: string, elsewhere: Says]>([
    ['everything is answered alike', () => REFUSED],
    ['everything works', () => ITEMS],
    ['an operation is only missing otherwise', has({ '/items': answer(404, 'no such thing') })],
    ['an operation fails', has({ '/items': answer(500) })],
  ])('is none below which %s', async (_, elsewhere) => {
    const { ofHost } = await on(PATHS, has({}), { asked, otherBases: [ORIGIN], elsewhere });
    expect(await ofHost(baseUrl)).toBeUndefined();
  });

  test('is asked for a few short paths only, and not for long', async () => {
    const paths = [40, 30, 20, 10].map((length) => `/${'x'.repeat(length)}`);
    const { ofHost, elsewhere } = await on(paths.map((path) => `${path}: { get: {} }\n`).join(''), has({}), {
      asked: paths.map((path) => [`GET ${path}`, 'none'] as const),
      otherBases: ['a', 'b', 'c', 'd', 'e'].map((name) => `${ORIGIN}/${name}`),
    });
    expect(await ofHost(baseUrl)).toBeUndefined();
    const moved = lines(elsewhere.sent.filter(({ purpose }) => purpose === 'other-base'));
    const three = [10, 20, 30].map((length) => 'x'.repeat(length));
    expect(moved).toEqual(
      ['a', 'b', 'c', 'd'].flatMap((name) => three.map((path) => `GET /${name}/${path} none`)),
    );
  });

  test.each<[what: string, asked: Given['asked']]>([
    ['nothing', []],
    ['what may change something', [['POST /orders', 'valid']]],
    ['what has an id', [['GET /items/{id}', 'valid']]],
    ['what was asked with bad credentials', [[READ, 'invalid']]],
  ])('is not asked for by %s', async (_, only) => {
    const { ofHost } = await on(PATHS, has({}), { asked: only ?? [], otherBases: [ORIGIN] });
    expect(await ofHost(baseUrl)).toBe('no operation could be asked that changes nothing');
  });

  test('is not asked for where there is none, or nothing to compare it with', async () => {
    const none = await on(PATHS, has({}), { asked });
    expect(await none.ofHost(baseUrl)).toBe('there is no other base URL to try');
    const every = await on(`${EVERY_PATH}/items: { get: {} }\n`, has({}), { asked, otherBases: [ORIGIN] });
    expect(await every.ofHost(baseUrl)).toBe(ALL_ROUTED);
  });

  test.each([
    ['/v1', ['']],
    ['', []],
    ['/v1/v1', ['/v1', '']],
    ['/api/v1', ['/api', '']],
    ['/api/v1/v1', ['/api/v1', '']],
    ['/api/v1/api/v1', ['/api/v1', '/api/v1/api', '']],
    ['/a/b/c', ['/a/b', '']],
    ['/a/b/c/d', ['/a/b/c', '']],
    ['/v1/', ['']],
  ])('is tried for that of %j: %j', (path, bases) => {
    expect(otherBasesOf(ORIGIN + path)).toEqual(bases.map((one) => ORIGIN + one));
  });
});

describe('the root of a host', () => {
  const root = async (says: Says, given: Given = { base: ORIGIN }) => {
    const { ofHost, conversation, elsewhere } = await on('/items: { get: {} }\n', says, given);
    return { is: await ofHost(hostRoot), sent: conversation.sent, elsewhere: elsewhere.sent };
  };

  test.each<[is: boolean, what: string, says: Says]>([
    [true, 'what every path is answered', has({})],
    [true, 'sent to another host', has({ '/': answer(302, '', { location: 'https://other.example/' }) })],
    [false, 'a page of its own', has({ '/': answer(404, 'this is the shop') })],
    [false, 'sent to another path of the host', has({ '/': answer(302, '', { location: '/home' }) })],
    [false, 'a success', has({ '/': answer(200, 'welcome') })],
    [false, 'a success, as is everything', () => answer(200, 'welcome')],
  ])('says that nothing is left: %s, where it is answered by %s', async (is, _, says) => {
    expect((await root(says)).is).toBe(is);
  });

  test('is asked of the host alone, also where that is below another base URL', async () => {
    const paths = ['/', '/__absent_one', '/__absent_two'].map((path) => `GET ${path} valid`);
    const own = await root(has({}));
    expect([lines(own.sent), own.elsewhere]).toEqual([paths, []]);
    expect(own.sent.map(({ purpose, role }) => [purpose, role])).toEqual(
      paths.map(() => ['host-root', 'control']),
    );
    expect(own.sent[0]).toMatchObject({ url: `${ORIGIN}/`, shown: `${ORIGIN}/` });
    const otherBases = [`${ORIGIN}/other`, ORIGIN];
    const other = await root(has({}), { otherBases });
    expect([other.is, other.sent, lines(other.elsewhere)]).toEqual([true, [], paths]);
    expect((await root(has({}), { otherBases: [`${ORIGIN}/other`] })).is).toBe(
      'the host alone cannot be asked',
    );
  });
});

describe('a token of our own making', () => {
  test.each([
    [
      'beside a guarded operation',
      '/items: { get: { security: [] } }\n/orders/all: { get: {} }\n',
      '/v1/orders/',
    ],
    ['not beside one with an id', '/orders/{id}: { get: {} }\n', '/v1/'],
    ['where nothing is guarded', '/items/all: { get: { security: [] } }\n', '/v1/'],
  ])('is sent %s, and no credentials', async (_, paths, below) => {
    const { ofHost, conversation } = await on(paths, has({}));
    expect(await ofHost(calibration)).toMatchObject({ exchange: { status: 404, purpose: 'calibration' } });
    expect(conversation.sent).toHaveLength(1);
    expect(conversation.sent[0]).toMatchObject({
      ...{ method: 'GET', path: `${below}__absent_one`, token: 'none', role: 'control' },
      headers: { authorization: 'Bearer probe-__absent_one' },
    });
  });

  test('is not sent where it may meet an operation', async () => {
    expect(await (await on(EVERY_PATH, has({}))).ofHost(calibration)).toBe(ALL_ROUTED);
  });
});

describe('whether the method is looked at before the token', () => {
  const PATHS = '/items: { get: {}, post: {} }\n/orders: { post: {} }\n';
  const asked = [['POST /orders', 'invalid']] as const;
  const order = async (says: Says, given: Given = { asked }) => {
    const { ofHost, conversation } = await on(PATHS, says, given);
    return { is: await ofHost(guardOrder), sent: lines(conversation.sent) };
  };

  test.each([404, 405, 501])(
    'is shown at once by the status %d to a method that is not there',
    async (status) => {
      const { is, sent } = await order(({ method }) => (method === 'POST' ? REFUSED : answer(status)));
      expect(is).toMatchObject({
        isMethodFirst: true,
        seen: { exchange: { status, purpose: 'guard-order' } },
      });
      expect(sent).toEqual(['GET /v1/orders invalid']);
    },
  );

  test.each<[isMethodFirst: boolean, what: string, says: Says]>([
    [false, 'the method is refused as every path of nothing is, and so is the operation', () => REFUSED],
    [
      true,
      'the method is refused as every path of nothing is, and the operation otherwise',
      ({ method }) => (method === 'POST' ? REFUSED : answer(403, 'no')),
    ],
    [
      false,
      'the method is refused otherwise than a path of nothing',
      ({ path }) => (path.includes('__absent') ? answer(403, 'no') : REFUSED),
    ],
  ])('is %s where %s', async (isMethodFirst, _, says) => {
    const { is, sent } = await order(says);
    expect(is).toMatchObject({ isMethodFirst });
    expect(sent).toEqual([
      'GET /v1/orders invalid',
      'GET /v1/__absent_one invalid',
      'GET /v1/__absent_two invalid',
    ]);
  });

  test.each<[what: string, given: Given['asked'], says: Says]>([
    ['the path has a GET', [['POST /items', 'invalid']], () => REFUSED],
    ['the credentials were good', [['POST /orders', 'valid']], () => REFUSED],
    ['the operation did not refuse them', asked, () => answer(400)],
  ])('is not asked where %s', async (_, given, says) => {
    const { is, sent } = await order(says, { asked: given ?? [] });
    expect([is, sent]).toEqual(['no path without a GET has refused bad credentials', []]);
  });

  test('is not asked where every path may be one of an operation', async () => {
    const { ofHost } = await on(`${EVERY_PATH}/orders: { post: {} }\n`, () => answer(403), { asked });
    expect(await ofHost(guardOrder)).toBe(ALL_ROUTED);
  });
});

describe('an id of nothing', () => {
  const PATHS = '/items: { get: {} }\n/items/{id}: { get: {} }\n/items/{id}/notes: { get: {} }\n';
  const absent = '/v1/items/conform-absent-0000000000000001';
  const bad = async (says: Says, asked: Given['asked'], paths = PATHS) => {
    const { ofHost, conversation } = await on(paths, says, { asked: asked ?? [] });
    return { is: await ofHost(knownBadValue), sent: conversation.sent };
  };
  const READ_ONE = 'GET /items/{id}';

  test.each<[is: string, says: Says]>([
    ['same', has({ '/v1/items/a': ITEMS })],
    ['other', has({ '/v1/items/a': ITEMS, [absent]: answer(404, 'no such item') })],
    ['other', has({ '/v1/items/a': ITEMS, [absent]: answer(400) })],
  ])('is answered, compared with an unknown path: %s', async (isThatOfUnknownPath, says) => {
    const { is, sent } = await bad(says, [
      [READ, 'valid'],
      [READ_ONE, 'valid'],
    ]);
    expect(is).toMatchObject({ operation: READ_ONE, isThatOfUnknownPath });
    expect(lines(sent)).toEqual([
      `GET ${absent} valid`,
      'GET /v1/__absent_one/conform-absent-0000000000000001 valid',
      'GET /v1/__absent_two/conform-absent-0000000000000001 valid',
    ]);
    // The id is that of nothing, but what is shown has to be the same in every run.
    expect(sent[0]).toMatchObject({
      shown: `${BASE}/items/absent-id`,
      purpose: 'absent-id',
      role: 'control',
    });
  });

  test('stands where the id stood, in front of a slash and a query', async () => {
    const { host, ofHost, conversation } = await on('/items/{id}/: { get: {} }\n', () => ITEMS, {
      asked: [['GET /items/{id}/', 'valid']],
    });
    const [one] = host.asked;
    if (one) one.probe.request.url += '?page=1';
    await ofHost(knownBadValue);
    expect(conversation.sent[0]?.path).toBe(`${absent}/?page=1`);
  });

  test.each<[what: string, says: Says, asked: Given['asked'], paths?: string]>([
    ['no operation works', has({}), [[READ_ONE, 'valid']]],
    ['no operation that works has an id', () => ITEMS, [[READ, 'valid']]],
    ['the id is not the last', () => ITEMS, [['GET /items/{id}/notes', 'valid']]],
    ['only one without credentials works', () => ITEMS, [[READ_ONE, 'none']]],
    [
      'every path may be one of an operation',
      () => ITEMS,
      [[READ_ONE, 'valid']],
      `${EVERY_PATH}/items/{id}: { get: {} }\n`,
    ],
  ])('is not asked for where %s', async (_, says, asked, paths) => {
    const { is, sent } = await bad(says, asked, paths);
    expect([is, sent]).toEqual(['no operation works that has the id of a thing at the end of its path', []]);
  });

  test('is not asked for where its form allows none', async () => {
    const { host, ofHost } = await on(PATHS, () => ITEMS, { asked: [[READ_ONE, 'valid']] });
    for (const parameter of host.asked[0]?.operation.parameters ?? []) parameter.schema = { enum: ['a'] };
    expect(await ofHost(knownBadValue)).toContain('no operation works');
    for (const parameter of host.asked[0]?.operation.parameters ?? []) parameter.schema = { type: 'string' };
  });
});

describe('credentials are shown to be good', () => {
  const PATHS = [
    ...['a', 'b', 'c', 'd', 'e'].map((name) => `/${name}: { get: {} }\n`),
    '/public: { get: { security: [] } }\n',
  ].join('');
  const valid = (...names: string[]) => names.map((name) => [`GET /${name}`, 'valid'] as const);

  /** Works with good credentials; without them it says this. */
  const without =
    (reply: Answer): Says =>
    ({ token }) =>
      token === 'valid' ? ITEMS : reply;

  test.each([300, 302, 401, 403, 404, 499])(
    'by an operation that refuses without them with %d',
    async (status) => {
      const { ofHost, conversation } = await on(PATHS, without(answer(status)), { asked: valid('a') });
      expect(await ofHost(knownGood)).toMatchObject({
        operation: 'GET /a',
        works: { exchange: { status: 200, role: 'control', purpose: 'known-good' } },
        refused: { exchange: { status } },
      });
      expect(lines(conversation.sent)).toEqual(['GET /v1/a none']);
      expect(conversation.sent[0]).toMatchObject({ role: 'control', purpose: 'known-good-without-token' });
    },
  );

  test.each([200, 204, 408, 429, 500, 503])('by none that answers %d without them', async (status) => {
    const { ofHost } = await on(PATHS, without(answer(status)), { asked: valid('a', 'b') });
    expect(await ofHost(knownGood)).toBeUndefined();
  });

  test('by none of which no answer came without them', async () => {
    const conversation = converseWith(({ token }) => (token === 'valid' ? ITEMS : silence('ECONNRESET')));
    const { host } = await on(PATHS, () => ITEMS, { asked: valid('a') });
    const driver = createDriver(conversation, new AbortController().signal);
    expect(await driver.drive(knownGood, host)).toMatchObject({ kind: 'done', result: undefined });
  });

  test('by one of four that work, those that the contract calls guarded first', async () => {
    const { host, ofHost, conversation } = await on(PATHS, without(ITEMS), {
      asked: valid('a', 'b', 'c', 'd', 'e'),
    });
    for (const one of host.asked) Object.assign(one.operation, { guarded: one.operation.id === 'GET /e' });
    expect(await ofHost(knownGood)).toBeUndefined();
    expect(conversation.sent.map(({ path }) => path)).toEqual(['/v1/e', '/v1/a', '/v1/b', '/v1/c']);
  });

  test.each<[what: string, asked: Given['asked'], says: Says]>([
    ['takes none', valid('public'), () => ITEMS],
    ['does not work', valid('a'), () => REFUSED],
    ['works without them', [['GET /a', 'none']], () => ITEMS],
  ])('by none that %s', async (_, asked, says) => {
    const { ofHost, conversation } = await on(PATHS, says, { asked: asked ?? [] });
    for (const control of [knownGood, knownGoodWithBadToken])
      expect(await ofHost<unknown>(control)).toBe('no operation that takes credentials works');
    expect(conversation.sent).toEqual([]);
  });

  test('and how bad ones are refused, by the same operation', async () => {
    const { ofHost, conversation } = await on(PATHS, without(REFUSED), { asked: valid('public', 'a') });
    expect(await ofHost(knownGoodWithBadToken)).toMatchObject({
      exchange: { status: 401, purpose: 'known-good-with-invalid-token' },
    });
    expect(lines(conversation.sent)).toEqual(['GET /v1/a invalid']);
  });
});

describe('another host of the vendor', () => {
  const PATHS =
    '/items: { get: {} }\n/items/_search: { post: { x-safe: true } }\n/items/{id}: { get: {}, put: {} }\n';
  const beside = async (
    elsewhere: Says,
    asked: readonly [string, Identity] = [READ, 'valid'],
    paths = PATHS,
  ) => {
    const other = converseWith(elsewhere);
    const { ofFirst, conversation } = await on(paths, has({}), {
      asked: [asked],
      host: { otherHost: { name: 'legacy', baseUrl: 'https://old.shop.example/v0', conversation: other } },
    });
    const is = await ofFirst(otherHost);
    return { is, sent: other.sent, own: conversation.sent };
  };

  test.each<[isRouted: boolean | undefined, what: string, says: Says]>([
    [true, 'answers otherwise than for an unknown path', has({ '/v0/items': REFUSED })],
    [false, 'answers as for every path', has({})],
    [undefined, 'fails', has({ '/v0/items': answer(500) })],
    [undefined, 'is busy', has({ '/v0/items': answer(429) })],
    [
      undefined,
      'never says the same twice',
      ({ path }) => answer(404, path.includes('two') ? 'a' : `b ${path}!`),
    ],
  ])('has it: %s, where it %s', async (isRouted, _, says) => {
    const { is } = await beside(says);
    expect(is).toMatchObject({ name: 'legacy', isRouted });
    expect(is).toMatchObject({ unknown: { exchange: { url: expect.stringContaining('absent') as string } } });
  });

  test('is given nothing of ours, and asked by the own method of the operation', async () => {
    const { sent, own } = await beside(has({}), ['POST /items/_search', 'valid']);
    expect(own).toEqual([]);
    expect(lines(sent)).toEqual([
      'GET /v0/__absent_one/_search none',
      'GET /v0/__absent_two/_search none',
      'POST /v0/items/_search none',
    ]);
    const purposes = ['nonsense-on-other-host', 'nonsense-on-other-host', 'other-host'];
    expect(sent.map(({ purpose }) => purpose)).toEqual(purposes);
    for (const { headers, body } of sent)
      expect([headers, body]).toEqual([{ accept: 'application/json' }, undefined]);
  });

  test.each<[why: string, id: string, paths?: string]>([
    ['it cannot be asked without values of ours', 'GET /items/{id}'],
    ['it cannot be asked without values of ours', 'PUT /items/{id}'],
    [ALL_ROUTED, READ, `${EVERY_PATH}/items: { get: {} }\n`],
  ])('is not asked, as %s: %s', async (why, id, paths) => {
    const { is, sent } = await beside(has({}), [id, 'valid'], paths);
    expect([is, sent]).toEqual([why, []]);
  });

  test('is not asked where there is none', async () => {
    const { ofFirst } = await on(PATHS, has({}), { asked: [[READ, 'valid']] });
    expect(await ofFirst(otherHost)).toBe('targets.yaml names no other host');
  });
});

describe('another method of the same URL', () => {
  const PATHS = '/items: { get: {}, post: {} }\n/items/{id}: { put: {} }\n';
  const by = async (
    says: Says,
    asked: readonly [string, Identity] = ['POST /items', 'valid'],
    paths = PATHS,
  ) => {
    const { ofFirst, conversation } = await on(paths, says, { asked: [asked] });
    return { is: await ofFirst(otherMethod), sent: conversation.sent };
  };
  const allowing = (status: number, allow?: string) =>
    has({ '/v1/items': answer(status, '', allow === undefined ? {} : { allow }) });

  test.each<[isRouted: boolean, allowsIt: boolean | undefined, says: Says]>([
    [false, undefined, has({})],
    [false, undefined, allowing(500, 'POST')],
    [true, undefined, allowing(405)],
    [true, true, allowing(405, 'GET, POST')],
    [true, true, allowing(405, 'GET,POST')],
    // Of several routes of one path, another may have it.
    [true, undefined, allowing(405, 'GET')],
    [true, false, allowing(200, 'GET, HEAD')],
    [true, true, allowing(204, 'POST')],
  ])(
    'shows that there is something: %s, and that the method is there: %s',
    async (isRouted, allowsIt, says) => {
      expect((await by(says)).is).toMatchObject({ isRouted, allowsIt });
    },
  );

  test.each<[id: string, lines: string[]]>([
    ['POST /items', ['GET /v1/items', 'GET /v1/__absent_one', 'GET /v1/__absent_two']],
    [READ, ['OPTIONS /v1/items', 'OPTIONS /v1/__absent_one', 'OPTIONS /v1/__absent_two']],
    ['PUT /items/{id}', ['GET /v1/items/a', 'GET /v1/__absent_one/a', 'GET /v1/__absent_two/a']],
  ])('is a safe one, without a body: %s', async (id, expected) => {
    const { sent } = await by(has({}), [id, 'invalid']);
    expect(lines(sent)).toEqual(expected.map((line) => `${line} invalid`));
    expect(sent[0]).toMatchObject({ purpose: 'other-method', role: 'control', body: undefined });
    expect(sent[0]?.headers).toEqual({ accept: 'application/fhir+json' });
  });

  test('is not asked where every path may be one of an operation', async () => {
    const { is } = await by(has({}), [READ, 'valid'], `${EVERY_PATH}/items: { get: {} }\n`);
    expect(is).toBe(ALL_ROUTED);
  });
});

describe('an unknown path beside an operation', () => {
  const PATHS = '/items: { get: {}, post: {} }\n';
  const beside = async (
    says: Says,
    asked: readonly [string, Identity],
    given: { paths?: string; host?: Partial<HostSubject> } = {},
  ) => {
    const { ofFirst, conversation } = await on(given.paths ?? PATHS, says, {
      ...{ asked: [asked], host: given.host ?? {} },
    });
    return { is: await ofFirst(unknownPath), sent: lines(conversation.sent) };
  };
  const pair = (method: string, token: Identity) =>
    ['one', 'two'].map((which) => `${method} /v1/__absent_${which} ${token}`);

  test.each<
    [what: string, asked: readonly [string, Identity], says: Says, sent: string[], isSameMethod: boolean]
  >([
    ['a safe method is asked as it is', [READ, 'valid'], () => ITEMS, pair('GET', 'valid'), true],
    ['so is one without credentials', [READ, 'none'], () => REFUSED, pair('GET', 'none'), true],
    [
      'a write whose bad token was refused',
      ['POST /items', 'invalid'],
      () => REFUSED,
      pair('POST', 'invalid'),
      true,
    ],
    [
      'one whose bad token was let in, by GET',
      ['POST /items', 'invalid'],
      () => ITEMS,
      pair('GET', 'invalid'),
      false,
    ],
    ['a write that works, by GET', ['POST /items', 'valid'], () => ITEMS, pair('GET', 'valid'), false],
    [
      'a write that is refused, by GET, and with a token that is refused',
      ['POST /items', 'valid'],
      () => answer(403),
      [...pair('GET', 'valid'), ...pair('POST', 'invalid')],
      false,
    ],
  ])('%s', async (_, asked, says, sent, isSameMethod) => {
    const result = await beside(says, asked);
    expect(result.sent).toEqual(sent);
    expect(result.is).toMatchObject({ steady: 'exact', isSameDepth: true, isSameMethod });
    expect(result.is).toHaveProperty('refused', sent.length > 2 ? expect.anything() : undefined);
  });

  test('is not asked for by a method whose bad token nobody saw refused', async () => {
    const { sent } = await beside(() => answer(403), ['POST /items', 'valid'], {
      host: { refusalSeen: () => false },
    });
    expect(sent).toEqual(pair('GET', 'valid'));
  });

  test('is not asked where every path may be one of an operation', async () => {
    const paths = `${EVERY_PATH}/items: { get: {} }\n`;
    expect((await beside(has({}), [READ, 'valid'], { paths })).is).toBe(ALL_ROUTED);
    expect(await (await on(EVERY_PATH, has({}))).ofHost(unknownRoot)).toBe(ALL_ROUTED);
  });

  test('says of the root whether everything is a success', async () => {
    const { ofHost, conversation } = await on(PATHS, () => ITEMS);
    expect(await ofHost(unknownRoot)).toMatchObject({ steady: 'exact', seen: { exchange: { status: 200 } } });
    expect(lines(conversation.sent)).toEqual(pair('GET', 'valid'));
    expect(conversation.sent[0]?.purpose).toBe('nonsense-root');
  });
});

describe('the same request without credentials', () => {
  const PATHS = '/items: { get: {}, post: {} }\n/public: { get: { security: [] } }\n';

  test.each<[id: string, token: Identity, is: string | object]>([
    [READ, 'valid', { exchange: { status: 401, purpose: 'without-token' } }],
    [READ, 'none', 'it was asked without credentials'],
    [READ, 'invalid', 'it was asked without credentials'],
    ['GET /public', 'valid', 'it was asked without credentials'],
    ['POST /items', 'valid', 'it may change something'],
  ])('of %s, asked with the token %s', async (id, token, is) => {
    const { ofFirst, conversation } = await on(PATHS, () => REFUSED, { asked: [[id, token]] });
    const came = await ofFirst(withoutToken);
    if (typeof is === 'string') expect([came, conversation.sent]).toEqual([is, []]);
    else {
      expect(came).toMatchObject(is);
      expect(lines(conversation.sent)).toEqual(['GET /v1/items none']);
    }
  });
});

describe('another spelling of a path', () => {
  const PATHS = '/item: { get: {}, post: {} }\n/things/_search: { post: { x-safe: true } }\n';
  const spelled = async (says: Says, asked: Given['asked'] = [['GET /item', 'valid']], paths = PATHS) => {
    const { ofFirst, conversation } = await on(paths, says, { asked });
    return { is: await ofFirst(otherSpelling), sent: conversation.sent };
  };
  const variants = (sent: readonly Sent[]) => sent.filter(({ purpose }) => purpose === 'other-spelling');

  test.each([200, 400, 422])('is usable where it is answered by %d', async (status) => {
    const { is, sent } = await spelled(has({ '/v1/items': answer(status, 'x') }));
    expect(is).toMatchObject({ method: 'GET', path: '/items', isUsable: true });
    expect(variants(sent).at(-1)).toMatchObject({
      ...{ path: '/v1/items', shown: `${BASE}/items`, token: 'valid', role: 'variant', body: undefined },
      headers: { accept: 'application/json' },
    });
    expect(is).not.toHaveProperty('operation');
  });

  test('is only routed where it is refused, and one that is usable is preferred', async () => {
    const refused = await spelled(has({ '/v1/item/': REFUSED }));
    expect(refused.is).toMatchObject({ path: '/item/', isUsable: false });
    const both = await spelled(has({ '/v1/item/': REFUSED, '/v1/items': ITEMS }));
    expect(both.is).toMatchObject({ path: '/items', isUsable: true });
  });

  test.each<[what: string, says: Says]>([
    ['every path is answered alike', () => REFUSED],
    ['it fails', has({ '/v1/items': answer(500) })],
    ['it is only missing otherwise', has({ '/v1/items': answer(404, 'no such thing') })],
  ])('is none where %s', async (_, says) => {
    expect((await spelled(says)).is).toBeUndefined();
  });

  test('is none where everything below its prefix is answered so', async () => {
    const says: Says = ({ path }) => (/^\/v1\/v1\//.test(path) ? ITEMS : answer(404, 'no route'));
    const paths = '/v1/item: { get: {} }\n/v1/other: { get: {} }\n/item: { get: {} }\n';
    expect((await spelled(says, [['GET /item', 'valid']], paths)).is).toBeUndefined();
  });

  const looks = (sent: readonly Sent[]) => sent.filter(({ purpose }) => purpose === 'nonsense-sibling');

  test('is looked at closely where it differs from the unknown path beside the operation alone', async () => {
    const { sent } = await spelled(() => REFUSED);
    expect(lines(looks(sent))).toEqual(['GET /v1/__absent_one valid', 'GET /v1/__absent_two valid']);
  });

  /** Operations of the contract that are spelled nearly alike, each below a prefix of its own. */
  const NEIGHBOURS = ['shop', 'shoq', 'shor', 'shos', 'shot'].map((name) => `/${name}/item: { get: {} }\n`);

  test('is looked at closely three times at the most', async () => {
    // Below each other prefix everything is answered alike, and otherwise than below that of the operation.
    const says: Says = ({ path }) => (path.startsWith('/v1/shop/') ? answer(404, 'no route') : REFUSED);
    const { is, sent } = await spelled(says, [['GET /shop/item', 'valid']], NEIGHBOURS.join(''));
    expect(is).toBeUndefined();
    expect(looks(sent)).toHaveLength(2 + 2 * 3);
  });

  test('is not looked at closely where one that is as good is known', async () => {
    const says = has({ '/v1/shoq/item': REFUSED, '/v1/shor/item': REFUSED, '/v1/shop/item/': REFUSED });
    const { is, sent } = await spelled(says, [['GET /shop/item', 'valid']], NEIGHBOURS.join(''));
    expect(is).toMatchObject({ path: '/shop/item/', isUsable: false });
    expect(looks(sent)).toHaveLength(2 + 2);
  });

  test('is that of an operation which was asked, where that works', async () => {
    const paths = '/item: { get: {} }\n/items: { get: {} }\n';
    const says = has({ '/v1/items': ITEMS });
    const works = await spelled(
      says,
      [
        ['GET /item', 'valid'],
        ['GET /items', 'valid'],
      ],
      paths,
    );
    expect(works.is).toMatchObject({ path: '/items', operation: 'GET /items', isUsable: true });
    expect(variants(works.sent).map(({ path }) => path)).not.toContain('/v1/items');
    const public_ = await spelled(
      says,
      [
        ['GET /item', 'valid'],
        ['GET /items', 'none'],
      ],
      paths,
    );
    expect(public_.is).toBeUndefined();
  });

  test('of a search by POST is asked by POST only where the contract calls that safe', async () => {
    const paths = '/thing/_search: { post: { x-safe: true } }\n/things/_search: { post: { x-safe: true } }\n';
    const { sent } = await spelled(has({}), [['POST /thing/_search', 'valid']], paths);
    const found = variants(sent);
    const post = found.filter(({ method }) => method === 'POST');
    expect(post.map(({ path }) => path)).toEqual(['/v1/things/_search']);
    expect(post[0]).toMatchObject({
      body: '{}',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
    });
    expect(found.length).toBeGreaterThan(1);
    for (const { method, body } of found.filter((one) => one.method !== 'POST'))
      expect([method, body]).toEqual(['GET', undefined]);
  });
});
