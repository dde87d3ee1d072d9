import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import type { Value } from '../probe/value.js';
import type { SamplesFile } from '../probe/samples.js';
import type { Reply } from '../targets/reply.js';
import type { Target, WritePolicy } from '../targets/targets.js';
import { askingOf, journalIn } from '../testing/asking.js';
import {
  answer,
  BODY,
  contractOf,
  converseWith,
  silence,
  THINGS,
  THINGS_AND_ORDERS,
  type Sent,
} from '../testing/host.js';
import { askWrites } from './ask-writes.js';
import type { RemovalEntry } from './journal.js';
import type { Left, Observation } from './observation.js';

/** What a listing has shown of things that were there before the run. */
const SEEN: ReadonlyMap<string, Value[]> = new Map([
  ['GET /things/', [{ sent: 'of-a-customer', shown: 'things-9' }]],
  ['GET /orders/', [{ sent: 'order-of-a-customer', shown: 'orders-9' }]],
]);

interface Given {
  paths?: string;
  only?: readonly string[];
  policy?: WritePolicy;
  target?: Partial<Target>;
  samples?: SamplesFile;
  /** What the host answers, by method and path, or `PUT ABSENT` for any id of nothing; what is not named it does as asked. */
  host?: Record<string, Reply | Reply[]>;
  /** Called before each answer. */
  onSent?: (sent: Sent) => void;
  /** Whether reads are in the log. */
  reads?: true;
  shown?: Json;
  signal?: AbortSignal;
  onObserved?: (observation: Observation) => void;
  onCreated?: (removal: RemovalEntry | undefined) => void;
  environment?: Record<string, string>;
}

/** Asks the writes of a contract, and tells all that was sent and written to the journal, in order. */
async function write(given: Given = {}) {
  const log: string[] = [];
  const left: Left[] = [];
  const contract = contractOf(given.paths ?? THINGS_AND_ORDERS);
  let created = 0;
  const there = new Map<string, string>();
  const conversation = converseWith((sent) => {
    const call = `${sent.method} ${sent.path}`;
    // What is only read is in the log where a test is about that.
    if (sent.method !== 'GET' || given.reads) log.push(call);
    given.onSent?.(sent);
    const absent = sent.path.includes('conform-absent-') ? given.host?.[`${sent.method} ABSENT`] : undefined;
    const answers = [given.host?.[call] ?? absent ?? []].flat();
    const before = conversation.sent.filter(({ method, path }) => `${method} ${path}` === call).length - 1;
    const own = answers[Math.min(before, answers.length - 1)];
    const goes = own?.kind === 'answer' && [204, 404, 410].includes(own.status);
    if (sent.method === 'DELETE' && goes) there.clear();
    if (own) return own;
    if (sent.method === 'POST') {
      const id = `new-${(created += 1)}`;
      there.set(id, sent.body ?? '');
      return answer(201, { id });
    }
    const id = sent.path.split('/').find((part) => part.startsWith('new-')) ?? '';
    if (sent.method === 'GET' && id !== '') return there.has(id) ? answer(200, there.get(id)) : answer(404);
    if (sent.method === 'GET')
      return answer(
        200,
        [...there.keys()].map((one) => ({ id: one })),
      );
    if (sent.method === 'DELETE') there.delete(id);
    return answer(sent.method === 'DELETE' ? 204 : 200);
  });
  const journal = journalIn(log);
  const { plan, asking } = askingOf(contract, conversation, {
    policy: given.policy ?? 'full',
    target: given.target ?? {},
    samples: given.samples ?? {},
    environment: given.environment ?? {},
    journal: {
      ...journal,
      created: (entry, removal) => {
        given.onCreated?.(removal);
        journal.created(entry, removal);
      },
    },
    onLeft: (one) => left.push(one),
    ...(given.signal ? { signal: given.signal } : {}),
    ...(given.onObserved ? { onObserved: given.onObserved } : {}),
  });
  const steps = plan.steps.filter(
    ({ operation, manner }) =>
      (manner === 'real' || manner === 'forbidden-body') && (given.only?.includes(operation.id) ?? true),
  );
  if (given.shown !== undefined) asking.shown.add(given.shown);
  let failure: unknown;
  const observations = await askWrites(steps, SEEN, asking).catch((error: unknown) => {
    failure = error;
    return [];
  });
  const sent = conversation.sent.filter(({ method }) => method !== 'GET');
  return { log, sent, observations, failure, left, created: [...asking.created] };
}

