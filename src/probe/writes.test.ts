import { describe, expect, test } from 'vitest';
import { createValidator } from '../contract/validator.js';
import { Problem } from '../problem.js';
import type { Target, WritePolicy } from '../target/targets.js';
import { contractOf, targetOf } from '../testing/host.js';
import { chooseWritePolicy, forbiddenBody, mannerOf } from './writes.js';

const UNLOCKED = { CONFORM_UNLOCK_WRITES: 'production' };

/** As spec/targets.yaml has them: production is locked twice, and never written to for real. */
const PRODUCTION = targetOf({
  name: 'production',
  writes: { default: 'route', most: 'route', unlocked: 'validate' },
});
const SANDBOX = targetOf({ name: 'sandbox', writes: { default: 'route', most: 'full', unlocked: 'full' } });

describe('the policy of a run', () => {
  test.each<
    [wanted: string | undefined, target: Target, environment: Record<string, string>, is: WritePolicy]
  >([
    [undefined, PRODUCTION, {}, 'route'],
    ['none', PRODUCTION, {}, 'none'],
    ['route', PRODUCTION, {}, 'route'],
    ['validate', PRODUCTION, UNLOCKED, 'validate'],
    [undefined, PRODUCTION, UNLOCKED, 'route'],
    [undefined, SANDBOX, {}, 'route'],
    ['validate', SANDBOX, {}, 'validate'],
    ['full', SANDBOX, {}, 'full'],
  ])('“%s” on %s', (wanted, target, environment, policy) => {
    expect(chooseWritePolicy(target, wanted, environment)).toBe(policy);
  });

  test.each<
    [
      what: string,
      wanted: string | undefined,
      target: Target,
      environment: Record<string, string>,
      says: RegExp,
    ]
  >([
    ['beyond what is allowed, without the variable', 'validate', PRODUCTION, {}, /are locked/],
    [
      'with the variable of another target',
      'validate',
      PRODUCTION,
      { CONFORM_UNLOCK_WRITES: 'sandbox' },
      /are locked/,
    ],
    [
      'with a variable that says no more than yes',
      'validate',
      PRODUCTION,
      { CONFORM_UNLOCK_WRITES: '1' },
      /are locked/,
    ],
    ['full, whatever the variable says', 'full', PRODUCTION, UNLOCKED, /never possible on “production”/],
    ['one that there is not', 'everything', SANDBOX, {}, /there is no write policy “everything”/],
    [
      'a default of the target that goes beyond what it allows',
      undefined,
      targetOf({ name: 'wrong', writes: { default: 'full', most: 'route', unlocked: 'full' } }),
      {},
      /are locked/,
    ],
  ])('is refused: %s', (_, wanted, target, environment, says) => {
    const choose = () => chooseWritePolicy(target, wanted, environment);
    expect(choose).toThrow(Problem);
    expect(choose).toThrow(says);
  });
});

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
  const ALL = { forbidden: true, real: true, guarded: true };
  const NOTHING = { forbidden: false, real: false, guarded: true };

  test.each([
    ['none', ALL, 'not'],
    ['none', NOTHING, 'not'],
    ['route', ALL, 'invalid-token'],
    ['route', { ...ALL, guarded: false }, 'not'],
    ['route', NOTHING, 'not'],
    ['validate', ALL, 'forbidden-body'],
    ['validate', { ...ALL, guarded: false }, 'forbidden-body'],
    ['validate', { ...ALL, real: false }, 'forbidden-body'],
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
    const why = (id: string, policy: 'none' | 'route', can: typeof ALL) => {
      const way = mannerOf(of(id), policy, SANDBOX, can);
      return way.manner === 'not' ? way.why : undefined;
    };
    expect(why('POST /things/', 'none', ALL)).toContain('the policy of the run');
    expect(why('POST /things/', 'route', { ...ALL, guarded: false })).toContain('targets.yaml (guarded)');
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
    const validator = createValidator(contract.document, contract.dialect, 'request');
    const [operation] = contract.operations;
    if (!operation) throw new Error('no operation');
    expect(forbiddenBody(operation, validator)).toEqual(body);
  });

  test('none, where the contract knows no body, or none that is JSON', () => {
    const contract = contractOf(`
/things/: { delete: {} }
/files/: { post: { requestBody: { content: { text/plain: { schema: { type: string } } } } } }
`);
    const validator = createValidator(contract.document, contract.dialect, 'request');
    for (const operation of contract.operations) expect(forbiddenBody(operation, validator)).toBeUndefined();
  });
});
