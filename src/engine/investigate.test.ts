import { describe, expect, test } from 'vitest';
import type { Contract } from '../contract/contract.js';
import { operationAt } from '../contract/operation-at.js';
import type { SamplesFile } from '../probe/samples.js';
import type { Answer, NoAnswer } from '../targets/reply.js';
import type { WritePolicy } from '../targets/targets.js';
import { askingOf, sameChance } from '../testing/asking.js';
import { answer, BODY, contractOf, converseWith, type Sent } from '../testing/host.js';
import { askOperations } from './ask-operations.js';
import { investigate } from './investigate.js';
import { LIMITS } from './plan.js';

/** What a gateway says of everything that it does not route. */
const UNROUTED = answer(403, { message: 'no such route' });
const REFUSED = answer(403, { error: { denied: true } });
const LISTED = answer(200, [{ id: 'of-a-customer' }]);

type Routes = Record<string, Answer | NoAnswer | ((sent: Sent) => Answer | NoAnswer)>;

interface Given {
  /** What the host answers to a method and path; to everything else that it is not routed. */
  routes?: Routes;
  /** The same for the other host; without it there is none. */
  otherRoutes?: Routes;
  policy?: WritePolicy;
  samples?: SamplesFile;
  /** Whether invalid credentials were seen refused, by what was sent so far. Default: they were. */
  refusalSeen?: (sent: readonly Sent[]) => boolean;
  /** Stops the run before this many requests of the investigation. */
  stopBefore?: number;
}

function hostOf(routes: Routes) {
  return (sent: Sent) => {
    const route = routes[`${sent.method} ${sent.path}`] ?? UNROUTED;
    return typeof route === 'function' ? route(sent) : route;
  };
}

/** Asks the operations of a contract, and then what is needed to judge them; tells what the latter sent. */
async function look(paths: string, given: Given = {}) {
  const contract = contractOf(paths);
  const stop = new AbortController();
  let asked = Infinity;
  const conversation = converseWith((sent) => {
    if (sent.role !== 'operation' && conversation.sent.length - asked >= (given.stopBefore ?? Infinity)) {
      stop.abort();
    }
    return hostOf(given.routes ?? {})(sent);
  });
  const elsewhere = converseWith(hostOf(given.otherRoutes ?? {}));
  const { plan, asking } = askingOf(contract, conversation, {
    policy: given.policy ?? 'route',
    samples: given.samples ?? {},
    environment: { SHOP_TENANT: 'tenant-of-ours' },
    signal: stop.signal,
    chance: sameChance,
    ...(given.refusalSeen ? { refusalSeen: () => given.refusalSeen?.(conversation.sent) ?? false } : {}),
  });
  const observations = await askOperations(plan.steps, asking);
  asked = conversation.sent.length;
  const results = await investigate(observations, {
    baseUrl: asking.target.baseUrl,
    conversation,
    signal: stop.signal,
    ...{ absent: asking.absent, operations: contract.operations, concurrency: 1 },
    unknown: [asking.absent.segment(), `${asking.absent.segment()}2`],
    takesCredentials: ({ secured }) => secured,
    refusalSeen: () => given.refusalSeen?.(conversation.sent) ?? true,
    otherBases: [],
    tokenEndpointWorks: false,
    otherHost: given.otherRoutes && {
      name: 'other',
      baseUrl: 'https://other.shop.example',
      conversation: elsewhere,
    },
  });
  const sent = conversation.sent.slice(asked);
  return {
    results,
    sent,
    all: conversation.sent,
    dangerous: dangerous(sent, contract),
    elsewhere: elsewhere.sent,
    of: (purpose: string) => sent.filter((one) => one.purpose === purpose),
    controls: (operation: string) => results.get(operation)?.controls ?? {},
  };
}

/**
 * Requests of an investigation that could change something if they met a route: nobody may send one. Harmless are
 * reads, what the contract calls safe, and a path of nothing with credentials that are refused.
 */
function dangerous(sent: readonly Sent[], { operations }: Contract): Sent[] {
  return sent.filter(
    ({ method, token, path, body }) =>
      !['GET', 'HEAD', 'OPTIONS'].includes(method) &&
      operationAt(method, path, operations)?.operation.safe !== true &&
      !(token === 'invalid' && path.includes('__absent') && body === undefined),
  );
}