describe('a real write', () => {
  test('is in the journal before it is sent, with what removes it once that is known', async () => {
    const { log } = await write({ only: ['POST /things/'] });
    expect(log).toEqual([
      'journal: 0 creating by POST /things/',
      'POST /things/',
      'journal: 0 created DELETE /things/new-1/',
      'DELETE /things/new-1/',
      'journal: 0 removed',
    ]);
  });

  test('touches nothing but what the run itself has created', async () => {
    const { sent } = await write();
    expect(sent.map(({ path }) => path).filter((path) => path.includes('customer'))).toEqual([]);
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /things/',
      'POST /things/new-1/notes/',
      'POST /orders/',
      'PUT /things/new-1/',
      'DELETE /things/new-1/',
    ]);
  });

  test('is not sent where what it needs was not created', async () => {
    const { log, observations } = await write({
      only: ['POST /things/', 'PUT /things/{id}/', 'DELETE /things/{id}/'],
      host: { 'POST /things/': answer(409) },
    });
    expect(log).toEqual([
      'journal: 0 creating by POST /things/',
      'POST /things/',
      'journal: 0 created nothing',
    ]);
    expect(observations.map(({ asked }) => asked)).toEqual([true, false, false]);
  });

  test.each<[where: string, of: (from: { from: string }) => object]>([
    ['body', (from) => ({ body: { name: 'x', of: from } })],
    ['query', (from) => ({ query: { of: from } })],
    ['path', (from) => ({ path: { id: from } })],
  ])('is not sent where its %s refers to what was not created', async (_, of) => {
    const refers = (id: string) => ({ operations: { 'PUT /things/{id}/': of({ from: id }) } });
    const given = { only: ['POST /things/', 'PUT /things/{id}/'], host: { 'POST /things/': answer(409) } };
    const created = await write({ only: given.only, samples: refers('POST /things/') });
    expect(created.log.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
    const { log, observations } = await write({ ...given, samples: refers('POST /things/') });
    expect(log.filter((line) => line.startsWith('PUT'))).toEqual([]);
    expect(observations[1]).toMatchObject({
      asked: false,
      why: 'what it needs could not be created: POST /things/ has given no id',
    });
  });

  test('is not sent to what the run has removed already', async () => {
    const { sent, observations } = await write({
      paths: `/things/{id}/parts/: { delete: {} }${THINGS}`,
      only: ['POST /things/', 'DELETE /things/{id}/', 'DELETE /things/{id}/parts/'],
    });
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /things/',
      'DELETE /things/new-1/',
    ]);
    expect(observations.map(({ step, asked }) => [step.operation.id, asked])).toEqual([
      ['POST /things/', true],
      ['DELETE /things/{id}/', true],
      ['DELETE /things/{id}/parts/', false],
    ]);
  });

  test('is sent once, with the good token, and never repeated', async () => {
    const { sent } = await write();
    const own = sent.filter(({ role }) => role === 'operation');
    expect(own.map(({ token, repeatable }) => ({ token, repeatable }))).toEqual(
      own.map(() => ({ token: 'valid', repeatable: false })),
    );
  });

  test('shows a pseudonym for the id of what it has created', async () => {
    const { sent } = await write({ only: ['POST /things/', 'PUT /things/{id}/'] });
    expect(sent.map(({ shown }) => new URL(shown).pathname)).toEqual([
      '/things/',
      '/things/things-1/',
      '/things/things-1/',
    ]);
  });
});

