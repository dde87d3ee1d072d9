import { describe, expect, test } from 'vitest';
import { THOROUGH } from '../thorough.js';
import { KINDS, isKind } from './kinds.js';
import { tryMany } from './pool.js';

/** As many of each kind as take some seconds: `npm run test:fuzz` tries 15,000. */
const COUNT = THOROUGH ? 50 : 8;
const SEED = 20_261;

describe('what is broken in a real input harms nobody', () => {
  test.each(Object.keys(KINDS).filter(isKind))('%s', async (kind) => {
    const sum = await tryMany({ kind, seed: SEED, from: 0, count: COUNT, jobs: 1, reductions: 0 });
    expect(sum.findings.map(({ index, what, where }) => `${index}: ${what} (${where})`)).toEqual([]);
    expect(sum.tried).toBe(COUNT);
    expect(Object.keys(sum.exits).length).toBeGreaterThan(1);
  });
});