describe('the search of other spellings', () => {
  test.each([
    ['a read', '/Thing/: { get: {} }', 'GET', 'valid'],
    ['an operation that creates', `/Thing/: { post: { ${BODY} } }`, 'GET', 'valid'],
    ['an operation that changes', `/Thing/: { put: { ${BODY} } }`, 'GET', 'valid'],
    ['an operation that removes', '/Thing/{id}/: { delete: {} }', 'GET', 'valid'],
    ['a search by POST', '/Thing/_search/: { post: { x-safe: true } }', 'GET', 'valid'],
    ['a PUT that is called safe', `/Thing/_check/: { put: { x-safe: true, ${BODY} } }`, 'GET', 'valid'],
  ])('for %s', async (_, path, method, token) => {
    const routes = { 'GET /items/': LISTED };
    const { of, dangerous } = await look(`${path}\n/items/: { get: {} }\n`, { routes });
    const variants = of('other-spelling');
    expect(variants.length).toBeGreaterThan(3);
    expect(new Set(variants.map((one) => `${one.method} ${one.token}`))).toEqual(
      new Set([`${method} ${token}`]),
    );
    expect(dangerous).toEqual([]);
  });

  test.each([
    ['by POST where the contract calls that path safe', '{ x-safe: true }', 'POST'],
    ['by GET where it is that of a write', '{}', 'GET'],
  ])('for a search by POST is made %s', async (_, post, method) => {
    const paths = `/Things/_search/: { post: { x-safe: true } }\n/things/{id}/: { post: ${post} }\n`;
    const { of, dangerous } = await look(paths);
    const variants = of('other-spelling');
    expect(variants.filter(({ path }) => path === '/things/_search/')).toMatchObject([
      { method, token: 'valid' },
    ]);
    const others = variants.filter(({ path }) => !/^\/things\/[^/]+\/$/.test(path));
    expect(new Set(others.map((one) => one.method))).toEqual(new Set(['GET']));
    expect(dangerous).toEqual([]);
  });

  test('ends with the first spelling that is routed', async () => {
    const routes = { 'GET /items/': LISTED, 'GET /things/': LISTED };
    const { controls, of } = await look('/Things/: { get: {} }\n/items/: { get: {} }\n', { routes });
    expect(controls('GET /Things/').otherSpelling).toMatchObject({ method: 'GET', path: '/things/' });
    expect(of('other-spelling').at(-1)?.path).toBe('/things/');
  });

  test.each([
    ['answers like an unknown path', UNROUTED],
    ['answers 404', answer(404, { detail: 'nothing here' })],
  ])('does not take for routed what %s', async (_, reply) => {
    const routes = { 'GET /items/': LISTED, 'GET /things/': reply };
    const { controls } = await look('/Things/: { get: {} }\n/items/: { get: {} }\n', { routes });
    expect(controls('GET /Things/').otherSpelling).toBeUndefined();
  });

  test('needs no request for a spelling that the same run has found routed', async () => {
    const routes = { 'GET /things/': LISTED };
    const { controls, of } = await look('/Things/: { get: {} }\n/things/: { get: {} }\n', { routes });
    expect(controls('GET /Things/').otherSpelling).toMatchObject({
      path: '/things/',
      operation: 'GET /things/',
    });
    expect(of('other-spelling')).toEqual([]);
  });

  test('does not name one that the same run has found unrouted too', async () => {
    const { controls } = await look('/Things/: { get: {} }\n/things/: { get: {} }\n/items/: { get: {} }\n', {
      routes: { 'GET /items/': LISTED },
    });
    expect(controls('GET /Things/').otherSpelling).toBeUndefined();
  });

  test('sends no more than so many requests for an operation', async () => {
    const { of } = await look('/v1/v1/Things/: { get: {} }\n/v2/a/: { get: {} }\n/v2/b/: { get: {} }\n');
    const own = of('other-spelling').filter(({ path }) => /things?/i.test(path));
    expect(own).toHaveLength(LIMITS.spellings);
  });

  test('does not take for routed what another prefix says of everything', async () => {
    const routes: Routes = { 'GET /items/': LISTED };
    for (const path of ['/v1/things/', '/v1/__absent_abababab/', '/v1/__absent_abababab2/']) {
      routes[`GET ${path}`] = REFUSED;
    }
    const paths = '/v1/v1/things/: { get: {} }\n/items/: { get: {} }\n';
    const { controls, of } = await look(paths, { routes });
    expect(of('other-spelling').map(({ path }) => path)).toContain('/v1/things/');
    expect(controls('GET /v1/v1/things/').otherSpelling).toBeUndefined();
  });

  test('is for what looks unrouted only', async () => {
    const routes = { 'GET /items/': LISTED, 'GET /Things/': REFUSED };
    const { of } = await look('/Things/: { get: {} }\n/items/: { get: {} }\n', { routes });
    expect(of('other-spelling')).toEqual([]);
  });
});

