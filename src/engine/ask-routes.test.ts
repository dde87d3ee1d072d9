import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Json } from '../json.js';
import { createBudget } from '../session/budget.js';
import { openTarget } from '../session/open.js';
import type { HttpRequest, Reply } from '../targets/reply.js';
import { Secrets } from '../targets/secrets.js';
import type { WritePolicy } from '../targets/targets.js';
import { askingOf, sameChance } from '../testing/asking.js';
import { leapingClock } from '../testing/clock.js';
import {
  answer,
  BODY,
  contractOf,
  converseWith,
  OPEN_REDACTION,
  silence,
  targetOf,
  type Sent,
} from '../testing/host.js';
import { askOperations } from './ask-operations.js';
import { converse, type Conversation } from '../drive/conversation.js';
import type { Left, Observation } from './observation.js';

const LISTED = answer(200, [{ id: 'of-a-customer' }]);
const REFUSED = answer(401);

/** A collection that works, and a thing that can be read, changed and removed. */
const THING = `
/items/: { get: {} }
/things/{id}/: { get: {}, put: { ${BODY} }, delete: {} }
`;

const isSafe = ({ method }: { method: string }) => ['GET', 'HEAD', 'OPTIONS'].includes(method);
const isOfNothing = ({ path }: { path: string }) => path.includes('conform-absent-');
const plain = (path: string) => path.replaceAll(/conform-absent-[0-9a-f]+/g, 'ABSENT');
const GUARD = 'known-good-with-invalid-token';

interface Given {
  policy?: WritePolicy;
  /** What the host answers to a call, with ABSENT for an id of nothing; undefined: as a good host does. */
  host?: (call: string, sent: Sent) => Reply | undefined;
  /** The kind of credentials of a path. The refusal of one kind says nothing of another. Default: one kind. */
  kindOf?: (path: string) => string;
  concurrency?: number;
  /** What the target calls guarded. */
  guarded?: string[];
  signal?: AbortSignal;
  /** Takes the place of the conversation with the host. */
  through?: (conversation: Conversation) => Conversation;
}

/** Asks a contract of a host that refuses what is not good, and has nothing under an id of nothing. */
async function ask(paths: string, given: Given = {}) {
  const kindOf = given.kindOf ?? (() => 'the only one');
  const refused = new Set<string>();
  const contract = contractOf(paths);
  const conversation = converseWith((sent) => {
    const { pathname } = new URL(sent.url);
    const reply =
      given.host?.(`${sent.method} ${plain(sent.path)}`, sent) ??
      (sent.token === 'invalid' ? REFUSED : isOfNothing(sent) ? answer(404) : LISTED);
    if (sent.purpose === GUARD && reply.kind === 'answer' && [401, 403].includes(reply.status))
      refused.add(kindOf(pathname));
    return reply;
  });
  const observedOnes: Observation[] = [];
  const left: Left[] = [];
  const { plan, asking } = askingOf(contract, given.through?.(conversation) ?? conversation, {
    policy: given.policy ?? 'route',
    target: { concurrency: given.concurrency ?? 1, guarded: given.guarded ?? [] },
    kindOf: (operation) => kindOf(operation.split(' ')[1] ?? ''),
    refusalSeen: (operation) => refused.has(kindOf(operation.split(' ')[1] ?? '')),
    onObserved: (observation) => observedOnes.push(observation),
    onLeft: (one) => left.push(one),
    ...(given.signal ? { signal: given.signal } : {}),
  });
  const observations = await askOperations(plan.steps, asking);
  const lines = (sent: readonly Sent[]) =>
    sent.map(({ method, path, token }) => `${method} ${plain(path)} ${token}`);
  return {
    sent: conversation.sent,
    lines: lines(conversation.sent),
    unsafe: lines(conversation.sent.filter((one) => !isSafe(one))),
    of: (purpose: string) => lines(conversation.sent.filter((one) => one.purpose === purpose)),
    left,
    observedOnes,
    observations,
    notAsked: (id: string) => {
      const found = observations.find(({ step }) => step.operation.id === id);
      if (!found || found.asked) throw new Error(`${id} was asked`);
      return found;
    },
  };
}

