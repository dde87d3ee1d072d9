import { expect, test } from 'vitest';
import { HEARTBEAT_MS, heardAt, LEASE_MS, mayAsk, maySweep, UNSURE_MS, type Heard } from './lease.js';

const NEVER: Heard = { at: undefined, since: 0 };

/** What is known after heartbeats that were sent at these ticks. */
function after(...ticks: readonly number[]): Heard {
  return ticks.reduce(heardAt, NEVER);
}

test('a worker sends nothing before it was heard, and nothing when it was not heard for a while', () => {
  expect(mayAsk(NEVER, 0)).toBe(false);
  expect(mayAsk(after(1_000), 1_000 + UNSURE_MS)).toBe(true);
  expect(mayAsk(after(1_000), 1_001 + UNSURE_MS)).toBe(false);
  // It stops long before another may take its night over.
  expect(UNSURE_MS).toBeLessThan(LEASE_MS / 2);
});

test('a worker holds others to be dead only after it was heard itself for the time of a lease', () => {
  const beats = Array.from({ length: 20 }, (_, index) => index * HEARTBEAT_MS);
  expect(maySweep(after(...beats.slice(0, 3)), HEARTBEAT_MS * 2)).toBe(false);
  expect(maySweep(after(...beats), HEARTBEAT_MS * 19)).toBe(true);
  const back = HEARTBEAT_MS * 19 + 60_000;
  expect(maySweep(after(...beats, back), back)).toBe(false);
  const long = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) => back + index * HEARTBEAT_MS);
  expect(maySweep(after(...beats, ...long), back + LEASE_MS + 1_000)).toBe(true);
});
