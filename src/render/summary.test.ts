import { describe, expect, test } from 'vitest';
import { capability, runOf } from '../testing/runs.js';
import type { Need } from '../impact/consumer.js';
import type { Feature } from '../impact/features.js';
import { summarise } from './summary.js';

function feature(name: string, ...needs: (Partial<Need> & { operation: string })[]): Feature {
  const all = needs.map((need) => ({ loss: 'stops' as const, ...need }));
  return {
    consumer: 'till',
    application: 'Till',
    name,
    critical: false,
    needs: all,
  };
}

/** A write that was asked with a token that is wrong on purpose. */
function guarded(id: string) {
  const refused = capability({
    id,
    outcome: 'denied',
    layer: 'token',
    cause: 'token-invalid',
    manner: 'invalid-token',
  });
  const exchanges = refused.exchanges.map((exchange) => ({ ...exchange, purpose: 'with-invalid-token' }));
  return { ...refused, exchanges };
}

const LIST = 'GET /v2/items/';
const SEARCH = 'POST /v2/items/_search/';
const UPLOAD = 'POST /v2/documents/';
const RUN = runOf(
  [
    capability({ id: LIST }),
    capability({ id: SEARCH, outcome: 'unrouted', layer: 'gateway', cause: 'route-missing' }),
    guarded(UPLOAD),
  ],
  { unproven: [{ operation: UPLOAD, why: 'a real request was not made' }] },
);

function linesOf(...features: Feature[]): Record<string, string> {
  const lines = summarise(RUN, { features, past: new Map(), contract: undefined });
  return Object.fromEntries(lines.map(({ about, text }) => [about, text]));
}

describe('what the owner reads of a feature', () => {
  test('that works, by what it needs', () => {
    expect(linesOf(feature('Sell', { operation: LIST }))['Works today']).toBe(
      'Sell. 1 of 1 features work. 1 of 3 operations.',
    );
  });

  test('that has a workaround which works, or can do without', () => {
    const around = feature('Find', { operation: SEARCH, loss: 'workaround', instead: LIST });
    const less = feature('Suggest', { operation: LIST }, { operation: SEARCH, loss: 'degrades' });
    const lines = linesOf(around, less);
    expect(lines['Works today']).toMatch(/^With something missing, or by a workaround: Find, Suggest\. /);
    expect(lines['Does not']).toMatch(/^No feature stops\. 1 operation fails: POST \/v2\/items\/_search\/\./);
  });

  test('that stops, also when its workaround does not work', () => {
    const stops = feature('Find', { operation: SEARCH });
    const lost = feature('Look', { operation: SEARCH, loss: 'workaround', instead: SEARCH });
    expect(linesOf(stops, lost)['Does not']).toMatch(/^Find, Look\. /);
    expect(linesOf(stops, lost)['Since when']).toMatch(/^Find, Look: 2026-02-26/);
  });

  test('that was only asked with a token that is wrong on purpose: it is not proven', () => {
    const lines = linesOf(feature('File', { operation: UPLOAD }));
    expect(lines['Not proven']).toMatch(/^File: not everything needed was done for real\. 1 of 3/);
    expect(lines['Works today']).not.toContain('File');
    expect(lines['Does not']).not.toContain('File');
  });

  test('that has a known defect: a guarded route does not show that it is over', () => {
    const defect = { what: 'answers 500', since: '2026-02-22', ticket: 'T-7' };
    const lines = linesOf(feature('File', { operation: UPLOAD, defect }));
    expect(lines['Does not']).toMatch(/^File \(a known defect of the vendor since 2026-02-22\)\. /);
    expect(lines['Who has to act']).toMatch(/^The vendor: File \(ticket “T-7”\)\. /);
  });
});

test('where another spelling was found, the owner is asked to write it, and that the credentials are good', () => {
  const misspelt = capability({
    id: 'GET /v2/Items',
    outcome: 'unrouted',
    layer: 'gateway',
    cause: 'route-missing',
    fix: 'Use GET /v2/items/.',
    codes: {
      ...{ explanation: { code: 'not-routed', facts: {} }, evidence: [], ruledOut: [] },
      fix: { code: 'use-spelling', facts: { method: 'GET', path: '/v2/items/' } },
    },
    ruledOut: [{ cause: 'token-invalid', because: 'the same token works elsewhere' }],
  });
  const lines = summarise(runOf([misspelt]), { features: [], past: new Map(), contract: undefined });
  expect(lines.find(({ about }) => about === 'Who has to act')?.text).toBe(
    'We: GET /v2/Items: write GET /v2/items/ instead. The credentials are good.',
  );
});
