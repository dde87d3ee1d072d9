import { expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { openNights } from './night.js';
import { THOROUGH } from '../thorough.js';
import { passNights, type Said } from './nights.js';

/** Hosts, each of them 20 nights: the newest world and older ones, with real writes (even numbers) and with none. */
const HOSTS = THOROUGH ? [0, 1, 2, 3, 5] : [2];

test('no night raises an alarm although hosts churn, fail, lag, and have wrong clocks', async () => {
  await using folder = await temporaryFolder();
  const nights: Said[] = [];
  const spec = await openNights();
  for (const host of HOSTS) {
    // Around the change of daylight saving in spring, or the one in autumn.
    const from = host * 20 + (host % 2 === 0 ? 5 : 6);
    for await (const night of passNights(spec, { seed: 2026, from, to: from + 10, journals: folder.path }))
      nights.push(night);
  }
  expect(nights).toHaveLength(10 * HOSTS.length);
  expect(nights.flatMap(({ number, alarms }) => alarms.map((alarm) => `night ${number}: ${alarm}`))).toEqual(
    [],
  );
  expect(nights.reduce((sum, { retried }) => sum + retried, 0)).toBeGreaterThan(0);
});
