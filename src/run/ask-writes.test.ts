import { describe, expect, test } from 'vitest';
import type { Value } from '../probe/value.js';
import type { SamplesFile } from '../probe/samples.js';
import type { Reply } from '../target/reply.js';
import type { WritePolicy } from '../target/targets.js';
import { askingOf, journalIn } from '../testing/asking.js';
import { answer, contractOf, converseWith, silence, THINGS, type Sent } from '../testing/host.js';
import { askWrites } from './ask-writes.js';
import type { Observation } from './observation.js';

/** What a listing has shown of things that were there before the run. */
const SEEN: ReadonlyMap<string, Value[]> = new Map([
  ['GET /things/', [{ sent: 'of-a-customer', shown: 'things-9' }]],
  ['GET /orders/', [{ sent: 'order-of-a-customer', shown: 'orders-9' }]],
]);

interface Given {
  paths?: string;
  only?: readonly string[];
  policy?: WritePolicy;
  samples?: SamplesFile;
  /** What the host answers; what is not named it does as it was asked. */
  host?: Record<string, Reply | Reply[]>;
  /** Called before each answer. */
  onSent?: (sent: Sent) => void;
  signal?: AbortSignal;
  onObserved?: (observation: Observation) => void;
}

/** Asks the writes of a contract, and tells all that was sent and written to the journal, in order. */
async function write(given: Given = {}) {
  const log: string[] = [];
  const contract = contractOf(given.paths ?? THINGS);
  let created = 0;
  const conversation = converseWith((sent) => {
    const call = `${sent.method} ${sent.path}`;
    log.push(call);
    given.onSent?.(sent);
    const answers = [given.host?.[call] ?? []].flat();
    const before = conversation.sent.filter(({ method, path }) => `${method} ${path}` === call).length - 1;
    const own = answers[Math.min(before, answers.length - 1)];
    if (own) return own;
    if (sent.method === 'POST') return answer(201, { id: `new-${(created += 1)}` });
    return answer(sent.method === 'DELETE' ? 204 : 200);
  });
  const { plan, asking } = askingOf(contract, conversation, {
    policy: given.policy ?? 'full',
    samples: given.samples ?? {},
    journal: journalIn(log),
    ...(given.signal ? { signal: given.signal } : {}),
    ...(given.onObserved ? { onObserved: given.onObserved } : {}),
  });
  const steps = plan.steps.filter(
    ({ operation, manner }) =>
      (manner === 'real' || manner === 'forbidden-body') && (given.only?.includes(operation.id) ?? true),
  );
  let failure: unknown;
  const observations = await askWrites(steps, SEEN, asking).catch((error: unknown) => {
    failure = error;
    return [];
  });
  return { log, sent: conversation.sent, observations, failure };
}

describe('a real write', () => {
  test('stands in the journal before it is sent, with what removes it once that is known', async () => {
    const { log } = await write({ only: ['POST /things/'] });
    expect(log).toEqual([
      'journal: 0 creating by POST /things/',
      'POST /things/',
      'journal: 0 created /things/new-1/',
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
/parts/: { post: {} }
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
      onSent: () => {
        stop.abort();
      },
    });
    expect(log.filter((line) => !line.startsWith('journal'))).toEqual([
      'POST /things/',
      'DELETE /things/new-1/',
    ]);
    expect(sent.at(-1)).toMatchObject({ evenWhenStopped: true, repeatable: true, token: 'valid' });
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
    const { log } = await write({ only: ['POST /things/'], host: { 'POST /things/': created } });
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
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /things/',
      'POST /things/0/notes/?about=0',
      'POST /orders/',
      'PUT /things/0/',
    ]);
    expect(sent.map(({ body }) => body)).toEqual(['{}', '{}', '{}', '{}']);
  });

  test('goes through the journal too, because a host need not keep its contract', async () => {
    const { log } = await write({ policy: 'validate', host: refusing, only: ['POST /orders/'] });
    expect(log).toEqual([
      'journal: 0 creating by POST /orders/',
      'POST /orders/',
      'journal: 0 created nothing',
    ]);
  });

  test('what it has created all the same is removed', async () => {
    const { log } = await write({ policy: 'validate', only: ['POST /things/'] });
    expect(log.slice(-3)).toEqual([
      'journal: 0 created /things/new-1/',
      'DELETE /things/new-1/',
      'journal: 0 removed',
    ]);
  });

  test('what it has created and nobody can remove stays open in the journal', async () => {
    const { log } = await write({ policy: 'validate', only: ['POST /orders/'] });
    expect(log).toEqual(['journal: 0 creating by POST /orders/', 'POST /orders/']);
  });
});
