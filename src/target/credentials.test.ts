import { describe, expect, test } from 'vitest';
import { OAUTH, targetOf } from '../testing/host.js';
import { readCredentials, secretsOf } from './credentials.js';
import { Secrets } from './secrets.js';

const ENVIRONMENT = { SHOP_ID: 'client-id-of-ours', SHOP_SECRET: 'client-secret-of-ours' };

describe('credentials', () => {
  test('are secrets from the moment that they are read', () => {
    const secrets = new Secrets();
    expect(readCredentials(targetOf({ oauth: OAUTH }), ENVIRONMENT, secrets)).toEqual({
      clientId: 'client-id-of-ours',
      clientSecret: 'client-secret-of-ours',
    });
    expect(secrets.foundIn('client-id-of-ours')).toBe(true);
    expect(secrets.foundIn('client-secret-of-ours')).toBe(true);
  });

  test.each([
    [{}, 'SHOP_ID and SHOP_SECRET not set'],
    [{ SHOP_ID: 'client-id-of-ours' }, 'SHOP_SECRET not set'],
    [{ ...ENVIRONMENT, SHOP_ID: '' }, 'SHOP_ID not set'],
  ])('that are missing are reported by the names of their variables: %j', (environment, says) => {
    const read = () => readCredentials(targetOf({ oauth: OAUTH }), environment, new Secrets());
    expect(read).toThrow(says);
    expect(read).not.toThrow(/of-ours/);
    expect(read).toThrow(expect.objectContaining({ exitCode: 3 }));
  });

  test('of ours do not go to a server that was started for the run', () => {
    for (const serve of ['mock', 'replica'] as const) {
      expect(readCredentials(targetOf({ oauth: OAUTH, serve }), ENVIRONMENT, new Secrets())).toEqual({
        clientId: 'client-id-for-tests',
        clientSecret: 'client-secret-for-tests',
      });
    }
  });
});

test('the secrets of several targets are all those that the environment holds', () => {
  const secrets = secretsOf([targetOf(), targetOf({ oauth: OAUTH })], ENVIRONMENT);
  expect(secrets.foundIn('client-id-of-ours')).toBe(true);
  expect(secrets.foundIn('client-secret-of-ours')).toBe(true);
});
