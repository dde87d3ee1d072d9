import { describe, expect, test } from 'vitest';
import type { Probe } from '../probe/build.js';
import { answer, converseWith } from '../testing/host.js';
import type { Conversation } from './conversation.js';
import { createDriver, NotApplicable, type Ask, type Driven } from './drive.js';
import type { Seen } from './seen.js';

function probeOf(path: string, method = 'GET', purpose = 'a look'): Probe {
  const url = `https://api.shop.example${path}`;
  return { operation: 'any', role: 'control', purpose, request: { method, url, headers: {} }, shown: url };
}

/** Asks for each of these, and gives the statuses that came. */
function asking(
  asks: readonly Ask[],
  given: Partial<Driven<string, number[]>['asks']> = {},
): Driven<string, number[]> {
  return {
    id: 'asks-for-everything',
    asks: { atMost: asks.length, effect: 'none', ...given },
    *run(): Generator<Ask, number[], Seen> {
      const statuses = [];
      for (const ask of asks) statuses.push((yield ask).exchange.status ?? 0);
      return statuses;
    },
  };
}

const RUNNING = new AbortController().signal;

describe('the driver', () => {
  test('gives each answer to who asked for it', async () => {
    const host = converseWith(({ path }) => answer(path === '/a' ? 200 : 404));
    const member = asking([
      { probe: probeOf('/a'), token: 'valid' },
      { probe: probeOf('/b'), token: 'none' },
    ]);
    const came = await createDriver(host, RUNNING).drive(member, 'a thing');
    expect(came).toMatchObject({ kind: 'done', result: [200, 404] });
    expect(host.sent.map(({ path, token }) => `${path} ${token}`)).toEqual(['/a valid', '/b none']);
  });

  test('sends once what several want, for each with its own purpose', async () => {
    const host = converseWith(() => answer(200));
    const driver = createDriver(host, RUNNING);
    const wants = (purpose: string) => asking([{ probe: probeOf('/a', 'GET', purpose), token: 'valid' }]);
    const came = await Promise.all(['one', 'other'].map((purpose) => driver.drive(wants(purpose), '')));
    expect(host.sent).toHaveLength(1);
    expect(
      came.flatMap((one) => (one.kind === 'done' ? one.seen : [])).map(({ exchange }) => exchange.purpose),
    ).toEqual(['one', 'other']);
  });

  test('sends again what is wanted fresh', async () => {
    const host = converseWith(() => answer(200));
    const ask: Ask = { probe: probeOf('/a'), token: 'valid' };
    await createDriver(host, RUNNING).drive(asking([ask, { ...ask, fresh: true }, ask]), '');
    expect(host.sent).toHaveLength(2);
  });

  test('sends again what differs in the token, the Authorization, the body or the host', async () => {
    const [host, other] = [converseWith(() => answer(200)), converseWith(() => answer(200))];
    const probe = probeOf('/a');
    await createDriver(host, RUNNING).drive(
      asking([
        { probe, token: 'valid' },
        { probe, token: 'none' },
        { probe, token: 'none', authorization: 'Bearer own' },
        { probe: { ...probe, request: { ...probe.request, body: '{}' } }, token: 'none' },
        { probe, token: 'none', of: other },
        { probe, token: 'none' },
      ]),
      '',
    );
    expect([host.sent.length, other.sent.length]).toEqual([4, 1]);
  });

  test('stops one that asks more than it declares: that is an error of ours', async () => {
    const host = converseWith(() => answer(200));
    const member = asking(
      [
        { probe: probeOf('/a'), token: 'valid' },
        { probe: probeOf('/b'), token: 'valid' },
      ],
      { atMost: 1 },
    );
    await expect(createDriver(host, RUNNING).drive(member, '')).rejects.toThrow('more than the 1 requests');
    expect(host.sent).toHaveLength(1);
  });

  test.each([
    ['valid', 'route', 'none'],
    ['none', 'route', 'none'],
    ['invalid', 'route', 'route'],
    ['invalid', 'none', 'none'],
  ] as const)(
    'with the token “%s”, one that declares “%s” may do “%s” at the most',
    async (token, effect, atMost) => {
      const asked: string[] = [];
      const host: Conversation = {
        ask: (_, options) => {
          asked.push(options.atMost ?? 'none');
          return Promise.resolve({ withheld: { code: 'elsewhere' } });
        },
        close: () => Promise.resolve(),
      };
      await createDriver(host, RUNNING).drive(
        asking([{ probe: probeOf('/a', 'POST'), token }], { effect }),
        '',
      );
      expect(asked).toEqual([atMost]);
    },
  );

  test('ends with the first request that is withheld, and says why', async () => {
    const host: Conversation = {
      ask: () => Promise.resolve({ withheld: { code: 'budget', kind: 'controls' } }),
      close: () => Promise.resolve(),
    };
    const came = await createDriver(host, RUNNING).drive(
      asking([{ probe: probeOf('/a'), token: 'valid' }]),
      '',
    );
    expect(came).toEqual({ kind: 'not-done', why: { code: 'budget', kind: 'controls' }, seen: [] });
  });

  test('asks nothing more when the run was stopped', async () => {
    const host = converseWith(() => answer(200));
    const came = await createDriver(host, AbortSignal.abort()).drive(
      asking([{ probe: probeOf('/a'), token: 'valid' }]),
      '',
    );
    expect(came).toMatchObject({ kind: 'not-done', why: { code: 'stopped' } });
    expect(host.sent).toEqual([]);
  });

  test('reports what is not for its subject', async () => {
    const member: Driven<string, number> = {
      id: 'for-nothing',
      asks: { atMost: 0, effect: 'none' },
      // eslint-disable-next-line require-yield
      *run() {
        return new NotApplicable('it has no id');
      },
    };
    const came = await createDriver(
      converseWith(() => answer(200)),
      RUNNING,
    ).drive(member, '');
    expect(came).toEqual({ kind: 'not-applicable', why: 'it has no id', seen: [] });
  });
});
