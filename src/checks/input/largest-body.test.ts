import { expect, test } from 'vitest';
import type { Life } from '../life.js';
import { heard, judgedBy, lifeOf } from '../../testing/life.js';
import { largestBody } from './largest-body.js';

test.each<[what: string, life: Partial<Life>, gives: string]>([
  ['taken', { largest: heard(201) }, 'passed'],
  ['an error of the server', { largest: heard(500) }, 'server-error'],
  ['refused for its values', { largest: heard(422) }, 'inconclusive'],
  ['a gateway that fails', { largest: heard(502) }, 'inconclusive'],
  ['no bounds', {}, 'not-applicable'],
])('%s', (_, life, gives) => {
  expect(judgedBy(largestBody, lifeOf(life))).toBe(gives);
});

test('it says by which answer, and what else came', () => {
  const judge = (status: number | null) => {
    const largest = heard(status);
    return [largest, largestBody.of === 'creation' && largestBody.judge(lifeOf({ largest }))] as const;
  };
  const [largest, failed] = judge(500);
  expect(failed).toMatchObject({ kind: 'failed', broken: [{ facts: { came: '500' } }], at: [largest] });
  expect(judge(422)[1]).toMatchObject({ kind: 'inconclusive', why: 'it was answered 422' });
  expect(judge(null)[1]).toMatchObject({ kind: 'inconclusive', why: 'it was answered not at all' });
});
