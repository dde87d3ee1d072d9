import { describe, expect, test } from 'vitest';
import { contractOf, targetOf } from '../testing/host.js';
import { forbiddenBody, mannerOf } from './writes.js';

const SANDBOX = targetOf({ name: 'sandbox' });

describe('how an operation is asked', () => {
  const BODY = 'requestBody: { content: { application/json: { schema: { type: object } } } }';
  const { operations } = contractOf(`
/things/: { get: {}, post: { ${BODY} } }
/things/_search/: { post: { x-safe: true } }
/things/{id}/: { delete: {} }
/reset/: { post: {} }
`);
  const of = (id: string) => {
    const found = operations.find((operation) => operation.id === id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };
  const ALL = { forbidden: true, apart: true, real: true, guarded: true };
  const NOTHING = { forbidden: false, apart: true, real: false, guarded: true };

  test.each([
    ['none', ALL, 'not'],
    ['none', NOTHING, 'not'],
    ['route', ALL, 'invalid-token'],
    ['route', { ...ALL, guarded: false }, 'not'],
    ['route', NOTHING, 'not'],
    ['validate', ALL, 'forbidden-body'],
    ['validate', { ...ALL, guarded: false }, 'forbidden-body'],
    ['validate', { ...ALL, real: false }, 'forbidden-body'],
    ['validate', { ...ALL, apart: false }, 'invalid-token'],
    ['validate', { ...ALL, apart: false, guarded: false }, 'not'],
    ['validate', { ...ALL, forbidden: false }, 'not'],
    ['validate', NOTHING, 'not'],
    ['full', ALL, 'real'],
    ['full', { ...ALL, forbidden: false }, 'real'],
    ['full', { ...ALL, real: false }, 'forbidden-body'],
    ['full', NOTHING, 'not'],
  ] as const)('a creation under “%s”, of which is possible %j: %s', (policy, can, manner) => {
    expect(mannerOf(of('POST /things/'), policy, SANDBOX, can).manner).toBe(manner);
    expect(mannerOf(of('POST /things/'), policy, targetOf({ serve: 'replica' }), can).manner).toBe(manner);
  });

  test.each([
    ['what takes an id and no body', 'DELETE /things/{id}/', NOTHING, 'invalid-token'],
    [
      'the same, where nobody says that it is guarded',
      'DELETE /things/{id}/',
      { ...NOTHING, guarded: false },
      'not',
    ],
    ['what takes neither', 'POST /reset/', ALL, 'not'],
  ] as const)('under “route”, %s (%s): %s', (_, id, can, manner) => {
    expect(mannerOf(of(id), 'route', SANDBOX, can).manner).toBe(manner);
  });

  test('why something is not asked is said', () => {
    const why = (id: string, policy: 'none' | 'route' | 'validate', can: typeof ALL) => {
      const way = mannerOf(of(id), policy, SANDBOX, can);
      return way.manner === 'not' ? way.why : undefined;
    };
    expect(why('POST /things/', 'none', ALL)).toContain('the policy of the run');
    expect(why('POST /things/', 'route', { ...ALL, guarded: false })).toContain('targets.yaml (guarded)');
    expect(why('POST /things/', 'validate', { ...ALL, apart: false, guarded: false })).toContain('only adds');
    expect(why('POST /things/', 'route', NOTHING)).toContain('forbids no body');
    expect(why('POST /reset/', 'route', ALL)).toContain('neither a body nor an id');
  });

  test.each(['none', 'route', 'validate', 'full'] as const)(
    'what is safe is asked plainly under “%s”',
    (policy) => {
      for (const id of ['GET /things/', 'POST /things/_search/'])
        expect(mannerOf(of(id), policy, SANDBOX, NOTHING).manner).toBe('plain');
    },
  );

  test.each([
    ['get', '', true],
    ['head', '', true],
    ['options', '', true],
    ['post', '', false],
    ['put', '', false],
    ['patch', '', false],
    ['delete', '', false],
    ['trace', '', false],
    ['post', 'x-safe: true', true],
    ['post', 'x-safe: false', false],
    ['post', "x-safe: 'no'", false],
  ])('%s { %s } is safe: %s', (method, mark, safe) => {
    const [operation] = contractOf(`/things/: { ${method}: { ${mark} } }\n`).operations;
    expect(operation?.safe ?? false).toBe(safe);
  });

  test('a write to the mock is as harmless as a read', () => {
    expect(mannerOf(of('POST /things/'), 'full', targetOf({ serve: 'mock' }), ALL).manner).toBe('plain');
  });
});

describe('a body that the contract forbids', () => {
  test.each([
    ['an object, where a member is required', '{ type: object, required: [name] }', {}],
    ['a list, where an object is wanted', '{ type: object }', []],
    ['an object, where a list is wanted', '{ type: array }', {}],
    ['none, where everything is allowed', '{}', undefined],
  ])('%s', (_, schema, body) => {
    const contract = contractOf(
      `/things/: { post: { requestBody: { content: { application/json: { schema: ${schema} } } } } }\n`,
    );
    const validator = contract.validators.request;
    const [operation] = contract.operations;
    if (!operation) throw new Error('no operation');
    expect(forbiddenBody(operation, validator)).toEqual(body);
  });

  test('none, where the contract knows no body, or none that is JSON', () => {
    const contract = contractOf(`
/things/: { delete: {} }
/files/: { post: { requestBody: { content: { text/plain: { schema: { type: string } } } } } }
`);
    const validator = contract.validators.request;
    for (const operation of contract.operations) expect(forbiddenBody(operation, validator)).toBeUndefined();
  });
});
