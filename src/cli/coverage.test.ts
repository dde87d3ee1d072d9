import { expect, test } from 'vitest';
import type { Coverage } from '../contract-coverage/cover.js';
import { conform, PLAIN_CHECK, temporaryFolder } from '../testing/conform.js';

test('what the runs of a folder have seen of the contract, by target', async () => {
  await using folder = await temporaryFolder();
  const out = ['--out', folder.path];
  const none = await conform(['coverage', ...out]);
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('there is no such folder of runs')]);

  await conform([...PLAIN_CHECK, '--target', 'replica', '--only', 'GET /v1/profileTags/', ...out]);
  const shown = await conform(['coverage', ...out]);
  expect(shown.code).toBe(0);
  expect(shown.out).toMatch(/^replica: /);
  expect(shown.out).toContain('Never answered with success');
  // What was asked and worked is not among that.
  const never = shown.out.split('Never answered with success')[1]?.split('Seen in part')[0] ?? '';
  expect(never).not.toMatch(/GET \/v1\/profileTags\/: /);
  expect(never).toContain('GET /v1/patients/');

  const { code, out: json } = await conform(['coverage', '--json', ...out]);
  const [first, ...others] = JSON.parse(json) as Coverage[];
  expect([code, first?.target, others]).toEqual([0, 'replica', []]);

  const elsewhere = await conform(['coverage', '--target', 'sandbox', ...out]);
  expect([elsewhere.code, elsewhere.err]).toEqual([3, 'No run in this folder says what it has seen.\n']);
});
