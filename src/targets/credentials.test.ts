import { expect, test } from 'vitest';
import { OAUTH, targetOf } from '../testing/host.js';
import { variablesOfTargets } from './credentials.js';

test('the variables of several targets are those of all their callers', () => {
  const reader = [
    {
      kind: 'bearer',
      scheme: undefined,
      token: 'READER_TOKEN',
      header: 'Bearer {token}',
      headerName: 'authorization',
    } as const,
  ];
  const identities = { reader, other: undefined, expired: undefined };
  const targets = [targetOf({ identities }), targetOf({ oauth: OAUTH })];
  expect(variablesOfTargets(targets)).toEqual(['READER_TOKEN', 'SHOP_ID', 'SHOP_SECRET']);
});
