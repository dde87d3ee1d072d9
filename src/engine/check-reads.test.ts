import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { perform, send } from '../testing/performing.js';

describe('reads that are held to further promises', () => {
  const paths = `
/boats/: { get: { parameters: [{ name: limit, in: query, schema: { type: integer } }], responses: { '200': {} } } }
/oars/: { get: { responses: { '200': {} } } }
`;
  const boats = (response: ServerResponse) => send(response, 200, [{ id: 1 }, { id: 2 }, { id: 3 }]);
  const host = {
    'GET /boats/': boats,
    'GET /boats/?limit=2': boats,
    'GET /oars/': (response: ServerResponse) => send(response, 200, [{ id: 1 }]),
  };
  const checks = ['list/page-size'];

  test('deviate where they break one of the contract, and say what came of each', async () => {
    const { run, asked } = await perform({ paths, host, checks });
    const [of, others] = run?.operations ?? [];
    expect(of).toMatchObject({
      outcome: 'deviates',
      checks: [{ id: 'list/page-size', result: 'failed' }],
      findings: [{ check: 'list/page-size', code: 'larger-than-asked', facts: { asked: 2, came: 3 } }],
    });
    const shown = of?.exchanges[of.findings[0]?.exchange ?? 0];
    expect(shown).toMatchObject({ role: 'control', purpose: 'list/page-size: two things a page' });
    expect(shown?.url).toMatch(/\?limit=2$/);
    expect(others).toMatchObject({ outcome: 'works', checks: [{ result: 'not-applicable' }] });
    // Once, and once more after a pause, with the operation itself.
    expect(asked.filter((call) => call.includes('limit=2'))).toHaveLength(2);
    expect(asked.filter((call) => call.startsWith('GET /boats/ '))).toHaveLength(2);
    expect(run?.budget?.sent.checks).toBe(3);
  });

  test('are not, where nobody wants it', async () => {
    const { run, asked } = await perform({ paths, host });
    expect(run?.operations.map(({ outcome, checks: held }) => [outcome, held])).toEqual([
      ['works', undefined],
      ['works', undefined],
    ]);
    expect(asked.filter((call) => call.includes('limit=2'))).toEqual([]);
  });
});