describe('that invalid credentials are refused', () => {
  test('is not looked for where other credentials are asked for, or none', async () => {
    const paths = `
/items/: { get: {} }
/open/: { get: { security: [] }, post: { ${BODY} } }
/orders/: { post: { ${BODY} } }
`;
    const kindOf = (path: string) => (path === '/items/' ? 'a key' : 'a token');
    const { of, unsafe } = await ask(paths, { kindOf, guarded: ['GET /open/'] });
    expect([of(GUARD), unsafe]).toEqual([[], []]);
  });

  test('is seen first, by a read that works, and kept by its operation', async () => {
    const { of, lines, unsafe } = await ask(THING);
    expect(of(GUARD)).toEqual(['GET /items/ invalid']);
    expect(lines).toEqual([
      'GET /items/ valid',
      'GET /items/ invalid',
      'GET /things/ABSENT/ valid',
      'DELETE /things/ABSENT/ invalid',
      'PUT /things/ABSENT/ invalid',
    ]);
    expect(unsafe).toHaveLength(2);
  });

  test.each([
    ['lets them in', LISTED],
    ['answers 404', answer(404)],
    ['fails', answer(500)],
    ['is silent', silence('ECONNRESET')],
  ])('is not seen where the host %s: then nothing unsafe is sent', async (_, reply) => {
    const { unsafe, notAsked, of, lines } = await ask(THING, {
      host: (_call, { token }) => (token === 'invalid' ? reply : undefined),
    });
    expect(unsafe).toEqual([]);
    expect(of('absent-id')).toEqual([]);
    expect(lines.filter((line) => line.endsWith('invalid'))).toEqual(['GET /items/ invalid']);
    for (const id of ['PUT /things/{id}/', 'DELETE /things/{id}/'])
      expect(notAsked(id).why).toMatch(/^it changes something, and this run has not seen the host refuse/);
  });

  test('is not looked for where no read works with good credentials', async () => {
    const { unsafe, of } = await ask(THING, {
      host: (_call, { token }) => (token === 'valid' ? answer(403) : undefined),
    });
    expect(of(GUARD)).toEqual([]);
    expect(unsafe).toEqual([]);
  });

  test('is looked for in reads only that need credentials, and are safe', async () => {
    const paths = `
/open/: { get: { security: [] } }
/marked/: { get: { x-safe: false } }
/things/: { post: { ${BODY} } }
`;
    const { of, unsafe } = await ask(paths);
    expect(of(GUARD)).toEqual([]);
    expect(unsafe).toEqual([]);
  });

  test('is looked for in no more than three reads, and in none again', async () => {
    const reads = ['a', 'b', 'c', 'd', 'e'].map((name) => `/${name}/: { get: {} }`).join('\n');
    const { of } = await ask(`${reads}\n/things/: { post: { ${BODY} } }\n`, {
      host: (_call, { token }) => (token === 'invalid' ? LISTED : undefined),
    });
    expect(of(GUARD)).toEqual(['GET /a/ invalid', 'GET /b/ invalid', 'GET /c/ invalid']);
    const second = await ask(`${reads}\n/things/: { post: { ${BODY} } }\n`, {
      host: (call, { token }) => (token === 'invalid' && call === 'GET /a/' ? LISTED : undefined),
    });
    expect(second.of(GUARD)).toEqual(['GET /a/ invalid', 'GET /b/ invalid']);
    expect(second.unsafe).toEqual(['POST /things/ invalid']);
  });

  const TWO_KINDS = `
/shop/items/: { get: {} }
/shop/things/: { post: { ${BODY} } }
/office/items/: { get: {} }
/office/things/: { post: { ${BODY} } }
`;
  const kindOf = (path: string) => path.split('/')[1] ?? '';

  test('is seen for each kind of credentials by itself', async () => {
    const { of, unsafe } = await ask(TWO_KINDS, { kindOf });
    expect(of(GUARD)).toEqual(['GET /shop/items/ invalid', 'GET /office/items/ invalid']);
    expect(unsafe).toEqual(['POST /shop/things/ invalid', 'POST /office/things/ invalid']);
  });

  test('of one kind does not let a write with another kind go', async () => {
    const { unsafe, notAsked } = await ask(TWO_KINDS, {
      kindOf,
      host: (call, { token }) => (token === 'invalid' && call === 'GET /office/items/' ? LISTED : undefined),
    });
    expect(unsafe).toEqual(['POST /shop/things/ invalid']);
    expect(notAsked('POST /office/things/').why).toContain('has not seen the host refuse');
  });
});