describe('the nonsense path', () => {
  test.each([
    ['none', '/Things/: { get: {} }', 'GET', 'valid'],
    ['route', `/Things/: { post: { ${BODY} } }`, 'POST', 'invalid'],
    ['validate', `/Things/: { post: { ${BODY} } }\n/Things/{id}/: { delete: {} }`, 'GET', 'valid'],
    ['none', '/Things/: { post: { x-safe: true } }', 'GET', 'valid'],
  ] as const)(
    'under “%s”, %s is asked with the token of the operation, by its method only where that is harmless',
    async (policy, path, method, token) => {
      const { of, dangerous } = await look(path, { policy });
      const asked = of('nonsense-sibling');
      expect(asked).toContainEqual(expect.objectContaining({ method, token, body: undefined }));
      expect(asked.filter(({ body }) => body !== undefined)).toEqual([]);
      expect(dangerous).toEqual([]);
    },
  );

  const changing = (method: string, status: number): [paths: string, given: Given] => [
    `/items/: { get: {} }\n/Things/: { ${method.toLowerCase()}: { ${BODY} } }`,
    { routes: { 'GET /items/': LISTED, [`${method} /Things/`]: answer(status) } },
  ];

  const changingWithGood = (status: number): [paths: string, given: Given] => [
    `/Things/: { post: { ${BODY} } }\n/Things/{id}/: { delete: {} }`,
    {
      policy: 'validate',
      routes: {
        'POST /Things/': answer(status),
        'DELETE /Things/conform-absent-abababababababab/': answer(422),
      },
    },
  ];

  test.each([
    ['POST', 401, false],
    ['POST', 403, false],
    ['PUT', 401, true],
  ])(
    'is asked by a method that changes something, %s, where that was refused with %i',
    async (method, status, repeatable) => {
      const { of } = await look(...changing(method, status));
      expect(of('nonsense-sibling').filter((one) => one.method === method)).toMatchObject([
        { token: 'invalid', repeatable },
        { token: 'invalid', repeatable },
      ]);
    },
  );

  test.each(
    ['POST', 'PUT'].flatMap((method) => [400, 404, 422, 500].map((status) => [method, status] as const)),
  )('is read where %s was answered with %i: the host may not look at credentials', async (method, status) => {
    const { of } = await look(...changing(method, status));
    expect(new Set(of('nonsense-sibling').map((one) => one.method))).toEqual(new Set(['GET']));
  });

  test.each([401, 403])(
    'is also asked with invalid credentials where a method that changes something was refused with %i to good ones',
    async (status) => {
      const { of } = await look(...changingWithGood(status));
      const changing = of('nonsense-sibling').filter(({ method }) => method !== 'GET');
      expect(changing).toMatchObject([
        { method: 'POST', token: 'invalid' },
        { method: 'POST', token: 'invalid' },
      ]);
    },
  );

  test.each([400, 404, 409, 422, 500])(
    'is only read where that was answered with %i to good ones: the host may let in who has none',
    async (status) => {
      const { of } = await look(...changingWithGood(status));
      expect(new Set(of('nonsense-sibling').map((one) => one.method))).toEqual(new Set(['GET']));
    },
  );

  test('is shared by all operations of a stage', async () => {
    const { of } = await look('/Things/: { get: {} }\n/Items/: { get: {} }\n');
    const asked = of('nonsense-sibling').filter(({ method }) => method === 'GET');
    expect(asked.map(({ path }) => path)).toEqual(['/__absent_abababab/', '/__absent_abababab2/']);
  });
});

describe('the request without a token', () => {
  const PATHS =
    '/things/: { get: {} }\n/things/_search/: { post: { x-safe: true } }\n' +
    `/orders/: { post: { ${BODY} } }\n`;

  test('is made for reads that are refused', async () => {
    const routes = {
      'GET /things/': REFUSED,
      'POST /things/_search/': answer(400, { error: { denied: true } }),
      'POST /orders/': REFUSED,
    };
    // Under this policy the write goes with the good token as well.
    const { of } = await look(PATHS, { routes, policy: 'validate' });
    expect(of('without-token').map(({ method, path, token }) => `${method} ${path} ${token}`)).toEqual([
      'GET /things/ none',
      'POST /things/_search/ none',
    ]);
  });

  test('is not made for what works, nor for what was asked without one', async () => {
    const routes = { 'GET /things/': LISTED, 'POST /things/_search/': LISTED };
    const { of } = await look(`${PATHS}/open/: { get: { security: [] } }\n`, { routes });
    expect(of('without-token').filter(({ path }) => path !== '/orders/')).toEqual([]);
  });
});

