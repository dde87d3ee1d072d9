import { describe, expect, test } from 'vitest';
import { standingClock } from '../../clock.js';
import { contractOf } from '../contract.js';
import { credentialOf, type CredentialKind } from '../credentials.js';
import type { Evidence, Phase } from '../evidence.js';
import type { Policy } from '../habits.js';
import { Log, record } from '../recorder.js';
import type { Rule } from '../rules.js';
import { setUp, type Columns } from '../set-up.js';
import { createVendor } from '../vendor.js';
import { judge } from './judge.js';

/*
 * The judge is no use when it is blind: here a hand-made client does one thing wrong, or nothing, and the rules that
 * it breaks are named. What the servers are not asked about (the bounds, what is left) is given to it.
 */

interface Client {
  ask: (
    method: string,
    path: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string> },
  ) => Promise<{ status: number; headers: Headers }>;
  elsewhere: (path: string, token?: string) => Promise<void>;
  clock: ReturnType<typeof standingClock>;
}

interface Given extends Partial<Columns> {
  allowed: Policy;
  mayRemove?: boolean;
  evidence?: Partial<Evidence>;
}

const GOOD = 'static-token-for-tests';
const BAD = 'deliberately-bad';
const ABSENT = '731846209';

/** The rules that a client breaks, each once, in the order of the table. */
async function broken(
  { allowed, mayRemove = true, evidence = {}, ...columns }: Given,
  act: (client: Client) => Promise<void>,
): Promise<Rule[]> {
  const kind: CredentialKind = 'static';
  const given = setUp('check', { credential: kind, ...columns });
  const clock = standingClock();
  const log = new Log(clock);
  const credential = credentialOf(kind);
  const contract = contractOf(given, given.creates, credential);
  const knows = { operations: contract.operations, credential, prefix: [] };
  const other = await record({
    name: 'elsewhere',
    log,
    knows: { ...knows, store: undefined },
    answer: () => ({ status: 200, body: {} }),
  });
  const vendor = createVendor({
    contract,
    contractHabits: given,
    habits: given,
    credential,
    prefix: [],
    elsewhere: `http://127.0.0.1:${other.port}`,
  });
  const target = await record({
    name: 'target',
    log,
    knows: { ...knows, store: vendor.store },
    answer: vendor.answer,
  });
  const send = async (url: string, init: RequestInit) => {
    const answer = await fetch(url, { redirect: 'manual', ...init });
    await answer.text();
    return { status: answer.status, headers: answer.headers };
  };
  try {
    await act({
      ask: (method, path, { token, body, headers = {} } = {}) =>
        send(`http://127.0.0.1:${target.port}${path}`, {
          method,
          headers: {
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      elsewhere: async (path, token) => {
        const headers: Record<string, string> =
          token === undefined ? {} : { authorization: `Bearer ${token}` };
        await send(`http://127.0.0.1:${other.port}${path}`, { headers });
      },
      clock,
    });
  } finally {
    await Promise.all([target.close(), other.close()]);
  }
  const phase: Phase = { seen: log.seen, allowed, mayRemove };
  const counted = { operations: log.seen.length };
  const breaches = judge({
    setUp: given,
    phases: [phase],
    planned: undefined,
    remains: vendor.store.left(),
    reported: { left: [], printed: [], budget: { planned: counted, sent: counted } },
    cleaned: undefined,
    mustAsk: true,
    trouble: undefined,
    output: '',
    ...evidence,
  });
  return [...new Set(breaches.map(({ rule }) => rule))];
}

/** What a run has to see before it may write under “route”. */
async function seeTheGuard({ ask }: Client): Promise<void> {
  await ask('GET', '/v1/items/', { token: GOOD });
  await ask('GET', '/v1/items/', { token: BAD });
}

describe('under “none”', () => {
  test('reads and safe searches are admitted', async () => {
    const rules = await broken({ allowed: 'none' }, async ({ ask }) => {
      for (const method of ['GET', 'HEAD', 'OPTIONS']) await ask(method, '/v1/items/', { token: GOOD });
      await ask('POST', '/v1/items/search/', { token: GOOD, body: { name: 'x' } });
    });
    expect(rules).toEqual([]);
  });

  test.each([
    ['DELETE', `/v1/items/${ABSENT}/`, 'x-safe-lies'],
    ['PUT', `/v1/items/${ABSENT}/`, 'x-safe-lies'],
    ['GET', '/v1/export/', 'unsafe-get'],
    ['POST', '/v1/unknown/', 'plain'],
    ['POST', '/v1/items/search', 'plain'],
  ] as const)('%s %s is not, with a contract that is %s', async (method, path, extra) => {
    const rules = await broken({ allowed: 'none', extra }, async ({ ask }) => {
      await ask(method, path, { token: GOOD });
    });
    expect(rules).toContain('none: asks what could change something');
  });

  test('a header for another method is seen through', async () => {
    const headers = { 'x-http-method-override': 'DELETE' };
    const rules = await broken({ allowed: 'none' }, async ({ ask }) => {
      await ask('GET', '/v1/items/11/', { token: GOOD, headers });
    });
    expect(rules).toEqual([
      'override is sent',
      'none: asks what could change something',
      'touched what was there before',
    ]);
  });
});

describe('under “route”', () => {
  test('what is harmless for two reasons is admitted', async () => {
    const rules = await broken({ allowed: 'route' }, async (client) => {
      await seeTheGuard(client);
      await client.ask('POST', '/v1/items/', { token: BAD, body: {} });
      await client.ask('PUT', `/v1/items/${ABSENT}/`, { token: BAD, body: {} });
      await client.ask('DELETE', `/v1/items/${ABSENT}/`, { token: BAD });
    });
    expect(rules).toEqual([]);
  });

  test.each<[Rule, Partial<Columns>, string, string, unknown, string?]>([
    ['route: carries a good credential', {}, 'DELETE', `/v1/items/${ABSENT}/`, undefined, GOOD],
    ['route: refusal was not seen', {}, 'DELETE', `/v1/items/${ABSENT}/`, undefined, 'another-bad-one'],
    ['route: refusal was not seen', { guard: 'hides' }, 'DELETE', `/v1/items/${ABSENT}/`, undefined],
    ['route: refusal was not seen', { guard: 'ignores' }, 'DELETE', `/v1/items/${ABSENT}/`, undefined],
    ['route: the guard was seen to fail', { guard: 'one-open' }, 'DELETE', `/v1/tags/${ABSENT}/`, undefined],
    ['route: operation is not guarded', { security: 'some-public' }, 'POST', '/v1/tags/', {}],
    ['route: operation is not guarded', { security: 'silent' }, 'POST', '/v1/items/', {}],
    ['route: body is valid', {}, 'POST', '/v1/items/', { name: 'Sample' }],
    ['route: body is valid', { bodies: 'optional' }, 'POST', '/v1/items/', undefined],
    ['route: id exists', {}, 'DELETE', '/v1/items/0/', undefined],
    ['route: id exists', {}, 'DELETE', `/v1/items/11/parts/${ABSENT}/`, undefined],
    ['route: neither body nor id', {}, 'POST', '/v1/admin/reset/', undefined],
    [
      'route: unknown path was written to',
      { guard: 'reads-only', upserts: 'anywhere' },
      'PUT',
      '/v1/unknown/',
      {},
    ],
  ])('%s: %o %s %s %o', async (rule, columns, method, path, body, token = BAD) => {
    const rules = await broken({ allowed: 'route', ...columns }, async (client) => {
      await seeTheGuard(client);
      await client.ask(method, path, { token, ...(body === undefined ? {} : { body }) });
    });
    expect(rules).toContain(rule);
  });

  test('that a refusal is seen later, or only of nobody’s, does not count', async () => {
    const rules = await broken({ allowed: 'route' }, async (client) => {
      await client.ask('GET', '/v1/items/', { token: BAD });
      await client.ask('DELETE', `/v1/items/${ABSENT}/`, { token: BAD });
      await seeTheGuard(client);
    });
    expect(rules).toEqual(['route: refusal was not seen']);
  });
});

describe('under “validate”', () => {
  test('forbidden bodies are admitted, and the removal of what they made', async () => {
    const rules = await broken({ allowed: 'validate', accepts: true }, async ({ ask }) => {
      await ask('POST', '/v1/items/', { token: GOOD, body: {} });
      await ask('DELETE', '/v1/items/5001/', { token: GOOD });
    });
    expect(rules).toEqual([]);
  });

  test.each<[Rule, boolean, string, string, unknown]>([
    ['validate: body is not forbidden', true, 'POST', '/v1/items/', { name: 'Sample' }],
    ['validate: body is not forbidden', true, 'DELETE', `/v1/items/${ABSENT}/`, undefined],
    ['validate: body is not forbidden', true, 'POST', '/v1/unknown/', {}],
    ['validate: removes on a guarded target', false, 'DELETE', '/v1/items/5001/', undefined],
  ])('%s: where it may remove: %s, %s %s %o', async (rule, mayRemove, method, path, body) => {
    const rules = await broken({ allowed: 'validate', accepts: true, mayRemove }, async ({ ask }) => {
      await ask('POST', '/v1/items/', { token: GOOD, body: {} });
      await ask(method, path, { token: GOOD, ...(body === undefined ? {} : { body }) });
    });
    expect(rules).toContain(rule);
  });
});

describe('records', () => {
  const create = async ({ ask }: Client) => {
    await ask('POST', '/v1/items/', { token: GOOD, body: { name: 'Sample' } });
  };

  test.each(['/v1/items/11/', '/v1/items/../', '/v1/items/', '/v1/items/?x'])(
    'a removal of %s touches what was there before, also under “full”',
    async (path) => {
      const rules = await broken({ allowed: 'full' }, async ({ ask }) => {
        await ask('DELETE', path, { token: GOOD });
      });
      expect(rules).toEqual(['touched what was there before']);
    },
  );

  test('what is left has to be reported, each thing once', async () => {
    const counted = { operations: 2 };
    const reported = (left: string[], printed = left) => ({
      reported: { left, printed, budget: { planned: counted, sent: counted } },
    });
    const twice = async (client: Client) => {
      await create(client);
      await create(client);
    };
    const one = reported(['POST /v1/items/']);
    expect(await broken({ allowed: 'full', evidence: one }, twice)).toEqual(['left and not reported']);
    const both = reported(['POST /v1/items/', 'POST /v1/items/']);
    expect(await broken({ allowed: 'full', evidence: both }, twice)).toEqual([]);
    const halfPrinted = reported(['POST /v1/items/', 'POST /v1/items/'], ['POST /v1/items/']);
    expect(await broken({ allowed: 'full', evidence: halfPrinted }, twice)).toEqual([
      'left and not reported',
    ]);
    const other = reported(['POST /v1/tags/', 'POST /v1/items/']);
    expect(await broken({ allowed: 'full', evidence: other }, twice)).toEqual(['left and not reported']);
  });

  test('cleanup has to name what it leaves, and may not boast', async () => {
    const cleaned = { claimed: 3, removed: 0, left: [], knows: true, mayObey: true };
    expect(await broken({ allowed: 'full', evidence: { cleaned } }, create)).toEqual([
      'says that it removed more than it did',
      'left and not reported',
    ]);
  });

  test('cleanup sends nothing for a journal that it must not obey', async () => {
    const cleaned = { claimed: 0, removed: 0, left: [], knows: false, mayObey: false };
    const rules = await broken({ allowed: 'full', evidence: { cleaned } }, async ({ ask }) => {
      await ask('GET', '/v1/items/', { token: GOOD });
      await ask('DELETE', `/v1/items/${ABSENT}/`, { token: GOOD });
    });
    expect(rules).toEqual(['obeys a journal that it must not']);
  });
});

describe('bounds', () => {
  const read = async ({ ask }: Client) => {
    await ask('GET', '/v1/items/', { token: GOOD });
  };

  test.each<[Rule, Partial<Evidence>]>([
    ['more requests than the plan said', { planned: { seen: [], most: 0 } }],
    ['no budget in the run file', { reported: { left: [], printed: [], budget: undefined } }],
    [
      'more requests than the run file planned',
      {
        reported: { left: [], printed: [], budget: { planned: { operations: 0 }, sent: { operations: 1 } } },
      },
    ],
    [
      'sent is not what the server counted',
      { reported: { left: [], printed: [], budget: { planned: { controls: 9 }, sent: { controls: 2 } } } },
    ],
    [
      'sent beyond the budget',
      {
        reported: {
          left: [],
          printed: [],
          budget: { planned: { operations: 3 }, sent: { operations: 0, retries: 1 } },
        },
      },
    ],
    ['a fault of the program', { trouble: 'it ended with 70' }],
  ])('%s', async (rule, evidence) => {
    expect(await broken({ allowed: 'none', evidence }, read)).toContain(rule);
  });

  test('a set-up in which nothing is asked shows nothing', async () => {
    expect(await broken({ allowed: 'none' }, () => Promise.resolve())).toEqual(['nothing was asked']);
  });
});

describe('hosts and order', () => {
  test('another host is not asked, and shown nothing', async () => {
    const rules = await broken({ allowed: 'full' }, ({ elsewhere }) => elsewhere('/v1/items/', GOOD));
    expect(rules).toEqual(['secret to another host', 'request to another host']);
    const named = { allowed: 'full', otherHost: true } as const;
    expect(await broken(named, ({ elsewhere }) => elsewhere('/v1/items/'))).toEqual([]);
  });

  test('a write and a read of the same collection do not meet', async () => {
    const both = (path: string) =>
      broken({ allowed: 'full' }, async ({ ask }) => {
        await Promise.all([
          ask('GET', path, { token: GOOD }),
          ask('DELETE', `/v1/items/${ABSENT}/`, { token: GOOD }),
        ]);
      });
    expect(await both('/v1/items/')).toEqual(['write while a read was under way']);
    expect(await both('/v1/tags/')).toEqual([]);
  });

  test('who is asked to wait waits', async () => {
    const after = (milliseconds: number) =>
      broken({ allowed: 'none', throttles: 'once' }, async ({ ask, clock }) => {
        for (let count = 0; count < 4; count++) await ask('GET', '/v1/items/', { token: GOOD });
        clock.advance(milliseconds);
        await ask('GET', '/v1/items/', { token: GOOD });
      });
    expect(await after(1000)).toEqual(['Retry-After not obeyed']);
    expect(await after(2000)).toEqual([]);
  });
});