describe('what was created is removed', () => {
  test('at the end, the newest first', async () => {
    const { log } = await write({
      paths: `${THINGS}
/parts/: { get: {}, post: {} }
/parts/{id}/: { delete: {} }
`,
      only: ['POST /things/', 'POST /parts/'],
    });
    expect(log.filter((line) => line.startsWith('DELETE'))).toEqual([
      'DELETE /parts/new-2/',
      'DELETE /things/new-1/',
    ]);
  });

  test('also when something throws in between', async () => {
    const { log, failure } = await write({
      only: ['POST /things/', 'PUT /things/{id}/'],
      onObserved: () => {
        throw new Error('a fault of our own');
      },
    });
    expect(failure).toEqual(new Error('a fault of our own'));
    expect(log.slice(-2)).toEqual(['DELETE /things/new-1/', 'journal: 0 removed']);
  });

  test('also when the run is stopped; then nothing else is sent', async () => {
    const stop = new AbortController();
    const { log, sent } = await write({
      signal: stop.signal,
      onSent: ({ method }) => {
        if (method === 'POST') stop.abort();
      },
    });
    expect(log.filter((line) => !line.startsWith('journal'))).toEqual([
      'POST /things/',
      'DELETE /things/new-1/',
    ]);
    expect(sent.at(-1)).toMatchObject({ evenWhenStopped: true, repeatable: true, token: 'valid' });
  });

  test('not even a listing, before what is asked next', async () => {
    const stop = new AbortController();
    const { log } = await write({
      only: ['POST /things/', 'POST /crates/'],
      paths: `${THINGS}/crates/: { get: {}, post: {} }\n/crates/{id}/: { delete: {} }\n`,
      reads: true,
      signal: stop.signal,
      onSent: ({ method }) => {
        if (method === 'POST') stop.abort();
      },
    });
    const first = log.findIndex((line) => line.startsWith('POST'));
    const other = log[first]?.includes('things') ? 'crates' : 'things';
    expect(log.slice(first).filter((line) => line.includes(other))).toEqual([]);
  });

  test('once: what the run’s own DELETE has removed is not removed again', async () => {
    const { log } = await write({ only: ['POST /things/', 'DELETE /things/{id}/'] });
    expect(log.filter((line) => line.startsWith('DELETE'))).toEqual(['DELETE /things/new-1/']);
    expect(log.at(-1)).toBe('journal: 0 removed');
  });

  test('again, when the run’s own DELETE has failed', async () => {
    const { log } = await write({
      only: ['POST /things/', 'DELETE /things/{id}/'],
      host: { 'DELETE /things/new-1/': [answer(500), answer(204)] },
    });
    expect(log.slice(-3)).toEqual(['DELETE /things/new-1/', 'DELETE /things/new-1/', 'journal: 0 removed']);
  });

  test.each([
    ['204: it is gone', answer(204), true],
    ['404: it is gone already', answer(404), true],
    ['410: it is gone already', answer(410), true],
    ['403: it is still there', answer(403), false],
    ['500: it may still be there', answer(500), false],
    ['no answer: it may still be there', silence('ECONNRESET'), false],
  ])('%s', async (_, reply, gone) => {
    const { log } = await write({
      only: ['POST /things/'],
      host: { 'DELETE /things/new-1/': reply },
    });
    expect(log.includes('journal: 0 removed')).toBe(gone);
  });
});

test('what it refers to has to have given an id', async () => {
  const { sent, observations } = await write({
    only: ['POST /things/', 'POST /crates/'],
    paths: `${THINGS}/crates/: { get: {}, post: {} }\n/crates/{id}/: { delete: {} }\n`,
    samples: { operations: { 'POST /crates/': { body: { of: { from: 'POST /things/' } } } } },
    host: { 'POST /things/': answer(500) },
  });
  expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /things/']);
  expect(observations.at(-1)).toMatchObject({
    asked: false,
    why: 'what it needs could not be created: POST /things/ has given no id',
  });
});

test('no value of the environment is in the journal', async () => {
  const removals: (RemovalEntry | undefined)[] = [];
  await write({
    only: ['POST /things/'],
    samples: {
      operations: { 'POST /things/': { body: { name: 'a text of ours', key: { env: 'SHOP_TENANT' } } } },
    },
    environment: { SHOP_TENANT: 'tenant-of-ours' },
    onCreated: (removal) => removals.push(removal),
  });
  expect(removals.map((removal) => removal?.shows)).toEqual([['a text of ours']]);
});

