import { describe, expect, test } from 'vitest';
import type { Capability } from '../record/run.js';
import { capability } from '../testing/runs.js';
import { ownerOf, type Background } from './owner.js';

type Given = Partial<Capability>;

const refused = (given: Given): Capability =>
  capability({
    id: 'GET /a',
    confidence: 'certain',
    expected: { outcome: given.outcome ?? 'works', met: true },
    ...given,
  });

const onPurpose = (given: Given): Capability => {
  const operation = refused(given);
  return {
    ...operation,
    exchanges: operation.exchanges.map((exchange) => ({ ...exchange, purpose: 'with a wrong token' })),
  };
};

describe('who has to act', () => {
  test.each<[string, Capability, Background, 'vendor' | 'us' | undefined]>([
    ['what works', refused({ outcome: 'works' }), {}, undefined],
    ['a server error', refused({ outcome: 'broken', cause: 'crashed' }), {}, 'vendor'],
    [
      'a policy, the token being good',
      refused({ outcome: 'denied', layer: 'gateway', cause: 'access-denied' }),
      {},
      'vendor',
    ],
    [
      'a refusal that may mean anything',
      refused({ outcome: 'denied', layer: 'gateway', cause: 'gateway-refused', confidence: 'possible' }),
      {},
      'us',
    ],
    ['credentials', refused({ outcome: 'denied', layer: 'token', cause: 'token-expired' }), {}, 'us'],
    [
      'a token that is wrong on purpose',
      onPurpose({ manner: 'invalid-token', outcome: 'denied', layer: 'token', cause: 'token-invalid' }),
      {},
      undefined,
    ],
    [
      'a body that is wrong on purpose',
      onPurpose({ manner: 'forbidden-body', outcome: 'rejects', cause: 'validation-failed' }),
      {},
      undefined,
    ],
    [
      'a token that is wrong on purpose, refused otherwise than expected',
      onPurpose({
        ...{ manner: 'invalid-token', outcome: 'denied', layer: 'token', cause: 'token-expired' },
        expected: { outcome: 'denied', cause: 'token-invalid', met: false },
      }),
      {},
      'us',
    ],
    [
      'a body that is wrong on purpose, refused for nobody knows what',
      onPurpose({ manner: 'forbidden-body', outcome: 'rejects', confidence: 'possible' }),
      {},
      'us',
    ],
    ['a body that is wrong on purpose, taken', onPurpose({ manner: 'forbidden-body' }), {}, 'us'],
    ['what works better than expected', refused({ expected: { outcome: 'broken', met: false } }), {}, 'us'],
    ['a body of ours', refused({ outcome: 'rejects', cause: 'validation-failed' }), {}, 'us'],
    ['a path that was never routed', refused({ outcome: 'unrouted', cause: 'route-missing' }), {}, 'us'],
    [
      'a path that was routed',
      refused({ outcome: 'unrouted', cause: 'route-missing' }),
      { routedAt: '2026-01-01T00:00:00Z' },
      'vendor',
    ],
    [
      'an answer against the documentation',
      refused({ outcome: 'deviates' }),
      { standing: 'documented' },
      'vendor',
    ],
    ['an answer against our own guess', refused({ outcome: 'deviates' }), { standing: 'assumed' }, 'us'],
    ['no network', refused({ outcome: 'unreachable', cause: 'dns-failure' }), {}, 'us'],
    ['an expired certificate', refused({ outcome: 'unreachable', cause: 'tls-expired' }), {}, 'vendor'],
  ])('%s', (_name, operation, background, who) => {
    expect(ownerOf(operation, background)?.who).toBe(who);
  });
});
