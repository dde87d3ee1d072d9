import { describe, expect, test } from 'vitest';
import type { SamplesFile } from '../probe/samples.js';
import type { Reply } from '../targets/reply.js';
import type { Target, WritePolicy } from '../targets/targets.js';
import { askingOf, journalIn } from '../testing/asking.js';
import { answer, contractOf, converseWith, silence, THINGS, THINGS_AND_ORDERS } from '../testing/host.js';
import { askOperations } from './ask-operations.js';

const LISTED = answer(200, [{ id: 'of-a-customer' }]);

const isRead = ({ method }: { method: string }) => ['GET', 'OPTIONS'].includes(method);

interface Given {
  paths?: string;
  security?: string;
  policy: WritePolicy;
  target?: Partial<Target>;
  samples?: SamplesFile;
  host?: Record<string, Reply>;
  signal?: AbortSignal;
}

/** Asks every operation of a contract of a host that lists one thing of a customer. */
async function ask(given: Given) {
  const log: string[] = [];
  const conversation = converseWith((sent) => {
    const call = `${sent.method} ${sent.path}`;
    log.push(call);
    const own = given.host?.[call];
    if (own) return own;
    if (!isRead(sent) || sent.token === 'invalid') return answer(401);
    return sent.path.includes('conform-absent') ? answer(404) : LISTED;
  });
  const contract = contractOf(given.paths ?? THINGS, given.security);
  const { plan, asking } = askingOf(contract, conversation, {
    policy: given.policy,
    target: given.target ?? {},
    samples: given.samples ?? {},
    journal: journalIn(log),
    ...(given.signal ? { signal: given.signal } : {}),
  });
  const observations = await askOperations(plan.steps, asking);
  const writes = conversation.sent.filter((sent) => !isRead(sent));
  return { log, sent: conversation.sent, calls: conversation.calls(), writes, observations };
}

test('thousands of operations are prepared some hundred at a time, each after the list that its id is from', async () => {
  const pairs = Array.from({ length: 600 }, (_, at) => `/a${at}/{id}: { get: {} }\n/a${at}: { get: {} }\n`);
  const asked: string[] = [];
  const conversation = converseWith(({ path }) => {
    asked.push(path);
    return answer(200, path.split('/').length > 2 ? { id: 'one' } : [{ id: 'one' }]);
  });
  const { plan, asking } = askingOf(contractOf(pairs.join('')), conversation, {
    ...{ policy: 'none', target: {}, samples: {} },
  });
  const windows: number[] = [];
  const validator = { ...asking.validator, keepOnly: () => void windows.push(new Set(asked).size) };
  const observations = await askOperations(plan.steps, { ...asking, validator });
  expect(observations.map(({ step }) => step.operation.id)).toEqual(
    plan.steps.map(({ operation }) => operation.id),
  );
  expect(observations.every((one) => one.asked)).toBe(true);
  // The last time is for what could change something.
  expect(windows).toEqual([0, 500, 1000, 1200]);
});

test('a thing that others remove before it is read says nothing of the read: another one is taken', async () => {
  let lists = 0;
  const conversation = converseWith(({ method, path }) => {
    if (method !== 'GET') return answer(401);
    if (path === '/things/') return answer(200, [{ id: (lists += 1) < 3 ? 'removed' : 'there' }]);
    return path === '/things/removed/' ? answer(404) : answer(200, { id: 'there' });
  });
  const contract = contractOf('/things/: { get: {} }\n/things/{id}/: { get: {} }\n');
  const { plan, asking } = askingOf(contract, conversation, { policy: 'none', target: {}, samples: {} });
  const observations = await askOperations(plan.steps, asking);
  const read = observations.find(({ step }) => step.operation.id === 'GET /things/{id}/');
  expect(read).toMatchObject({ asked: true, exchange: { status: 200 }, before: [{ status: 404 }] });
});

describe('under the policy “none”', () => {
  test('nothing is sent that could change something', async () => {
    const { writes, calls, observations } = await ask({ policy: 'none' });
    expect(writes).toEqual([]);
    expect(calls).toEqual(['GET /things/', 'GET /orders/', 'GET /things/of-a-customer/']);
    expect(observations.filter(({ asked }) => asked).map(({ step }) => step.operation.id)).toEqual([
      'GET /things/',
      'GET /things/{id}/',
      'GET /orders/',
    ]);
  });
});

