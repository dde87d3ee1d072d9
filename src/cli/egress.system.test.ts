import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../packages/caller-id/src/testing/database.js';
import { drive } from '../testing/egress/drive.js';
import { judge } from '../testing/egress/judge/judge.js';
import type { Breach } from '../testing/egress/rules.js';
import { allSetUps, EGRESS_SEED } from '../testing/egress/set-ups.js';
import { NOTHING, rowsOf, tableOf, tallied, tallyInWords } from '../testing/egress/table.js';

/*
 * Every set-up of the egress test: `npm run test:egress`. It takes minutes, so it runs only when it is asked for.
 *
 *   CONFORM_EGRESS        set to anything: run it
 *   CONFORM_EGRESS_ROWS   a file to which every breach is written, as JSON
 *   CONFORM_TEST_SEED     draws other set-ups
 *
 * The names of the tests say what is set up; vitest's `-t` picks some.
 */
const { CONFORM_EGRESS, CONFORM_EGRESS_ROWS } = process.env;

/** How many rows of each rule are printed below the table. */
const ROWS = 5;

describe.skipIf(!CONFORM_EGRESS)(`what leaves the program (seed ${EGRESS_SEED})`, () => {
  const setUps = CONFORM_EGRESS ? allSetUps(EGRESS_SEED) : [];
  const breaches: Breach[] = [];
  let tally = NOTHING;
  let database: TestDatabase | undefined;

  beforeAll(async () => {
    database = await openTestDatabase();
  });

  afterAll(async () => {
    await database?.close();
    console.log([tableOf(breaches, tally.setUps), tallyInWords(tally), rowsOf(breaches, ROWS)].join('\n\n'));
    if (CONFORM_EGRESS_ROWS) await writeFile(CONFORM_EGRESS_ROWS, JSON.stringify(breaches, undefined, 2));
  });

  test('there are enough set-ups', () => {
    expect(setUps.length).toBeGreaterThanOrEqual(200);
  });

  test.each(setUps.map((setUp) => [setUp.name, setUp] as const))('%s', async (_, setUp) => {
    const evidence = await drive(setUp, { databaseUrl: database?.url });
    const own = judge(evidence);
    breaches.push(...own);
    tally = tallied(tally, evidence);
    expect([...new Set(own.map(({ rule }) => rule))].join(', ')).toBe('');
  });
});
