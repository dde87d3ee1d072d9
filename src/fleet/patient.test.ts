import { describe, expect, test } from 'vitest';
import { asError, Problem } from '../problem.js';
import { storeProblem } from '../store/postgres/problem.js';
import { leapingClock, standingClock } from '../testing/clock.js';
import { answers, LONGEST_START_MINUTES } from './patient.js';

/** What the store says of a failure with this code. */
const failure = (code: string) =>
  asError(
    storeProblem(Object.assign(new Error('as the server words it'), { code }), 'postgres://localhost/fleet'),
  );
const migrated = new Problem('CONFORM_E_STORE_NOT_MIGRATED', 'the database has no store yet');

/** Starts over a database that fails so often, by a clock on which nobody waits. */
async function starting(failures: number, error: Error) {
  const clock = leapingClock();
  const asked: number[] = [];
  const said: string[] = [];
  const ended = await answers(
    () => {
      asked.push(clock.ticks());
      return asked.length <= failures ? Promise.reject(error) : Promise.resolve();
    },
    {
      ...{ clock, signal: new AbortController().signal },
      onAway: ({ code }) => said.push(code),
    },
  ).catch((thrown: unknown) => thrown);
  return { ended, said, asked: asked.map((ticks) => ticks / 1000) };
}

describe('whoever starts while the database is away', () => {
  test('asks again after pauses that grow, says so once, and begins', async () => {
    expect(await starting(8, failure('ECONNREFUSED'))).toEqual({
      ended: true,
      said: ['CONFORM_E_DATABASE_UNREACHABLE'],
      asked: [0, 1, 3, 7, 15, 31, 61, 91, 121],
    });
  });

  test.each([
    ['is starting', '57P03'],
    ['has no name yet', 'ENOTFOUND'],
    ['has no connection left', '53300'],
    ['is a standby', '25006'],
    ['is too slow', '57014'],
  ])('waits for a server that %s', async (_, code) => {
    const { ended, said } = await starting(3, failure(code));
    expect([ended, said.length]).toEqual([true, 1]);
  });

  test('gives up in the end, with what was wrong', async () => {
    const error = failure('ECONNREFUSED');
    const { ended, asked } = await starting(Infinity, error);
    expect(ended).toBe(error);
    expect(asked.at(-1)).toBeGreaterThan(LONGEST_START_MINUTES * 60 - 31);
    expect(asked.at(-1)).toBeLessThanOrEqual(LONGEST_START_MINUTES * 60);
  });

  test.each([
    ['a wrong password', failure('28P01')],
    ['a user that is not let in', failure('28000')],
    ['a missing database', failure('3D000')],
    ['a missing permission', failure('42501')],
    ['a store that was never set up', migrated],
    ['a fault of the program', new Error('a fault')],
  ])('%s is none of that: it ends at once', async (_, error) => {
    expect(await starting(1, error)).toEqual({ ended: error, said: [], asked: [0] });
  });

  test.each([
    ['in a pause', () => Promise.reject(failure('ECONNREFUSED'))],
    ['while a server says nothing', () => new Promise<void>(() => undefined)],
  ])('is stopped at once %s', async (_, ask) => {
    const stop = new AbortController();
    const given = { clock: standingClock(), signal: stop.signal };
    const ended = answers(ask, given);
    setImmediate(() => {
      stop.abort();
    });
    expect(await ended).toBe(false);
  });

  test('is stopped before it has asked', async () => {
    const ask = () => Promise.reject(failure('ECONNREFUSED'));
    expect(await answers(ask, { clock: standingClock(), signal: AbortSignal.abort() })).toBe(false);
  });
});
