import { describe, expect, test } from 'vitest';
import { mostInASecond, useOf, WINDOW_MS, withoutTurn, type Arrival } from './use.js';

const RATE = 10;
const UNDISTURBED = { rate: RATE, disturbed: [] };

/** Requests at even distances, of so many sessions that take turns. */
function evenly(from: number, to: number, distance: number, sessions: readonly string[]): Arrival[] {
  return Array.from({ length: Math.ceil((to - from) / distance) }, (_, index) => ({
    at: from + index * distance,
    session: sessions[index % sessions.length],
  }));
}

const inOrder = (...lists: readonly Arrival[][]) => lists.flat().sort((one, other) => one.at - other.at);

describe('the use of a rate', () => {
  test('is the share of all windows in which two sessions were at work', () => {
    const { share, windows } = useOf(evenly(0, 4 * WINDOW_MS + 1_000, 1000 / RATE, ['a', 'b']), UNDISTURBED);
    expect(windows).toBe(4);
    expect(share).toBeCloseTo(1);
  });

  test('is low where those at work send too slowly, also in one window of many', () => {
    const slow = useOf(evenly(0, 4 * WINDOW_MS + 1_000, 200, ['a', 'b']), UNDISTURBED);
    expect(slow.share).toBeCloseTo(0.5);
    const one = useOf(
      inOrder(
        evenly(0, WINDOW_MS, 100, ['a', 'b']),
        evenly(WINDOW_MS, 2 * WINDOW_MS, 500, ['a', 'b']),
        evenly(2 * WINDOW_MS, 3 * WINDOW_MS + 500, 100, ['a', 'b']),
      ),
      UNDISTURBED,
    );
    expect(one.windows).toBe(3);
    expect(one.least).toBeLessThan(0.25);
    expect(one.share).toBeCloseTo((1 + 0.2 + 1) / 3, 1);
  });

  test('is not measured while one session or none is at work', () => {
    const both = evenly(0, WINDOW_MS + 500, 100, ['a', 'b']);
    const alone = evenly(WINDOW_MS + 500, 3 * WINDOW_MS, 1_000, ['c']);
    const later = evenly(3 * WINDOW_MS, 4 * WINDOW_MS + 500, 100, ['d', 'e']);
    const use = useOf(inOrder(both, alone, later), UNDISTURBED);
    expect(use.windows).toBe(2);
    expect(use.share).toBeCloseTo(1);
    expect(useOf(evenly(0, 3 * WINDOW_MS, 100, ['a']), UNDISTURBED)).toEqual({
      ...{ share: 0, least: 0, windows: 0 },
    });
  });

  test('a moment without work ends a window, which is not measured then', () => {
    const before = evenly(0, WINDOW_MS + 2_000, 100, ['a', 'b']);
    const after = evenly(WINDOW_MS + 2_500, 3 * WINDOW_MS + 500, 100, ['c', 'd']);
    expect(useOf(inOrder(before, after), UNDISTURBED)).toMatchObject({ windows: 2, least: 1 });
  });

  test('is not measured while the database was away', () => {
    const arrivals = inOrder(
      evenly(0, WINDOW_MS + 500, 100, ['a', 'b']),
      evenly(2 * WINDOW_MS, 3 * WINDOW_MS + 500, 100, ['a', 'b']),
    );
    const undisturbed = useOf(arrivals, UNDISTURBED);
    expect(undisturbed.windows).toBe(3);
    expect(undisturbed.least).toBeLessThan(0.2);
    const disturbed = [{ from: WINDOW_MS + 600, to: 2 * WINDOW_MS - 10 }];
    expect(useOf(arrivals, { rate: RATE, disturbed })).toMatchObject({ windows: 2, least: 1 });
  });
});

test('the most in a second is counted in every window', () => {
  expect(mostInASecond([0, 500, 999, 1000, 1001, 1998])).toBe(4);
  expect(mostInASecond([])).toBe(0);
});

test('each request has a turn of its own that has begun, however late it arrives', () => {
  const turns = [0, 1_000, 2_000, 3_000];
  expect(withoutTurn([1, 1_001, 2_001], turns)).toBe(0);
  expect(withoutTurn([3_001, 3_001, 3_002, 3_003], turns)).toBe(0);
  expect(withoutTurn([1, 2, 3_001], turns)).toBe(1);
  expect(withoutTurn([900, 1_900, 2_900, 3_900, 4_000], turns)).toBe(1);
  expect(withoutTurn([1, 2], [])).toBe(2);
});