describe('under the policy “route”', () => {
  test('every write goes with the token that is invalid on purpose, and is never repeated', async () => {
    const { writes } = await ask({ policy: 'route' });
    expect(writes.length).toBe(5);
    for (const { token, repeatable, purpose } of writes) {
      expect({ token, repeatable, purpose }).toEqual({
        token: 'invalid',
        repeatable: false,
        purpose: 'with a token that is invalid on purpose',
      });
    }
  });

  test('every write goes to ids that nothing can have, whatever was listed and whatever the samples say', async () => {
    const { writes } = await ask({
      policy: 'route',
      samples: {
        operations: {
          'POST /orders/': {
            query: { of: { from: 'GET /things/' } },
            body: { of: { from: 'GET /things/' } },
          },
          'DELETE /things/{id}/': { path: { id: { from: 'GET /things/' } } },
        },
      },
    });
    const plain = (path: string) => path.replaceAll(/conform-absent-[0-9a-f]+/g, 'ABSENT');
    expect(writes.map(({ method, path }) => `${method} ${plain(path)}`)).toEqual([
      'DELETE /things/ABSENT/',
      'POST /things/',
      'PUT /things/ABSENT/',
      'POST /things/ABSENT/notes/',
      'POST /orders/?of=ABSENT',
    ]);
    expect(JSON.stringify(writes)).not.toContain('customer');
  });
});

describe('what could create something', () => {
  test.each(['validate', 'full'] as const)(
    'goes through the journal under the policy “%s”',
    async (policy) => {
      const { log } = await ask({ policy, paths: THINGS_AND_ORDERS });
      for (const [index, line] of log.entries()) {
        if (line.startsWith('POST ') && !line.includes('notes')) {
          expect(log[index - 1]).toMatch(`creating by ${line}`);
        }
      }
      expect(log.filter((line) => line.startsWith('journal')).length).toBeGreaterThan(0);
    },
  );

  test('comes after everything that only reads', async () => {
    const { sent } = await ask({ policy: 'full', paths: THINGS_AND_ORDERS });
    const firstWrite = sent.findIndex((one) => !isRead(one));
    expect(firstWrite).toBeGreaterThan(0);
    expect(sent.slice(firstWrite).filter(isRead)).toEqual([]);
  });
});

describe('reads', () => {
  test('go with the good token, or with none where the contract asks for none, and may be repeated', async () => {
    const { sent } = await ask({ policy: 'none' });
    const open = await ask({ policy: 'none', security: '[]' });
    expect(new Set(sent.map(({ token }) => token))).toEqual(new Set(['valid']));
    expect(new Set(open.sent.map(({ token }) => token))).toEqual(new Set(['none']));
    expect([...sent, ...open.sent].every(({ repeatable }) => repeatable)).toBe(true);
  });

  test('take ids from what a listing of this run has shown, and show pseudonyms', async () => {
    const { sent } = await ask({ policy: 'none' });
    expect(sent.map(({ path, shown }) => [path, new URL(shown).pathname])).toContainEqual([
      '/things/of-a-customer/',
      '/things/things-1/',
    ]);
  });

  test.each([
    ['is empty', answer(200, [])],
    ['is refused', answer(403, [{ id: 'not-listed' }])],
    ['does not come', silence('ECONNRESET')],
  ])('are not sent with a guessed id, when the listing %s', async (_, reply) => {
    const { calls, observations } = await ask({ policy: 'none', host: { 'GET /things/': reply } });
    expect(calls).toEqual(['GET /things/', 'GET /orders/']);
    expect(observations.find(({ step }) => step.operation.id === 'GET /things/{id}/')).toMatchObject({
      asked: false,
      why: 'no value for the path parameter “id” is known',
    });
  });
});

test('a run that has been stopped asks nothing more, and says so of each operation', async () => {
  const { sent, observations } = await ask({ policy: 'full', signal: AbortSignal.abort() });
  expect(sent).toEqual([]);
  expect(observations.length).toBe(8);
  for (const observation of observations) {
    expect(observation).toMatchObject({ asked: false, why: 'the run was stopped before it was asked' });
  }
});

test('an answer that we did not wait for is no answer of the operation', async () => {
  const { observations } = await ask({
    policy: 'none',
    host: { 'GET /orders/': silence('ABORTED', 'aborted') },
  });
  expect(observations.find(({ step }) => step.operation.id === 'GET /orders/')).toMatchObject({
    asked: false,
    why: 'the run was stopped before its answer came',
  });
});

test('on the mock a write is asked as it is, and not repeated', async () => {
  const { sent } = await ask({ policy: 'full', target: { serve: 'mock' } });
  const repeated = (method: string) =>
    new Set(sent.filter((one) => one.method === method).map((one) => one.repeatable));
  expect([repeated('GET'), repeated('POST')]).toEqual([new Set([true]), new Set([false])]);
});