describe('the operation that works, asked with the invalid token', () => {
  const WRITES =
    '/things/: { post: {} }\n/things/{id}/: { get: {}, delete: {} }\n/orders/{id}/: { put: {} }\n';
  const created: Routes = {
    'POST /things/': answer(201, { id: 'new-1' }),
    'GET /things/new-1/': answer(200, { id: 'new-1' }),
    'DELETE /things/new-1/': answer(204),
  };

  test('is a read, also where a write has worked as well', async () => {
    const routes: Routes = {
      ...created,
      'GET /items/': ({ token }) => (token === 'valid' ? LISTED : answer(401)),
    };
    const { of, all, dangerous } = await look(`${WRITES}/items/: { get: {} }\n`, {
      routes,
      policy: 'full',
    });
    expect(all.map(({ method, path }) => `${method} ${path}`)).toContain('DELETE /things/new-1/');
    expect(
      of('known-good-with-invalid-token').map(({ method, path, token }) => `${method} ${path} ${token}`),
    ).toEqual(['GET /items/ invalid']);
    expect(dangerous).toEqual([]);
  });

  test('is not asked at all where only a write has worked', async () => {
    const { of, all } = await look(WRITES, { routes: created, policy: 'full' });
    expect(all.map(({ method, path }) => `${method} ${path}`)).toContain('DELETE /things/new-1/');
    expect(of('known-good-with-invalid-token')).toEqual([]);
  });
});

describe('another method on the same path', () => {
  test('is a GET, with the token of the operation', async () => {
    const { sent, controls } = await look(`/things/: { post: { ${BODY} } }\n/items/: { get: {} }\n`, {
      routes: { 'GET /items/': LISTED, 'GET /things/': answer(401) },
    });
    const own = sent.filter(({ method, path }) => method === 'GET' && path === '/things/');
    expect(own.map(({ token, body }) => ({ token, body }))).toContainEqual({
      token: 'invalid',
      body: undefined,
    });
    expect(controls('POST /things/').otherMethod?.seen.exchange.status).toBe(401);
  });

  test('goes with the same ids: what another id is answered says nothing of the method', async () => {
    const paths = `/things/: { get: {} }\n/things/{id}/: { get: {}, put: { ${BODY} } }\n`;
    const routes = {
      'GET /things/': LISTED,
      'GET /things/of-a-customer/': answer(200, { id: 'of-a-customer' }),
    };
    const { of, controls } = await look(paths, { routes, policy: 'validate' });
    expect(of('other-method').map(({ path }) => path)).toEqual([
      expect.stringMatching(/^\/things\/conform-absent-/),
    ]);
    expect(controls('PUT /things/{id}/').otherMethod?.seen.exchange.status).toBe(403);
  });
});