describe('a read of the same collection', () => {
  const TWO = `
/items/: { get: {} }
/tags/: { get: {}, post: { ${BODY} } }
/tags/{id}/: { delete: {} }
/tags/{id}/archive/: { post: {} }
`;
  const onTags = (reply: Reply): Given => ({
    host: (call, { token }) => (token === 'invalid' && call === 'GET /tags/' ? reply : undefined),
  });

  test.each([401, 403, 404])('is asked too; where it answers %i, the writes go', async (status) => {
    const { of, unsafe } = await ask(TWO, onTags(answer(status)));
    expect(of(GUARD)).toContain('GET /tags/ invalid');
    expect(unsafe).toEqual([
      'DELETE /tags/ABSENT/ invalid',
      'POST /tags/ invalid',
      'POST /tags/ABSENT/archive/ invalid',
    ]);
  });

  test.each([
    ['lets them in', LISTED],
    ['leads elsewhere', answer(302)],
    ['fails', answer(500)],
    ['is silent', silence('ECONNRESET')],
  ])('that %s: nothing unsafe is sent there, whatever another one has refused', async (_, reply) => {
    const { of, unsafe, notAsked } = await ask(`${TWO}\n/items/{id}/: { delete: {} }\n`, onTags(reply));
    expect(of(GUARD)).toEqual(expect.arrayContaining(['GET /tags/ invalid', 'GET /items/ invalid']));
    expect(unsafe).toEqual(['DELETE /items/ABSENT/ invalid']);
    for (const id of ['POST /tags/', 'DELETE /tags/{id}/', 'POST /tags/{id}/archive/'])
      expect(notAsked(id).why).toContain('on a read of the same collection');
  });

  test('is not asked where it is public', async () => {
    const paths = `/items/: { get: {} }\n/tags/: { get: { security: [] }, post: { ${BODY} } }\n`;
    const { of, unsafe } = await ask(paths);
    expect(of(GUARD)).toEqual(['GET /items/ invalid']);
    expect(unsafe).toEqual(['POST /tags/ invalid']);
  });
});

describe('what is let in with invalid credentials', () => {
  const letIn = (status: number): Given => ({
    host: (_call, sent) => (isSafe(sent) ? undefined : answer(status)),
  });

  test('may have created something, and is reported', async () => {
    const { left } = await ask(THING, letIn(201));
    expect(left).toEqual([
      {
        operation: 'PUT /things/{id}/',
        why: 'it was let in with invalid credentials, so something may have been created',
        journal: false,
      },
    ]);
  });

  test.each([302, 401, 404, 422, 500])('is not what is answered with %i', async (status) => {
    expect((await ask(THING, letIn(status))).left).toEqual([]);
  });
});

describe('a failure of the moment', () => {
  const once = (call: string) => {
    let failed = false;
    return (one: string) => {
      if (one !== call || failed) return undefined;
      failed = true;
      return answer(503);
    };
  };
  const statusesOf = (observations: readonly Observation[]) =>
    observations.flatMap((one) =>
      one.asked && one.token === 'invalid' ? [[...one.before, one.exchange].map(({ status }) => status)] : [],
    );
  const POST = `/items/: { get: {}, post: { ${BODY} } }\n`;

  test('says nothing of a route: after a look that the credentials are refused still, it is asked once more', async () => {
    const { observations, unsafe, of } = await ask(POST, { host: once('POST /items/') });
    expect(statusesOf(observations)).toEqual([[503, 401]]);
    expect(unsafe).toEqual(['POST /items/ invalid', 'POST /items/ invalid']);
    expect(of(GUARD)).toHaveLength(2);
  });

  test('is not followed by a second request where the credentials are refused no longer', async () => {
    let guards = 0;
    const { unsafe } = await ask(POST, {
      host: (call, { purpose }) => {
        if (call === 'POST /items/') return answer(503);
        if (purpose !== GUARD) return undefined;
        guards += 1;
        return guards > 1 ? LISTED : REFUSED;
      },
    });
    expect(unsafe).toEqual(['POST /items/ invalid']);
  });
});

