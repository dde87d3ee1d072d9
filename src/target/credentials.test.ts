import { expect, test } from 'vitest';
import { OAUTH, targetOf } from '../testing/host.js';
import { secretsOf } from './credentials.js';

const ENVIRONMENT = { SHOP_ID: 'client-id-of-ours', SHOP_SECRET: 'client-secret-of-ours' };

test('the secrets of several targets are all those that the environment holds', () => {
  const secrets = secretsOf([targetOf(), targetOf({ oauth: OAUTH })], ENVIRONMENT);
  expect(secrets.foundIn('client-id-of-ours')).toBe(true);
  expect(secrets.foundIn('client-secret-of-ours')).toBe(true);
});