describe('what the journal keeps open', () => {
  test.each([
    ['no answer came, so something may have been created', silence('UND_ERR_SOCKET')],
    ['something was created whose id is not given', answer(201, { ok: true })],
  ])('%s', async (_, reply) => {
    const { log } = await write({ only: ['POST /things/'], host: { 'POST /things/': reply } });
    expect(log).toEqual(['journal: 0 creating by POST /things/', 'POST /things/']);
  });

  test('not: what the host has refused', async () => {
    const { log } = await write({ only: ['POST /things/'], host: { 'POST /things/': answer(422) } });
    expect(log.at(-1)).toBe('journal: 0 created nothing');
  });

  test('not: what only the Location header names', async () => {
    const created = answer(201, undefined, { location: 'https://api.shop.example/things/new-7/' });
    const { log } = await write({
      only: ['POST /things/'],
      host: { 'POST /things/': created, 'GET /things/new-7/': [answer(200), answer(404)] },
    });
    expect(log.slice(-2)).toEqual(['DELETE /things/new-7/', 'journal: 0 removed']);
  });
});

describe('a body that the contract forbids', () => {
  const refusing = {
    'POST /things/': answer(422),
    'PUT /things/0/': answer(404),
    'POST /things/0/notes/': answer(422),
    'POST /orders/': answer(422),
  };

  test('is sent with ids that nothing can have, never with one that was seen or created', async () => {
    const { sent } = await write({
      policy: 'validate',
      host: refusing,
      samples: {
        operations: {
          'POST /things/{thing_id}/notes/': { query: { about: { from: 'GET /things/' } } },
          'PUT /things/{id}/': { path: { id: { from: 'GET /things/' } } },
          'POST /orders/': { body: { name: 'Carla Muster' } },
        },
      },
    });
    const plain = (path: string) => path.replaceAll(/conform-absent-[0-9a-f]+/g, 'ABSENT');
    expect(sent.map(({ method, path }) => `${method} ${plain(path)}`)).toEqual([
      'POST /things/',
      'POST /things/ABSENT/notes/?about=ABSENT',
      'POST /orders/',
      'PUT /things/ABSENT/',
    ]);
    expect(sent.map(({ body }) => body)).toEqual(['{}', '{}', '{}', '{}']);
  });

  test('goes to no id that may be that of something', async () => {
    const parameter = '{ name: kind, in: path, required: true, schema: { type: string, enum: [a, b] } }';
    const { sent, observations } = await write({
      policy: 'validate',
      paths: `/kinds/{kind}/: { put: { parameters: [${parameter}], ${BODY} } }\n`,
    });
    expect(sent).toEqual([]);
    expect(observations.map(({ asked }) => asked)).toEqual([false]);
  });

  test('goes through the journal too, because a host need not keep its contract', async () => {
    const { log } = await write({ policy: 'validate', host: refusing, only: ['POST /orders/'] });
    expect(log).toEqual([
      'journal: 0 creating by POST /orders/',
      'POST /orders/',
      'journal: 0 created nothing',
    ]);
  });

  test.each([200, 201, 204, 303, 500])(
    'what it may have created, by a %i, is not removed but reported',
    async (status) => {
      const { log, left } = await write({
        policy: 'validate',
        paths: MARKED,
        only: ['POST /things/'],
        host: {
          'POST /things/': answer(status, { id: 'new-1' }),
          'GET /things/new-1/': answer(200, { id: 'new-1' }),
        },
      });
      expect(log).toEqual(['journal: 0 creating by POST /things/', 'POST /things/']);
      expect(left).toEqual([expect.objectContaining({ operation: 'POST /things/', journal: true })]);
    },
  );

  test('what it may have created is reported where nothing removes it', async () => {
    const { log, left } = await write({ only: ['POST /orders/'] });
    expect(log).toEqual(['journal: 0 creating by POST /orders/', 'POST /orders/']);
    expect(left).toEqual([
      {
        operation: 'POST /orders/',
        why: 'it was answered with 201, and nothing is known that removes what it creates',
        journal: true,
      },
    ]);
  });
});

const DOCUMENTED =
  'requestBody: { content: { application/json: { schema: { type: object, properties: { name: { type: string } }, required: [name] } } } }';
const MARKED = `
/things/:
  get: {}
  post: { ${DOCUMENTED} }
/things/{id}/:
  get: {}
  put: {}
  delete: {}
`;
const ONE = ['POST /things/', 'PUT /things/{id}/'];
const removals = (log: string[]) => log.filter((line) => line.startsWith('DELETE'));

