import { expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { openNights } from './night.js';
import { passNights, type Said } from './nights.js';

/** As many parts of nights as take some 30 seconds; `npm run test:nights` passes 1,000. */
const NIGHTS = 10;

test('no night raises an alarm although hosts churn, fail, lag, and have wrong clocks', async () => {
  await using folder = await temporaryFolder();
  const nights: Said[] = [];
  // Half of them with real writes, and half with none.
  const halves = [0, 20].map((from) => ({ from, to: from + NIGHTS / 2 }));
  const spec = await openNights();
  for (const half of halves)
    for await (const night of passNights(spec, { seed: 2026, ...half, journals: folder.path }))
      nights.push(night);
  expect(nights).toHaveLength(NIGHTS);
  expect(nights.flatMap(({ number, alarms }) => alarms.map((alarm) => `night ${number}: ${alarm}`))).toEqual(
    [],
  );
  expect(nights.reduce((sum, { retried }) => sum + retried, 0)).toBeGreaterThan(0);
});
