import { describe, expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { effectOf, type EffectFacts } from './effect.js';

const BODY =
  'requestBody: { content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string } } } } } }';
const OPEN_BODY = 'requestBody: { content: { application/json: { schema: {} } } }';

const contract = contractOf(`
/things/:
  get: {}
  post: { ${BODY} }
/things/_search/:
  post: { x-safe: true, ${OPEN_BODY} }
/things/{id}/:
  get: {}
  put: { ${BODY} }
  patch: { ${OPEN_BODY} }
  delete: {}
/things/{id}/start/:
  post: {}
/things/{id}/parts/{part}/:
  delete: {}
/untold/:
  post: { requestBody: { content: { application/json: {} } } }
/reset/:
  post: {}
  delete: { x-safe: true }
  put: { x-safe: true, ${BODY} }
/count/:
  get: { x-safe: false }
`);

const BASE = 'https://api.shop.example/v2';
const ABSENT = 'conform-absent-1';
const FORBIDDEN = '{}';
const ALLOWED = '{"name":"Carla"}';

const FACTS: EffectFacts = {
  contract,
  baseUrl: BASE,
  identity: 'invalid',
  refusalSeen: true,
  refusedWrites: [{ method: 'POST', url: `${BASE}/things/?page=2` }],
  isGuarded: () => true,
  isAbsent: (id) => id === ABSENT || id === '__absent_1',
};

function effect(call: string, facts: Partial<EffectFacts> = {}, body?: string) {
  const [method = '', path = ''] = call.split(' ');
  const headers = { 'content-type': 'application/json' };
  const request = { method, url: BASE + path, headers, ...(body === undefined ? {} : { body }) };
  return effectOf(request, { ...FACTS, ...facts }).effect;
}

describe('none', () => {
  test.each(['GET /things/', 'HEAD /things/', 'OPTIONS /things/', 'GET /nowhere/', 'POST /things/_search/'])(
    '%s, with whatever credentials',
    (call) => {
      for (const identity of ['valid', 'reader', 'other', 'expired', 'invalid', 'none'] as const)
        expect(effect(call, { identity }, ALLOWED)).toBe('none');
    },
  );

  test.each([
    ['a GET that the contract calls unsafe', 'GET /count/'],
    ['a DELETE that the contract calls safe', 'DELETE /reset/'],
    ['a PUT that the contract calls safe', 'PUT /reset/'],
    ['a TRACE', 'TRACE /things/'],
    ['a search under a path that the contract does not have', 'POST /thing/_search/'],
  ])('not: %s', (_, call) => {
    expect(effect(call, { identity: 'valid' })).not.toBe('none');
  });
});

describe('route: refused, and harmless even if it is not', () => {
  test.each([
    ['a body that is forbidden', 'POST /things/', FORBIDDEN],
    ['a forbidden body to the id of nothing', `PUT /things/${ABSENT}/`, FORBIDDEN],
    ['the id of nothing, where no body is taken', `DELETE /things/${ABSENT}/`, undefined],
    ['an action on the id of nothing', `POST /things/${ABSENT}/start/`, undefined],
    ['the same with a query', 'POST /things/?page=2', FORBIDDEN],
    ['a path of nothing, beside one that has refused the same', 'POST /__absent_1/', undefined],
    ['a longer one', 'POST /things/__absent_1', undefined],
  ])('%s', (_, call, body) => {
    expect(effect(call, {}, body)).toBe('route');
  });

  const MISSING: [what: string, call: string, body: string | undefined, facts: Partial<EffectFacts>][] = [
    ['good credentials', 'POST /things/', FORBIDDEN, { identity: 'valid' }],
    ['no credentials', 'POST /things/', FORBIDDEN, { identity: 'none' }],
    ['credentials that were not seen refused', 'POST /things/', FORBIDDEN, { refusalSeen: false }],
    ['the same on a path of nothing', 'POST /__absent_1/', undefined, { refusalSeen: false }],
    ['an operation that nobody guards', 'POST /things/', FORBIDDEN, { isGuarded: () => false }],
    ['a body that is allowed', 'POST /things/', ALLOWED, {}],
    ['no body where one is taken', 'POST /things/', undefined, {}],
    ['a body that cannot be read', 'POST /things/', '{"na', {}],
    ['a body to which the contract says nothing', `PATCH /things/${ABSENT}/`, FORBIDDEN, {}],
    ['an id that may be that of something', 'DELETE /things/0/', undefined, {}],
    ['one such id beside one of nothing', `DELETE /things/7/parts/${ABSENT}/`, undefined, {}],
    ['a forbidden body to such an id', 'PUT /things/0/', FORBIDDEN, {}],
    ['a body that nobody takes', `DELETE /things/${ABSENT}/`, FORBIDDEN, {}],
    ['neither body nor id', 'POST /reset/', undefined, {}],
    ['a path of nothing where nothing was refused', 'POST /__absent_1/', undefined, { refusedWrites: [] }],
    ['a path of nothing by a method that was not refused', 'PUT /__absent_1/', undefined, {}],
    ['a path of nothing where nothing was refused beside', 'POST /other/__absent_1/', undefined, {}],
    ['a path that may be that of something', 'POST /thing/', undefined, {}],
    ['a body to a path of nothing', 'POST /__absent_1/', FORBIDDEN, {}],
  ];
  test.each(MISSING)('not with %s', (_, call, body, facts) => {
    expect(['validate', 'full']).toContain(effect(call, facts, body));
  });
});

describe.each(['reader', 'other', 'expired'] as const)('what is sent as “%s”', (identity) => {
  test.each([
    ['a forbidden body', 'POST /things/', FORBIDDEN],
    ['a forbidden body to the id of nothing', `PUT /things/${ABSENT}/`, FORBIDDEN],
    ['an allowed body', 'POST /things/', ALLOWED],
    ['the id of nothing', `DELETE /things/${ABSENT}/`, undefined],
    ['an action on the id of nothing', `POST /things/${ABSENT}/start/`, undefined],
    ['a path of nothing', 'POST /__absent_1/', undefined],
    ['a removal', 'DELETE /things/7/', undefined],
    ['neither body nor id', 'POST /reset/', undefined],
  ])('could do what it could with good credentials: %s', (_, call, body) => {
    const own = effect(call, { identity }, body);
    expect(own).toBe(effect(call, { identity: 'valid' }, body));
    expect(['validate', 'full']).toContain(own);
  });
});

describe('validate: good credentials, and a body that the contract forbids', () => {
  test('as it is', () => {
    expect(effect('POST /things/', { identity: 'valid' }, FORBIDDEN)).toBe('validate');
  });

  test('not without credentials', () => {
    expect(effect('POST /things/', { identity: 'none' }, FORBIDDEN)).toBe('full');
  });

  test.each([
    ['an allowed body', 'POST /things/', ALLOWED],
    ['no body', 'POST /things/', undefined],
    ['a body that the contract does not describe', 'POST /untold/', FORBIDDEN],
    ['an operation of no contract', 'POST /nowhere/', FORBIDDEN],
    ['a removal', 'DELETE /things/7/', undefined],
  ])('not: %s', (_, call, body) => {
    expect(effect(call, { identity: 'valid' }, body)).toBe('full');
  });

  test('a body of another type than JSON is not known to be forbidden', () => {
    const request = { method: 'POST', url: `${BASE}/things/`, headers: {}, body: FORBIDDEN };
    expect(effectOf(request, { ...FACTS, identity: 'valid' }).effect).toBe('full');
  });

  test('a body that cannot be checked is not known to be forbidden', () => {
    const request = {
      ...contract.validators.request,
      check: () => ({ kind: 'not checked' as const, why: 'schema' as const }),
    };
    const unchecked = { ...contract, validators: { ...contract.validators, request } };
    expect(effect('POST /things/', { identity: 'valid', contract: unchecked }, FORBIDDEN)).toBe('full');
  });
});

test.each([
  ['GET /things/', {}, undefined, 'none', 'reads'],
  ['POST /things/_search/', {}, undefined, 'none', 'safe-by-contract'],
  ['POST /things/', { identity: 'valid' }, FORBIDDEN, 'validate', 'forbidden-body'],
  ['POST /things/', { identity: 'valid' }, ALLOWED, 'full', 'may-change-something'],
  ['POST /things/', { refusalSeen: false }, FORBIDDEN, 'full', 'refusal-not-seen'],
  ['POST /thing/', {}, undefined, 'full', 'not-harmless'],
  ['POST /__absent_1/', {}, undefined, 'route', 'refused-and-harmless'],
  ['POST /__absent_1/', { refusedWrites: [] }, undefined, 'full', 'no-refused-write-beside'],
  ['POST /things/', { isGuarded: () => false }, FORBIDDEN, 'full', 'not-guarded'],
  ['POST /things/', {}, FORBIDDEN, 'route', 'refused-and-harmless'],
  ['POST /things/', {}, ALLOWED, 'full', 'not-harmless'],
  // The contract says nothing of its body.
  ['POST /untold/', {}, FORBIDDEN, 'full', 'not-harmless'],
  ['POST /reset/', { identity: 'valid' }, FORBIDDEN, 'full', 'may-change-something'],
] as const)('%s with %j and the body %s: %s, because of “%s”', (call, facts, body, effect, because) => {
  const [method = '', path = ''] = call.split(' ');
  const headers = { 'content-type': 'application/json' };
  const request = { method, url: BASE + path, headers, ...(body === undefined ? {} : { body }) };
  expect(effectOf(request, { ...FACTS, ...facts })).toMatchObject({ effect, because });
});

test('the ids of a path are those of its operation; a path of no operation has none', () => {
  const idsOf = (path: string) => effectOf({ method: 'DELETE', url: BASE + path, headers: {} }, FACTS).ids;
  expect(idsOf('/things/7/parts/8/')).toEqual(['7', '8']);
  expect(idsOf('/nowhere/7/')).toEqual([]);
});

test('what does not say that it is JSON is not known to be forbidden', () => {
  const request = { method: 'POST', url: `${BASE}/things/`, body: FORBIDDEN };
  for (const headers of [{}, { 'content-type': 'text/plain' }])
    expect(effectOf({ ...request, headers }, { ...FACTS, identity: 'valid' }).effect).toBe('full');
});
