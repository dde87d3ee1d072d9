import { expect, it } from 'vitest';
import { contract, readsOf } from './contract.js';
import { report } from './report.js';

/** @param {string} name @param {readonly number[]} walls @param {boolean} [isPeer] */
function measured(name, walls, isPeer = false) {
  const trials = walls.map((wallMs) => ({ wallMs, cpuMs: 1, requests: 24 }));
  return { tool: { name, command: [], isPeer }, trials };
}

it('compares round by round: a slow round of the machine decides nothing', () => {
  const { text, isFastest } = report([
    measured('ours', [90, 900, 95]),
    measured('all checks', [200, 2000, 200]),
    measured('peer', [100, 1000, 100], true),
  ]);
  expect(text).toContain('ours against peer: 0.90 (goal: below 1) held');
  expect(text).toContain('all checks against peer: 2.00\n');
  expect(isFastest).toBe(true);
});

it('is missed where one peer of several takes less, or the same', () => {
  const slow = measured('slow', [300], true);
  expect(report([measured('ours', [100]), slow, measured('fast', [50], true)]).isFastest).toBe(false);
  expect(report([measured('ours', [100]), slow, measured('same', [100], true)]).isFastest).toBe(false);
});

it('has an API of 30 operations, and gives the peers its 24 reads', () => {
  const methods = (/** @type {ReturnType<typeof contract>} */ { paths }) =>
    Object.values(paths).flatMap((item) => Object.keys(item));
  expect(methods(contract('http://127.0.0.1:1'))).toHaveLength(30);
  expect(methods(readsOf('http://127.0.0.1:1'))).toEqual(Array.from({ length: 24 }, () => 'get'));
});
