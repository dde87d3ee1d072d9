import { describe, expect, test } from 'vitest';
import { playFleet } from '../testing/fleet/play.js';
import { setUpFleet } from '../testing/fleet/set-up.js';
import { LIMITED_RATE } from '../testing/fleet/world.js';
import { temporaryFolder } from '../testing/folder.js';
import { POSTGRES_MISSING, startPostgres } from '../testing/postgres.js';

const NIGHT = '2026-02-26';

describe.skipIf(POSTGRES_MISSING !== undefined)('the night of a fleet', () => {
  test('is recorded once each, whoever is killed and whatever is restarted', async () => {
    await using folder = await temporaryFolder();
    const figures = await playFleet({
      ...{ agencies: 40, onLimited: 12, seed: 20, workers: 3, concurrency: 3, folder: folder.path },
      ...{ kills: 1, killEveryMs: 8_000, restartsAtMs: [16_000], night: NIGHT },
    });
    expect(figures).toMatchObject({
      ...{ agencies: 40, recorded: 40, failed: 0, kills: 1, restarts: 1, crossed: 0 },
      ...{ notOnce: [], wrongly: [], left: [], report: [] },
    });
    // How close together requests arrive is for a quiet machine (npm run test:fleet); that each has a turn is for any.
    expect(figures.turns.requestsWithout).toBe(0);
    expect(figures.turns.mostInASecond).toBeLessThanOrEqual(LIMITED_RATE);
  });

  test('is put once by two that put it at the same time, into a database that has nothing yet', async () => {
    await using folder = await temporaryFolder();
    const server = await startPostgres();
    const store = await server.newDatabase();
    const setUp = await setUpFleet(folder.path, { agencies: 5, onLimited: 0, seed: 20 }, { store });
    try {
      const both = await Promise.all([1, 2].map(() => setUp.fleet(['run', '--night', NIGHT])));
      expect(both.map(({ code, err }) => [code, err])).toEqual([0, 0].map((code) => [code, '']));
      const news = both.map(({ out }) => Number(/5 agencies are due, (\d) are new/.exec(out)?.[1]));
      expect(news.reduce((sum, count) => sum + count)).toBe(5);
      const database = await server.connect(store);
      const { rows } = await database.query(
        `select (select count(*)::integer from conform.agency_night) as nights,
          (select count(*)::integer from conform_jobs.job where state = 'created') as jobs`,
      );
      await database.end();
      expect(rows).toEqual([{ nights: 5, jobs: 5 }]);
    } finally {
      await setUp.close();
      await server.close();
    }
  });
});
