import { describe, expect, test } from 'vitest';
import { drive } from '../testing/egress/drive.js';
import { judge } from '../testing/egress/judge/judge.js';
import { allSetUps, EGRESS_SEED, partOf } from '../testing/egress/set-ups.js';

/*
 * Commands are driven against recording servers, and judged by what those saw alone. This is a part of the set-ups;
 * `npm run test:egress` drives all of them and prints a table.
 */

const part = partOf(allSetUps(EGRESS_SEED));

describe(`what leaves the program (seed ${EGRESS_SEED})`, () => {
  test.each(part.map((setUp) => [setUp.name, setUp] as const))('%s', async (_, setUp) => {
    expect(judge(await drive(setUp))).toEqual([]);
  });
});