describe('what is surely a thing of the run', () => {
  test('the collection is listed before, the thing is read before it is touched and after it is removed', async () => {
    const { log } = await write({ paths: MARKED, only: ONE, reads: true });
    expect(log).toEqual([
      'GET /things/',
      'journal: 0 creating by POST /things/',
      'POST /things/',
      'GET /things/new-1/',
      'journal: 0 created DELETE /things/new-1/',
      'PUT /things/new-1/',
      'DELETE /things/new-1/',
      'GET /things/new-1/',
      'journal: 0 removed',
    ]);
  });

  test('the marker is in what is sent', async () => {
    const { sent } = await write({ paths: MARKED, only: ONE });
    expect(sent[0]?.body).toBe('{"name":"Conform-Test 55555555"}');
  });

  const OURS = answer(200, { name: 'Conform-Test 55555555' });
  test.each<[what: string, read: Reply | Reply[], ours: boolean]>([
    ['shows the marker', [OURS, answer(404)], true],
    ['shows something else', answer(200, { name: 'Carla' }), false],
    ['is not allowed: 401', answer(401), true],
    ['is not allowed: 403', answer(403), true],
    ['is not allowed: 405', answer(405), true],
    ['finds it at the fourth time', [answer(404), answer(404), answer(404), OURS, answer(404)], true],
    ['finds it only at the sixth time', [...Array.from({ length: 5 }, () => answer(404)), OURS], false],
    ['never finds it', answer(410), false],
    ['fails', answer(500), false],
    ['fails, and shows the marker only later', [answer(500), OURS], false],
    ['shows something else, and the marker only later', [answer(200, { name: 'Carla' }), OURS], false],
    ['gets no answer', silence('ECONNRESET'), false],
  ])('a read that %s', async (_, read, ours) => {
    const { log, left } = await write({ paths: MARKED, only: ONE, host: { 'GET /things/new-1/': read } });
    expect(removals(log)).toEqual(ours ? ['DELETE /things/new-1/'] : []);
    expect(log.some((line) => line.startsWith('PUT'))).toBe(ours);
    expect(left).toHaveLength(ours ? 0 : 1);
  });

  test.each<[what: string, shown: Json | undefined, listing: Reply]>([
    ['an earlier answer', [{ id: 'new-1' }], answer(200, [])],
    ['the listing before it', undefined, answer(200, { entry: [{ id: 'new-1' }] })],
  ])('not what %s had shown', async (_, shown, listing) => {
    const { log, left } = await write({
      paths: MARKED,
      only: ONE,
      host: { 'GET /things/': listing },
      ...(shown === undefined ? {} : { shown }),
    });
    expect(removals(log)).toEqual([]);
    expect(left).toMatchObject([{ operation: 'POST /things/', journal: true }]);
  });

  test('not what an id names that leads elsewhere', async () => {
    for (const id of ['', '.', '..', '../orders', 'a/b', 'a?b', '%2e%2e', '*']) {
      const { log, left } = await write({ only: ONE, host: { 'POST /things/': answer(201, { id }) } });
      expect(removals(log), id).toEqual([]);
      expect(left, id).toHaveLength(1);
    }
  });

  test('not what another DELETE of the contract is about', async () => {
    const { log, left, created } = await write({
      paths: `${THINGS}/things/all/: { delete: {} }\n`,
      only: ['POST /things/'],
      host: {
        'POST /things/': answer(201, { id: 'all' }),
        'GET /things/': [answer(200, []), answer(200, [{ id: 'all' }])],
      },
    });
    expect([removals(log), created]).toEqual([[], []]);
    expect(left).toMatchObject([{ operation: 'POST /things/', journal: true }]);
  });

  test('is known to the gate, and what is not proven is not', async () => {
    const ours = await write({ paths: MARKED, only: ONE });
    expect(ours.created).toEqual(['new-1']);
    const host = { 'GET /things/new-1/': answer(200, { name: 'Carla' }) };
    expect((await write({ paths: MARKED, only: ONE, host })).created).toEqual([]);
  });

  test('stays known to the gate where something else of the same id is not proven', async () => {
    const { log, created } = await write({
      paths: `${MARKED}/crates/: { get: {}, post: {} }\n/crates/{id}/: { get: {}, delete: {} }\n`,
      only: ['POST /things/', 'POST /crates/'],
      host: {
        'GET /crates/': answer(200, []),
        'POST /crates/': answer(201, { id: 'new-1' }),
        'GET /crates/new-1/': answer(404),
      },
    });
    expect(log).toContain('POST /crates/');
    expect([removals(log), created]).toEqual([['DELETE /things/new-1/'], ['new-1']]);
  });

  test('is whatever a server has that ends with the run', async () => {
    const given: Given = {
      paths: '/things/: { post: {} }\n/things/{id}/: { delete: {} }\n',
      only: ['POST /things/'],
      target: { serve: 'replica' },
    };
    expect(removals((await write(given)).log)).toEqual(['DELETE /things/new-1/']);
  });
});

