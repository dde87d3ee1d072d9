import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { perform, send } from '../testing/performing.js';

test('a run on a host that gives no token asks nothing of it, and says why of each operation', async () => {
  const { run, asked } = await perform({ host: { 'POST /token': (response) => send(response, 401, {}) } });
  expect(asked).toEqual(['POST /token no token']);
  expect(new Set(run?.operations.map(({ outcome }) => outcome))).toEqual(new Set(['skipped']));
  expect(run?.operations[0]?.explanation).toMatch(/^No token could be had/);
  expect(run?.unproven).toHaveLength(8);
});

test('a token that no header can hold is reported as that, and sent nowhere', async () => {
  const give = (token: string) => (response: ServerResponse) => send(response, 200, { access_token: token });
  for (const token of ['token-for-tests\r\nx-admin: 1', 'token-for-tests-\u2028']) {
    const { run, asked } = await perform({ host: { 'POST /token': give(token) } });
    expect(asked).toEqual(['POST /token no token']);
    for (const { outcome, explanation, evidence, fix } of run?.operations ?? []) {
      expect(outcome).toBe('skipped');
      expect(explanation).toMatch(
        /^No token could be had: The token endpoint answered 200 and gave a token, but one that cannot be sent/,
      );
      expect(evidence).toEqual([expect.stringMatching(/^POST http\S+\/token at \S+: 200\.$/)]);
      expect(fix).toContain('visible ASCII');
    }
  }
  const { run } = await perform({ host: { 'POST /token': give('') } });
  expect(run?.operations[0]?.explanation).toContain('has no token at the place that targets.yaml names');
});