describe('the id of nothing', () => {
  test('is looked for once for a path template, with good credentials, before anything unsafe is sent', async () => {
    const paths = `${THING}
/things/{id}/parts/{part_id}/: { get: {}, put: { ${BODY} }, delete: {} }
`;
    const { of, sent, unsafe } = await ask(paths, { concurrency: 4 });
    expect(of('absent-id').sort()).toEqual([
      'GET /things/ABSENT/ valid',
      'GET /things/ABSENT/parts/ABSENT/ valid',
    ]);
    expect(unsafe).toHaveLength(4);
    const firstUnsafe = sent.findIndex((one) => !isSafe(one));
    expect(sent.slice(firstUnsafe).filter(({ purpose }) => purpose === 'absent-id')).toEqual([]);
    const looked = sent.filter(({ purpose }) => purpose === 'absent-id').map(({ path }) => path);
    for (const one of sent.filter((other) => !isSafe(other))) expect(looked).toContain(one.path);
  });

  test('is shown by a name of its own, and is no id that was listed or is in a sample', async () => {
    const { sent } = await ask(`/things/: { get: {} }\n${THING}`);
    const own = sent.filter((one) => !isSafe(one) || one.purpose === 'absent-id');
    expect(own).toHaveLength(3);
    for (const { shown, path } of own) {
      expect(new URL(shown).pathname).toBe('/things/absent-id/');
      expect(path).toMatch(/^\/things\/conform-absent-[0-9a-f]{16}\/$/);
    }
  });

  const onLook = (reply: Reply): Given => ({
    host: (_call, sent) => (isSafe(sent) && sent.token === 'valid' && isOfNothing(sent) ? reply : undefined),
  });

  test.each([400, 401, 403, 404, 405, 410, 422])(
    'is one of nothing where a read answers %s',
    async (status) => {
      const { unsafe } = await ask(THING, onLook(answer(status)));
      expect(unsafe).toEqual(['DELETE /things/ABSENT/ invalid', 'PUT /things/ABSENT/ invalid']);
    },
  );

  test.each<[what: string, body: Json]>([
    ['a list', []],
    ['a list in an object', { items: [] }],
    ['a count of nothing', { count: 0 }],
    ['a page of a list', { data: [], total: 0, page: 1, page_size: 20, next: null, has_more: false }],
    ['a bundle', { resourceType: 'Bundle', id: 'search', type: 'searchset', total: 0, entry: [] }],
    ['a page that is described apart', { data: [], meta: { total_count: 0, limit: 50, offset: 0 } }],
  ])('is one of nothing where a read answers %s without a member', async (_, body) => {
    const { unsafe } = await ask(THING, onLook(answer(200, body)));
    expect(unsafe).toHaveLength(2);
  });

  test.each<[what: string, reply: Reply]>([
    ['a thing', answer(200, { id: 'x' })],
    ['a thing whose list of parts is empty', answer(200, { id: 'x', parts: [] })],
    ['a thing with a number and an empty list', answer(200, { price: 5, tags: [] })],
    ['a thing with an empty list and a count of something', answer(200, { notes: [], total: 7 })],
    ['a thing that holds one with an empty list', answer(200, { data: { name: 'x', tags: [] } })],
    ['a thing of FHIR with an empty list', answer(200, { resourceType: 'Patient', id: 'x', name: [] })],
    ['a bundle of something', answer(200, { resourceType: 'Bundle', total: 1, entry: [{ resource: {} }] })],
    ['an object without members', answer(200, {})],
    ['a list', answer(200, [{ id: 'x' }])],
    ['a page of a list', answer(200, { items: [{ id: 'x' }], page: 1 })],
    ['a success without a body', answer(204)],
    ['a success in words', answer(200, 'a page')],
  ])('may be one of something where a read answers %s: then nothing unsafe is sent', async (_, reply) => {
    const { unsafe, notAsked } = await ask(THING, onLook(reply));
    expect(unsafe).toEqual([]);
    for (const id of ['PUT /things/{id}/', 'DELETE /things/{id}/'])
      expect(notAsked(id).why).toContain(
        'the id of nothing that was made for it seems to be one of something',
      );
  });

  test.each<[what: string, reply: Reply]>([
    ['500', answer(500)],
    ['503', answer(503)],
    ['429', answer(429)],
    ['302', answer(302)],
    ['nothing', silence('ECONNRESET')],
  ])('is not known to be one where a read answers %s: then nothing unsafe is sent', async (_, reply) => {
    const { unsafe, notAsked } = await ask(THING, onLook(reply));
    expect(unsafe).toEqual([]);
    expect(notAsked('DELETE /things/{id}/').why).toContain('it could not be read whether there is nothing');
  });

  test('is not known to be one where the look is withheld: then nothing unsafe is sent', async () => {
    const { unsafe, notAsked } = await ask(THING, {
      through: (conversation) => ({
        ...conversation,
        ask: (probe, options) =>
          probe.purpose === 'absent-id'
            ? Promise.resolve({ withheld: { code: 'asked-to-wait', until: new Date(0) } as const })
            : conversation.ask(probe, options),
      }),
    });
    expect(unsafe).toEqual([]);
    expect(notAsked('DELETE /things/{id}/').why).toContain('it could not be read whether there is nothing');
  });

  test('that is taken stops the writes of its own path only', async () => {
    const paths = `${THING}/plans/{id}/: { get: {}, delete: {} }\n/orders/: { post: { ${BODY} } }\n`;
    const { unsafe } = await ask(paths, {
      host: (call) => (call === 'GET /things/ABSENT/' ? answer(200, { id: 'x' }) : undefined),
    });
    expect(unsafe).toEqual(['DELETE /plans/ABSENT/ invalid', 'POST /orders/ invalid']);
  });

  test('is not looked for by a GET that the contract does not call safe', async () => {
    const paths = '/items/: { get: {} }\n/things/{id}/: { get: { x-safe: false }, delete: {} }\n';
    const { lines } = await ask(paths);
    expect(lines.filter((line) => line.startsWith('GET /things/') && line.endsWith(' valid'))).toEqual([]);
  });

  test.each([
    ['an enumeration', '{ type: string, enum: [first, last] }'],
    ['a flag', '{ type: boolean }'],
    ['a small range', '{ type: integer, minimum: 1, maximum: 12 }'],
  ])('cannot be had of %s: then nothing unsafe is sent, and nothing is looked for', async (_, schema) => {
    const parameters = `parameters: [{ name: kind, in: path, required: true, schema: ${schema} }]`;
    const paths = `
/items/: { get: {} }
/things/{kind}/: { put: { ${parameters}, ${BODY} }, delete: { ${parameters} } }
`;
    const { unsafe, sent, notAsked } = await ask(paths);
    expect(unsafe).toEqual([]);
    expect(sent.filter(({ path }) => path.startsWith('/things/'))).toEqual([]);
    for (const id of ['PUT /things/{kind}/', 'DELETE /things/{kind}/'])
      expect(notAsked(id).why).toBe(
        'it changes something, and every value of “kind” may be that of something',
      );
  });
});

