import { describe, expect, test } from 'vitest';
import { Problem } from '../problem.js';
import type { Target, WritePolicy } from '../targets/targets.js';
import { targetOf } from '../testing/host.js';
import { chooseWritePolicy, limitsOf } from './policy.js';

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
    expect(chooseWritePolicy({ name: target.name, limits: target.writes }, wanted, environment)).toBe(policy);
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
    ['beyond what is allowed, without the variable', 'validate', PRODUCTION, {}, /is locked/],
    [
      'with the variable of another target',
      'validate',
      PRODUCTION,
      { CONFORM_UNLOCK_WRITES: 'sandbox' },
      /is locked/,
    ],
    [
      'with a variable that says no more than yes',
      'validate',
      PRODUCTION,
      { CONFORM_UNLOCK_WRITES: '1' },
      /is locked/,
    ],
    ['full, whatever the variable says', 'full', PRODUCTION, UNLOCKED, /never allowed on “production”/],
    ['one that there is not', 'everything', SANDBOX, {}, /there is no write policy “everything”/],
    [
      'a default of the target that goes beyond what it allows',
      undefined,
      targetOf({ name: 'wrong', writes: { default: 'full', most: 'route', unlocked: 'full' } }),
      {},
      /goes beyond its “most”/,
    ],
    [
      'the same, with the variable: nobody has said it on the command line',
      undefined,
      targetOf({ name: 'wrong', writes: { default: 'full', most: 'route', unlocked: 'full' } }),
      { CONFORM_UNLOCK_WRITES: 'wrong' },
      /goes beyond its “most”/,
    ],
  ])('is refused: %s', (_, wanted, target, environment, says) => {
    const choose = () => chooseWritePolicy({ name: target.name, limits: target.writes }, wanted, environment);
    expect(choose).toThrow(Problem);
    expect(choose).toThrow(says);
  });
});

test.each([
  [undefined, 'A policy beyond route has to be chosen on the command line.'],
  ['everything', 'Policies are: none, route, validate, full.'],
  ['full', 'The furthest policy is validate.'],
  ['validate', 'To unlock them, set CONFORM_UNLOCK_WRITES=live in the environment of the process as well.'],
])('who asks for “%s” without success reads what to do', (wanted, says) => {
  const limits = {
    default: wanted === undefined ? 'full' : 'route',
    most: 'route',
    unlocked: 'validate',
  } as const;
  try {
    chooseWritePolicy({ name: 'live', limits }, wanted, {});
    expect.unreachable();
  } catch (error) {
    expect(error).toHaveProperty('remedy', expect.stringContaining(says));
  }
});

describe('a host is as guarded as the strictest entry that names it', () => {
  const guarded = targetOf({
    name: 'production',
    baseUrl: 'https://api.shop.example',
    writes: { default: 'route', most: 'route', unlocked: 'validate' },
  });
  const LIMITS = { default: 'route', most: 'route', unlocked: 'validate' };

  test.each([
    'https://api.shop.example',
    'https://API.shop.example:443/v2',
    'https://api.shop.example.',
    'http://api.shop.example',
    'https://user@api.shop.example',
  ])('also as %s', (baseUrl) => {
    const lax = targetOf({
      name: 'lax',
      baseUrl,
      writes: { default: 'full', most: 'full', unlocked: 'full' },
    });
    expect(limitsOf(lax, [guarded, lax], undefined)).toEqual(LIMITS);
    expect(limitsOf({ ...lax, baseUrl: undefined }, [guarded], baseUrl)).toEqual(LIMITS);
  });

  test('also where it is only one of the servers that a target is mapped to, on either side', () => {
    const servers = new Map([['https://files.shop.example', 'https://API.shop.example']]);
    const lax = targetOf({ name: 'lax', baseUrl: 'https://lax.example', servers });
    expect(limitsOf(lax, [guarded, lax], undefined)).toEqual(LIMITS);
    const files = new Map([['https://files.shop.example', 'https://files.shop.example']]);
    const strict = targetOf({ ...guarded, servers: files });
    const other = targetOf({ name: 'other', baseUrl: 'https://files.shop.example:443' });
    expect(limitsOf(other, [strict, other], undefined)).toEqual(LIMITS);
    // At another address nothing of what it is mapped to is asked.
    expect(limitsOf(lax, [guarded, lax], 'https://test.example')).toEqual(lax.writes);
  });

  test('another host keeps its own limits', () => {
    const other = targetOf({ name: 'other', baseUrl: 'https://other.example' });
    expect(limitsOf(other, [guarded, other], undefined)).toEqual(other.writes);
  });

  test('a host that is not ours keeps its default at another address', () => {
    expect(limitsOf(targetOf(), [], 'https://other.example').default).toBe('full');
  });

  test('a server of our own that is somewhere else now is written to only when somebody asks for it', () => {
    const replica = targetOf({ name: 'replica', serve: 'replica' });
    expect(limitsOf(replica, [replica], undefined).default).toBe('full');
    expect(limitsOf(replica, [replica], 'http://127.0.0.1:9').default).toBe('route');
    expect(limitsOf(replica, [replica], 'http://127.0.0.1:9').most).toBe('full');
  });
});
