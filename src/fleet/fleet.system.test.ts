import { describe, expect, test } from 'vitest';
import { playFleet } from '../testing/fleet/play.js';
import { temporaryFolder } from '../testing/folder.js';
import { POSTGRES_MISSING } from '../testing/postgres.js';

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
      ...{ notOnce: [], wrongly: [], left: [] },
    });
    expect(figures.mostInASecond).toBeLessThanOrEqual(20);
  });
});