describe('what is not sent', () => {
  const unseen: Given['host'] = (call, { token }) => {
    if (token === 'invalid') return LISTED;
    return call.startsWith('OPTIONS') ? answer(204, undefined, { allow: 'PUT, DELETE' }) : undefined;
  };

  test('is looked at by OPTIONS where the path has a GET operation, and tells what that answers', async () => {
    const { of, notAsked } = await ask(THING, { host: unseen });
    // Once for all operations of the path.
    expect(of('safe-look')).toEqual(['OPTIONS /things/ABSENT/ valid']);
    expect(notAsked('DELETE /things/{id}/').looks).toHaveLength(1);
    const { why, looks } = notAsked('PUT /things/{id}/');
    expect(why).toMatch(/\. Of its path, OPTIONS answers 204 \(Allow: PUT, DELETE\)$/);
    expect(looks?.map(({ method, status, purpose }) => [method, status, purpose])).toEqual([
      ['OPTIONS', 204, 'safe-look'],
    ]);
  });

  test('is looked at by GET as well where the path has no GET operation', async () => {
    const { of, notAsked, sent } = await ask(`/items/: { get: {} }\n/orders/{id}/: { put: { ${BODY} } }\n`, {
      host: unseen,
    });
    expect(of('safe-look')).toEqual(['OPTIONS /orders/ABSENT/ valid', 'GET /orders/ABSENT/ valid']);
    const { why, looks } = notAsked('PUT /orders/{id}/');
    expect(why).toMatch(/Of its path, OPTIONS answers 204 \(Allow: PUT, DELETE\), GET answers 404$/);
    expect(looks).toHaveLength(2);
    for (const { body, headers } of sent.filter(({ purpose }) => purpose === 'safe-look')) {
      expect(body).toBeUndefined();
      expect(Object.keys(headers)).toEqual(['accept']);
    }
  });

  test('is looked at also where nothing of it could be sent in the first place', async () => {
    const { of, notAsked, unsafe } = await ask('/items/: { get: {} }\n/orders/: { post: {} }\n');
    expect(unsafe).toEqual([]);
    expect(of('safe-look')).toEqual(['OPTIONS /orders/ valid', 'GET /orders/ valid']);
    expect(notAsked('POST /orders/').why).toMatch(/^it changes something, and takes neither .* Of its path,/);
  });

  test('is looked at without credentials where the contract asks for none', async () => {
    const { of } = await ask(`/items/: { get: {} }\n/orders/: { post: { security: [], ${BODY} } }\n`);
    expect(of('safe-look')).toEqual(['OPTIONS /orders/ none', 'GET /orders/ none']);
  });

  test('is not looked at under the policy “none”', async () => {
    const { lines, notAsked } = await ask(THING, { policy: 'none' });
    expect(lines).toEqual(['GET /items/ valid']);
    expect(notAsked('DELETE /things/{id}/')).not.toHaveProperty('looks');
    expect(notAsked('DELETE /things/{id}/').why).not.toContain('Of its path');
  });

  test('and what is sent is reported once each', async () => {
    const { observations, observedOnes } = await ask(THING, { host: unseen });
    const ids = (of: readonly Observation[]) => of.map(({ step }) => step.operation.id).sort();
    expect(ids(observedOnes)).toEqual(ids(observations));
    expect(observations).toHaveLength(4);
  });
});