describe('what may remain is reported', () => {
  test.each<[what: string, host: Record<string, Reply | Reply[]>, journal: boolean]>([
    ['its removal is refused', { 'DELETE /things/new-1/': answer(403) }, true],
    ['its removal gets no answer', { 'DELETE /things/new-1/': silence('ECONNRESET') }, true],
    ['it is there after its removal', { 'GET /things/new-1/': answer(200, 'Conform-Test 55555555') }, true],
    [
      'nothing that may be read shows it',
      { 'GET /things/': answer(200, []), 'GET /things/new-1/': answer(403) },
      true,
    ],
    [
      'its collection could not be listed before',
      {
        'GET /things/': [answer(500), answer(200, [{ id: 'new-1' }])],
        'GET /things/new-1/': answer(403),
      },
      true,
    ],
    ['no answer came', { 'POST /things/': silence('UND_ERR_SOCKET') }, true],
    ['the answer names nothing', { 'POST /things/': answer(201, {}) }, true],
    ['the host failed in the middle', { 'POST /things/': answer(502) }, true],
  ])('%s', async (_, host, journal) => {
    const { left, log } = await write({ paths: MARKED, only: ['POST /things/'], host });
    expect(left).toMatchObject([{ operation: 'POST /things/', journal }]);
    const closing = ['journal: 0 removed', 'journal: 0 created nothing'];
    expect(log.some((line) => closing.includes(line))).toBe(!journal);
  });

  test('not where no connection was made', async () => {
    const { left, log } = await write({
      paths: MARKED,
      only: ['POST /things/'],
      host: { 'POST /things/': silence('ECONNREFUSED', 'connect') },
    });
    expect([left, log.at(-1)]).toEqual([[], 'journal: 0 created nothing']);
  });

  test('what may stay by the samples is created, and reported', async () => {
    const { left, log } = await write({
      paths: '/orders/: { post: {} }\n',
      samples: { operations: { 'POST /orders/': { leaves: true } } },
    });
    expect(log.at(-1)).toBe('journal: 0 created nothing');
    expect(left).toMatchObject([{ operation: 'POST /orders/', journal: false }]);
  });
});

test('what is removed from below a thing of the run is of the run too, though nothing shows it', async () => {
  const { log, left } = await write({
    paths: `${THINGS}/things/{thing_id}/parts/: { post: {} }\n/things/{thing_id}/parts/{part_id}/: { delete: {} }\n`,
    only: ['POST /things/', 'POST /things/{thing_id}/parts/'],
  });
  expect(log.filter((line) => line.startsWith('DELETE'))).toEqual([
    'DELETE /things/new-1/parts/new-2/',
    'DELETE /things/new-1/',
  ]);
  expect(left).toEqual([]);
});

test('what the samples name removes a thing, with its own method', async () => {
  const { log, left, sent } = await write({
    paths: '/things/: { get: {}, post: {} }\n/things/{id}/cancel: { post: {} }\n',
    samples: { operations: { 'POST /things/': { removedBy: 'POST /things/{id}/cancel' } } },
    only: ['POST /things/'],
  });
  expect(log.slice(-3)).toEqual([
    'journal: 0 created POST /things/new-1/cancel',
    'POST /things/new-1/cancel',
    'journal: 0 removed',
  ]);
  expect(left).toEqual([]);
  // What another method would do the second time is not known.
  expect(sent.at(-1)).toMatchObject({ repeatable: false, kind: 'removal' });
});

test.each(['DELETE', 'PUT'])('a removal by %s may be repeated', async (method) => {
  const id = `${method} /things/{id}/gone/`;
  const { sent } = await write({
    paths: `/things/: { get: {}, post: {} }\n/things/{id}/gone/: { ${method.toLowerCase()}: {} }\n`,
    samples: { operations: { 'POST /things/': { removedBy: id } } },
    only: ['POST /things/'],
  });
  expect(sent.at(-1)).toMatchObject({ method, repeatable: true, kind: 'removal' });
});

