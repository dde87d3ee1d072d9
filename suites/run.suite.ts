import { describe, expect, test } from 'vitest';
import { run } from './run-under-test.js';

describe('the run', () => {
  test('holds every operation that it was to ask, once', () => {
    const ids = run.operations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('was not stopped before its end', () => {
    expect(run.complete).toBe(true);
  });

  test('counts every operation under one outcome', () => {
    const total = Object.values(run.totals).reduce((sum, count) => sum + count, 0);
    expect(total).toBe(run.operations.length);
  });

  test('proves something', () => {
    expect(
      run.operations.filter(({ outcome }) => outcome !== 'skipped' && outcome !== 'unreachable'),
    ).not.toEqual([]);
  });

  test('blames the token for nothing while the token works elsewhere', () => {
    const works = run.operations.some(
      ({ outcome, exchanges }) =>
        outcome === 'works' &&
        exchanges.some(({ requestHeaders }) => requestHeaders.includes('authorization')),
    );
    const blamed = run.operations.filter(
      ({ layer, exchanges }) =>
        layer === 'token' &&
        exchanges.some(({ role, purpose }) => role === 'operation' && purpose === undefined),
    );
    if (works) expect(blamed.map(({ id }) => id)).toEqual([]);
  });
});