test('what the gate withholds is not asked, and says why', async () => {
  const { notAsked, unsafe } = await ask(THING, {
    through: (conversation) => ({
      ...conversation,
      ask: (probe, options) =>
        options.token === 'invalid' && probe.role === 'operation'
          ? Promise.resolve({ withheld: { code: 'budget', kind: 'operations' } as const })
          : conversation.ask(probe, options),
    }),
  });
  expect(unsafe).toEqual([]);
  expect(notAsked('DELETE /things/{id}/').why).toMatch(/^the budget .* Of its path, OPTIONS/);
});

test.each(['route', 'validate', 'full'] as const)(
  'under “%s” nothing unsafe is sent while a read is under way',
  async (policy) => {
    const log: string[] = [];
    const paths = `${THING}
/plans/: { get: {} }
/plans/{id}/: { get: {}, delete: {} }
/orders/: { get: {}, post: { ${BODY} } }
`;
    const { unsafe } = await ask(paths, {
      policy,
      concurrency: 8,
      through: (conversation) => ({
        ...conversation,
        ask: async (probe, options) => {
          const kind = isSafe(probe.request) ? 'read' : 'unsafe';
          log.push(`${kind} sent`);
          for (let turns = 0; turns < 1 + (log.length % 5); turns += 1) await turn();
          const came = await conversation.ask(probe, options);
          log.push(`${kind} answered`);
          return came;
        },
      }),
    });
    expect(unsafe.length).toBeGreaterThanOrEqual(4);
    let underWay = 0;
    for (const line of log) {
      if (line === 'read sent') underWay += 1;
      if (line === 'read answered') underWay -= 1;
      if (line === 'unsafe sent') expect(underWay).toBe(0);
    }
    expect(underWay).toBe(0);
  },
);

