import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../targets/reply.js';
import { BODY, contractOf } from '../testing/host.js';
import { createBudget, NOTHING } from './budget.js';
import type { Effect } from './effect.js';
import { refusalOf, type GateRules } from './gate.js';

const BASE = 'https://api.shop.example';
const contract = contractOf(`
/things/: { get: {}, post: { ${BODY} }, put: {} }
/things/{id}/: { get: {}, delete: {}, put: { ${BODY} } }
/settings/: { post: { ${BODY} }, put: { ${BODY} } }
/things/{id}/notes/{note_id}/: { delete: {}, put: { ${BODY} } }
`);

function rulesOf(given: Partial<GateRules> = {}, facts: Partial<GateRules['facts']> = {}): GateRules {
  return {
    policy: 'full',
    budget: createBudget({ ...NOTHING, operations: 1, removal: 1 }),
    isCreatedHere: (id) => id === 'ours',
    isOurs: false,
    facts: {
      contract,
      baseUrl: BASE,
      identity: 'valid',
      refusalSeen: false,
      refusedWrites: [],
      isGuarded: () => true,
      isAbsent: () => false,
      ...facts,
    },
    ...given,
  };
}

function refusal(
  call: string,
  given: Partial<GateRules> = {},
  more: Partial<HttpRequest> & { atMost?: Effect } = {},
) {
  const [method = '', path = ''] = call.split(' ');
  const { atMost = 'full', ...rest } = more;
  const request = { method, url: BASE + path, headers: {}, ...rest };
  return refusalOf({ request, kind: 'operations', atMost }, rulesOf(given))?.code;
}

test('a read passes under every policy', () => {
  for (const policy of ['none', 'route', 'validate', 'full'] as const)
    expect(refusal('GET /things/', { policy }, { atMost: 'none' })).toBeUndefined();
});

test('what goes beyond the policy does not pass, and the reason says how far it goes', () => {
  for (const policy of ['none', 'route', 'validate'] as const)
    expect(refusal('POST /things/', { policy })).toBe('policy');
  expect(refusal('POST /things/', { policy: 'full' })).toBeUndefined();
});

test('what could do more than its sender means does not pass, whatever the policy allows', () => {
  expect(refusal('POST /things/', {}, { atMost: 'validate' })).toBe('declared');
  expect(refusal('POST /things/', {}, { atMost: 'none' })).toBe('declared');
});

describe('what was there before the run is never changed', () => {
  test.each([
    ['a thing that the run created', 'DELETE /things/ours/', undefined],
    ['a thing that it did not create', 'DELETE /things/theirs/', 'not-created-here'],
    ['a part of a thing that it did not create', 'DELETE /things/theirs/notes/ours/', 'not-created-here'],
    ['a whole collection', 'PUT /things/', 'not-created-here'],
    ['a path of no operation', 'DELETE /nowhere/', 'not-created-here'],
    ['a creation by a path of no operation', 'POST /nowhere/', 'not-created-here'],
  ])('%s', (_, call, code) => {
    expect(refusal(call)).toBe(code);
  });

  test('but on a host that ends with the run there was nothing before', () => {
    expect(refusal('DELETE /things/theirs/', { isOurs: true })).toBeUndefined();
  });
});

describe('a body that the contract forbids could be taken by the host', () => {
  const forbidden = { body: '{}', headers: { 'content-type': 'application/json' } };
  test.each([
    ['adds something', 'POST /things/', undefined],
    ['changes nothing', 'PUT /things/absent/', undefined],
    ['changes what the run created', 'PUT /things/ours/', undefined],
    ['changes what the run did not create', 'PUT /things/theirs/', 'not-created-here'],
    [
      'changes a part that there is not, of what the run created',
      'PUT /things/ours/notes/absent/',
      undefined,
    ],
    ['changes it for something else', 'PUT /things/theirs/notes/absent/', 'not-created-here'],
    ['changes what there is only one of', 'PUT /settings/', 'not-created-here'],
    ['changes it by a POST', 'POST /settings/', 'not-created-here'],
  ])('what then %s: %s', (_, call, code) => {
    for (const policy of ['validate', 'full'] as const) {
      const rules = { policy, facts: { ...rulesOf().facts, isAbsent: (id: string) => id === 'absent' } };
      expect(refusal(call, rules, forbidden)).toBe(code);
      expect(refusal(call, { ...rules, isOurs: true }, forbidden)).toBeUndefined();
    }
  });
});

describe('never, under no policy', () => {
  test.each(['X-HTTP-Method-Override', 'x-http-method', 'X-Method-Override'])('the header %s', (name) => {
    expect(refusal('GET /things/', {}, { headers: { [name]: 'DELETE' } })).toBe('method-override');
  });

  test.each(['_method', 'x-http-method-override', 'x-http-method', 'x-method-override'])(
    'the same as the parameter %s',
    (name) => {
      expect(refusal(`GET /things/?${name}=DELETE`)).toBe('method-override');
    },
  );

  test.each([
    'GET /things/../admin/',
    'DELETE /things/%2e%2e/',
    'GET /things/./',
    'GET /things\\admin/',
    'DELETE /things/\t/',
  ])('a path that changes when it is resolved: %s', (call) => {
    expect(refusal(call)).toBe('path-changes');
  });

  test.each([
    ['another host', 'https://elsewhere.example/things/'],
    ['a host that begins like it', `${BASE}.elsewhere.example/things/`],
    ['a user name that looks like it', `${BASE}@elsewhere.example/things/`],
    ['another port', `${BASE}:8443/things/`],
  ])('%s', (_, url) => {
    expect(refusal('GET /', {}, { url })).toBe('elsewhere');
  });
});

test('paths with letters of all kinds and signs of OData stay as they are', () => {
  expect(refusal("GET /things(name='x')/")).toBeUndefined();
  expect(refusal('GET /th%C3%AFngs/ünder/')).toBeUndefined();
});

test('each kind has its own budget, and what does not pass takes nothing from it', () => {
  const rules = rulesOf({ policy: 'none' });
  const ask = (method: string, kind: 'operations' | 'removal' | 'controls') =>
    refusalOf({ request: { method, url: `${BASE}/things/`, headers: {} }, kind, atMost: 'full' }, rules)
      ?.code;
  expect(ask('POST', 'operations')).toBe('policy');
  expect(ask('GET', 'operations')).toBeUndefined();
  expect(ask('GET', 'operations')).toBe('budget');
  expect(ask('GET', 'removal')).toBeUndefined();
  expect(ask('GET', 'controls')).toBe('budget');
  expect(rules.budget.sent()).toEqual({ ...NOTHING, operations: 1, removal: 1 });
});

test('beside a thing of the run an id of nothing may be named', () => {
  const { facts } = rulesOf({}, { isAbsent: (id) => id === 'nothing' });
  expect(refusal('DELETE /things/ours/notes/nothing/', { facts })).toBeUndefined();
});

test('an address is compared letter by letter, and may be asked itself', () => {
  expect(refusal('GET /', {}, { url: 'https://xyz.shop.example/things/' })).toBe('elsewhere');
  expect(refusal('GET ')).toBeUndefined();
  expect(refusal('GET ?page=1')).toBeUndefined();
});

test('a parameter that is called like a header that overrides the method does not pass', () => {
  expect(refusal('GET /things/?x-http-method-override=DELETE')).toBe('method-override');
});