describe('the other host', () => {
  const PATHS = `
/plans/: { get: {} }
/plans/{id}/: { get: {} }
/plans/_search/: { post: { x-safe: true } }
/orders/: { post: { ${BODY} } }
/items/: { get: { parameters: [{ name: x-tenant, in: header, schema: { type: string } }] } }
/reports/: { get: { parameters: [{ name: x-tenant, in: header, required: true, schema: { type: string } }] } }
`;
  const SAMPLES: SamplesFile = {
    parameters: { 'x-tenant': { env: 'SHOP_TENANT' } },
    operations: {
      'POST /plans/_search/': { body: { of: { from: 'GET /items/' }, for: { env: 'SHOP_TENANT' } } },
      'GET /plans/': { query: { of: { from: 'GET /items/' } } },
      'GET /plans/{id}/': { path: { id: { from: 'GET /items/' } } },
    },
  };
  const routes = { 'GET /items/': LISTED };

  test('is asked for reads without an id in their path only, and never with a token', async () => {
    const { elsewhere } = await look(PATHS, { routes, otherRoutes: {}, samples: SAMPLES });
    const own = elsewhere.filter(({ purpose }) => purpose === 'other-host');
    expect(own.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /plans/',
      'POST /plans/_search/',
      'GET /reports/',
    ]);
    expect(new Set(elsewhere.map(({ token }) => token))).toEqual(new Set(['none']));
    const beside = elsewhere.filter(({ purpose }) => purpose !== 'other-host');
    expect(new Set(beside.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  test('learns no id and no value of ours: not by a path, a query, a body or a header', async () => {
    const { elsewhere } = await look(PATHS, { routes, otherRoutes: {}, samples: SAMPLES });
    const sentElsewhere = JSON.stringify(elsewhere);
    for (const value of ['customer', 'tenant-of-ours', 'Bearer', 'authorization'])
      expect(sentElsewhere).not.toContain(value);
  });

  test('is not asked where there is none, nor about what is routed here', async () => {
    expect((await look(PATHS, { routes, samples: SAMPLES })).elsewhere).toEqual([]);
    const routed = { 'GET /items/': LISTED, 'GET /plans/': REFUSED };
    expect(
      (await look('/items/: { get: {} }\n/plans/: { get: {} }\n', { routes: routed, otherRoutes: {} }))
        .elsewhere,
    ).toEqual([]);
  });
});

describe('what shows that the token is good', () => {
  const GUARDED = ({ token }: Sent) => (token === 'valid' ? LISTED : answer(401));

  test('is an operation of the run that works with the good token, and refuses without one', async () => {
    const { controls, of } = await look('/Things/: { get: {} }\n/items/: { get: {} }\n', {
      routes: { 'GET /items/': GUARDED },
    });
    expect(controls('GET /Things/').knownGood?.operation).toBe('GET /items/');
    expect(of('known-good-without-token').map(({ path, token }) => `${path} ${token}`)).toEqual([
      '/items/ none',
    ]);
  });

  test.each([
    ['works without one as well', '/open/: { get: {} }', LISTED],
    ['is asked without one', '/open/: { get: { security: [] } }', GUARDED],
    [
      'fails without one: that says nothing',
      '/open/: { get: {} }',
      ({ token }: Sent) => (token === 'valid' ? LISTED : answer(503)),
    ],
    [
      'is throttled without one',
      '/open/: { get: {} }',
      ({ token }: Sent) => (token === 'valid' ? LISTED : answer(429)),
    ],
  ])('is not an operation that %s', async (_, path, reply) => {
    const { controls } = await look(`/Things/: { get: {} }\n${path}\n`, { routes: { 'GET /open/': reply } });
    expect(controls('GET /Things/').knownGood).toBeUndefined();
  });

  test('is sought among a few operations only', async () => {
    const paths = Array.from({ length: 9 }, (_, index) => `/open${index}/: { get: {} }`).join('\n');
    const routes = Object.fromEntries(
      Array.from({ length: 9 }, (_, index) => [`GET /open${index}/`, LISTED]),
    );
    const { of } = await look(`/Things/: { get: {} }\n${paths}\n`, { routes });
    expect(of('known-good-without-token')).toHaveLength(4);
  });

  test('can be another spelling that works and refuses without a token', async () => {
    const works = await look('/Things/: { get: {} }\n', { routes: { 'GET /things/': GUARDED } });
    expect(works.controls('GET /Things/').knownGood?.operation).toBe('GET /things/');
    const open = await look('/Things/: { get: {} }\n', { routes: { 'GET /things/': LISTED } });
    expect(open.controls('GET /Things/').otherSpelling).toMatchObject({ path: '/things/', isUsable: true });
    expect(open.controls('GET /Things/').knownGood).toBeUndefined();
  });
});

describe('where all that was asked gets the answer of an unknown path', () => {
  const PATHS = '/a/: { get: {} }\n/b/: { get: {} }\n/c/: { get: {} }\n';

  test('that is said of each operation', async () => {
    const { controls } = await look(PATHS);
    expect(controls('GET /a/').alike).toEqual({
      of: 3,
      root: true,
      tokenEndpoint: false,
      otherBase: undefined,
    });
  });

  test('it is not, where one is answered otherwise', async () => {
    const { controls } = await look(PATHS, { routes: { 'GET /c/': REFUSED } });
    expect(controls('GET /a/').alike).toBeUndefined();
  });

  test('the address of the host alone may still be answered', async () => {
    const { controls } = await look(PATHS, { routes: { 'GET /': answer(200, 'welcome') } });
    expect(controls('GET /a/').alike?.root).toBe(false);
  });
});

test('a run that is stopped asks nothing further', async () => {
  const paths = Array.from({ length: 9 }, (_, index) => `/Word${index}/: { get: {} }`).join('\n');
  const { sent } = await look(paths, { stopBefore: 3 });
  expect(sent.length).toBeLessThanOrEqual(3);
});