describe('a run that is stopped', () => {
  test.each<[when: string, isThen: (sent: Sent) => boolean, last: string]>([
    ['by the last read', ({ path }) => path === '/items/', 'GET /items/ valid'],
    ['while a refusal is looked for', ({ purpose }) => purpose === GUARD, 'GET /items/ invalid'],
    [
      'while the id of nothing is looked for',
      ({ purpose }) => purpose === 'absent-id',
      'GET /things/ABSENT/ valid',
    ],
    ['by the first write', ({ method }) => method === 'PUT', 'PUT /things/ABSENT/ invalid'],
    ['by a look', ({ method }) => method === 'OPTIONS', 'OPTIONS /orders/ABSENT/ valid'],
  ])('%s sends nothing more, and says so', async (_, isThen, last) => {
    const stop = new AbortController();
    const { lines, notAsked } = await ask(`${THING}/orders/{id}/: { post: {}, delete: {} }\n`, {
      signal: stop.signal,
      host: (call, sent) => {
        if (isThen(sent)) stop.abort();
        // One write has no answer, so that there is something to look at.
        return call === 'DELETE /orders/ABSENT/' ? silence('ABORTED', 'aborted') : undefined;
      },
    });
    expect(lines.at(-1)).toBe(last);
    expect(notAsked('DELETE /orders/{id}/').why).toMatch(/^the run was stopped before /);
  });

  test('before it begins, sends nothing', async () => {
    const { lines, observations } = await ask(THING, { signal: AbortSignal.abort() });
    expect(lines).toEqual([]);
    for (const one of observations)
      expect(one).toMatchObject({ asked: false, why: 'the run was stopped before it was asked' });
  });
});

describe('through the gate itself', () => {
  /** The same with a real session; the host is no more than a function. */
  async function askThroughGate(
    paths: string,
    reply: (request: HttpRequest, isGood: boolean) => Reply,
    policy: WritePolicy = 'route',
  ) {
    const contract = contractOf(paths);
    const target = targetOf({ authorization: 'Bearer good-token-for-tests' });
    const clock = leapingClock(new Date('2026-02-02T12:00:00Z'));
    const sent: string[] = [];
    const signal = new AbortController().signal;
    const { plan, asking } = askingOf(
      contract,
      converseWith(() => REFUSED),
      {
        policy,
        target,
        signal,
      },
    );
    const { session, absent, sites } = openTarget({
      ...{ contract, target, signal, clock },
      policy,
      budget: createBudget(plan.budget),
      environment: {},
      secrets: new Secrets(),
      chance: (bytes) => 'ab'.repeat(bytes),
      sender: {
        send: (request) => {
          const isGood = request.headers['authorization'] === 'Bearer good-token-for-tests';
          sent.push(`${request.method} ${plain(new URL(request.url).pathname)} ${isGood ? 'good' : 'bad'}`);
          return Promise.resolve(reply(request, isGood));
        },
        close: () => Promise.resolve(),
      },
    });
    const observations = await askOperations(plan.steps, {
      ...asking,
      ...{ absent, created: sites[0].created },
      conversation: converse(session, OPEN_REDACTION, sameChance),
      refusalSeen: (operation) => session.refusalSeen(operation),
    });
    return { sent, observations };
  }

  test('what is made harmless passes', async () => {
    const { sent, observations } = await askThroughGate(THING, ({ url }, isGood) =>
      isGood ? (url.includes('absent') ? answer(404) : LISTED) : REFUSED,
    );
    expect(sent).toEqual([
      'GET /items/ good',
      'GET /items/ bad',
      'GET /things/ABSENT/ good',
      'DELETE /things/ABSENT/ bad',
      'PUT /things/ABSENT/ bad',
    ]);
    expect(observations.filter(({ asked }) => asked)).toHaveLength(3);
  });

  test.each(['route', 'full'] as const)(
    'after a write that is let in there is no other, under “%s”',
    async (policy) => {
      const { sent } = await askThroughGate(
        `${THING}/plans/{id}/: { get: {}, delete: {} }\n`,
        ({ url, method }, isGood) => {
          if (isGood) return url.includes('absent') ? answer(404) : LISTED;
          return method === 'GET' ? REFUSED : answer(204);
        },
        policy,
      );
      expect(sent.filter((line) => line.endsWith(' bad'))).toEqual([
        'GET /items/ bad',
        'DELETE /things/ABSENT/ bad',
      ]);
    },
  );

  test('a host that lets invalid credentials in is sent nothing unsafe', async () => {
    const { sent } = await askThroughGate(THING, () => LISTED);
    expect(sent.filter((line) => !/^(GET|OPTIONS) /.test(line))).toEqual([]);
  });
});
