import { describe, expect, test } from 'vitest';
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
  const { operations } = contractOf(
    '/things/: { get: {}, post: {} }\n/things/_search/: { post: { x-safe: true } }\n',
  );
  const [read, write, search] = operations;
  const ALL = { forbidden: true, real: true };
  const NOTHING = { forbidden: false, real: false };

  test.each([
    ['none', ALL, 'not'],
    ['none', NOTHING, 'not'],
    ['route', ALL, 'invalid-token'],
    ['route', NOTHING, 'invalid-token'],
    ['validate', ALL, 'forbidden-body'],
    ['validate', { forbidden: true, real: false }, 'forbidden-body'],
    ['validate', { forbidden: false, real: true }, 'invalid-token'],
    ['validate', NOTHING, 'invalid-token'],
    ['full', ALL, 'real'],
    ['full', { forbidden: false, real: true }, 'real'],
    ['full', { forbidden: true, real: false }, 'forbidden-body'],
    ['full', NOTHING, 'invalid-token'],
  ] as const)('a write under “%s”, of which is possible %j: %s', (policy, can, manner) => {
    if (!write) throw new Error('no write');
    expect(mannerOf(write, policy, SANDBOX, can)).toBe(manner);
    expect(mannerOf(write, policy, targetOf({ serve: 'replica' }), can)).toBe(manner);
  });

  test.each(['none', 'route', 'validate', 'full'] as const)(
    'what is safe is asked plainly under “%s”',
    (policy) => {
      for (const operation of [read, search]) {
        if (!operation) throw new Error('no such operation');
        expect(mannerOf(operation, policy, SANDBOX, NOTHING)).toBe('plain');
      }
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
    if (!write) throw new Error('no write');
    expect(mannerOf(write, 'full', targetOf({ serve: 'mock' }), ALL)).toBe('plain');
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