test('an id that is written down counts only where it is that of a thing of the run', async () => {
  for (const [id, asked] of [
    ['of-a-customer', 'PUT /things/new-1/'],
    ['new-1', 'PUT /things/new-1/'],
  ]) {
    const samples = { operations: { 'PUT /things/{id}/': { path: { id: id ?? '' } } } };
    const { log } = await write({ only: ONE, samples });
    expect(log.filter((line) => line.startsWith('PUT'))).toEqual([asked]);
  }
  const samples = { operations: { 'PUT /things/{id}/': { path: { id: { env: 'ID' } } } } };
  const { log } = await write({ only: ONE, samples, host: { 'POST /things/': answer(409) } });
  expect(log.filter((line) => line.startsWith('PUT'))).toEqual([]);
});

test('where nothing reads a thing only an obeyed removal takes it from the journal', async () => {
  for (const [status, gone] of [
    [403, false],
    [204, true],
  ] as const) {
    const { log } = await write({
      paths: '/things/: { get: {}, post: {} }\n/things/{id}/: { delete: {} }\n',
      only: ['POST /things/'],
      host: { 'DELETE /things/new-1/': answer(status) },
    });
    expect(log.includes('journal: 0 removed')).toBe(gone);
  }
});

describe('a failure of the moment', () => {
  const ofThings = (observations: readonly Observation[], id: string) => {
    const found = observations.find(({ step }) => step.operation.id === id);
    if (!found?.asked) return found?.why;
    return [...found.before, found.exchange].map(({ status }) => status);
  };

  test.each([
    ['500', answer(500)],
    ['502', answer(502)],
    ['a connection that was reset', silence('ECONNRESET')],
  ])('is never followed by a second creation: %s', async (_, failure) => {
    const { observations, log, left } = await write({
      only: ['POST /things/'],
      host: { 'POST /things/': [failure, answer(201, { id: 'new-1' })] },
    });
    const status = failure.kind === 'answer' ? failure.status : null;
    expect(ofThings(observations, 'POST /things/')).toEqual([status]);
    expect(log).toEqual(['journal: 0 creating by POST /things/', 'POST /things/']);
    expect(left).toMatchObject([{ operation: 'POST /things/', journal: true }]);
  });

  test.each([500, 503])('says nothing of a change of what the run has created: %i', async (status) => {
    const host = { 'PUT /things/new-1/': [answer(status), answer(200)] };
    const { observations, sent } = await write({ only: ['POST /things/', 'PUT /things/{id}/'], host });
    expect(ofThings(observations, 'PUT /things/{id}/')).toEqual([status, 200]);
    const [first, second] = sent.filter(({ method }) => method === 'PUT');
    expect(second).toEqual({ ...first, kind: 'retries' });
  });

  test('that comes again is what the operation does', async () => {
    const { observations } = await write({
      only: ['POST /things/', 'PUT /things/{id}/'],
      host: { 'PUT /things/new-1/': answer(503) },
    });
    expect(ofThings(observations, 'PUT /things/{id}/')).toEqual([503, 503]);
  });

  test('after which nothing is there to remove shows nothing of the removal', async () => {
    const host = { 'DELETE /things/new-1/': [answer(502), answer(404)] };
    const { observations } = await write({ only: ['POST /things/', 'DELETE /things/{id}/'], host });
    expect(ofThings(observations, 'DELETE /things/{id}/')).toMatch('its first answer was lost');
  });

  test('says nothing of a body that should be refused', async () => {
    const { observations, sent } = await write({
      policy: 'validate',
      only: ['PUT /things/{id}/'],
      host: { 'PUT ABSENT': [answer(503), answer(422)] },
    });
    expect(ofThings(observations, 'PUT /things/{id}/')).toEqual([503, 422]);
    const [first, second] = sent;
    expect(second).toEqual({ ...first, kind: 'retries' });
  });

  test('is not followed by a second creation, also where it should be refused', async () => {
    const { sent } = await write({
      policy: 'validate',
      only: ['POST /things/'],
      host: { 'POST /things/': answer(503) },
    });
    expect(sent.map(({ method }) => method)).toEqual(['POST']);
  });
});
