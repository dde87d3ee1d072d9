import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../clock.js';
import { daysBefore } from '../../fleet/report/days.js';
import { seedNights } from '../fleet-nights.js';
import { startRestartable } from './postgres.js';
import { wrongInReport } from './report.js';
import { setUpFleet, type SetUp } from './set-up.js';
import { keepTurns, turnsOf } from './turns.js';
import { mostInASecond, useOf, withoutTurn, type Span, type Use } from './use.js';
import { FLEET, LIMITED_RATE, type FleetShape, type TestAgency } from './world.js';

/** What happens to a fleet while its night is passed. */
export interface Scenario extends FleetShape {
  workers: number;
  concurrency: number;
  /** After so long a worker that holds a night is killed, and another started in its place; and so on. */
  killEveryMs: number;
  /** At most so many times. */
  kills: number;
  /** The database is stopped after each of these, and comes back after some seconds. */
  restartsAtMs: readonly number[];
  /** A folder that is empty. */
  folder: string;
  night: string;
  onProgress?: (text: string) => void;
}

/** What came of it, as the hosts and the database count it. */
export interface Figures {
  seconds: number;
  agencies: number;
  recorded: number;
  /** Agencies with another count of nights, runs or runs in the night than one. */
  notOnce: string[];
  /** Agencies whose colour or findings are others than their seeded faults bring about. */
  wrongly: string[];
  failed: number;
  attempts: number;
  kills: number;
  restarts: number;
  crossed: number;
  requests: { limited: number; open: number };
  /** Of the limited host: the most requests that arrived in one second. */
  mostInASecond: number;
  /** Of the limited host: turns that the database gave out, the most of those in use in one second, and requests without one. */
  turns: { used: number; missed: number; mostInASecond: number; requestsWithout: number };
  use: Use;
  /** What is wrong in `conform fleet report`, without and with a night before that had no fault. */
  report: string[];
  tokens: number;
  /** What was left behind: active jobs, leases, temporary files. */
  left: string[];
  statusCode: number | null;
  exits: (number | null)[];
  /** What workers said of nights that failed, and that were tried again. */
  faults: string[];
}

/** A database that is back is found again within this. */
const FINDS_AGAIN_MS = 10_000;
/** Turns that a killed worker had taken are lost: they begin within half a second, and as long as the database takes to answer. */
const TURNS_LOST_MS = 1_000;

/** Passes one night of a fleet by workers that are processes, some of which are killed, on a database that is restarted. */
export async function playFleet(scenario: Scenario): Promise<Figures> {
  const { folder, night, onProgress = () => undefined } = scenario;
  const temporary = join(folder, 'tmp');
  await mkdir(temporary, { recursive: true });
  const postgres = await startRestartable();
  const setUp = await setUpFleet(folder, scenario, { store: postgres.url, temporary });
  const { agencies, limited, open, fleet } = setUp;
  try {
    const put = await fleet(['run', '--night', night]);
    if (put.code !== 0) throw new Error(`fleet run ended with ${put.code}: ${put.err}`);
    onProgress(put.out.trim());
    await keepTurns(postgres.query);

    const begin = systemClock.ticks();
    const since = () => systemClock.ticks() - begin;
    const startWorker = () =>
      setUp.startWorker(['--until-empty', '--concurrency', String(scenario.concurrency)]);
    const workers = Array.from({ length: scenario.workers }, startWorker);
    const counts = { kills: 0, restarts: 0 };
    const disturbed: Span[] = [];
    const over = new AbortController();
    const isOver = () => over.signal.aborted;
    const pause = (milliseconds: number) =>
      systemClock.sleep(milliseconds, over.signal).catch(() => undefined);
    const kills = (async () => {
      let next = 0;
      while (counts.kills < scenario.kills) {
        await pause(scenario.killEveryMs);
        for (;;) {
          if (isOver()) return;
          next = (next + 1) % workers.length;
          const holders = await holdersOf(postgres.query);
          const victim = workers[next];
          if (victim?.child.pid !== undefined && holders.includes(victim.child.pid)) {
            victim.child.kill('SIGKILL');
            const from = systemClock.ticks();
            disturbed.push({ from, to: from + TURNS_LOST_MS });
            counts.kills += 1;
            onProgress(`${Math.round(since() / 1000)} s: killed a worker`);
            workers[next] = startWorker();
            break;
          }
          await pause(100);
        }
      }
    })();
    const restarts = (async () => {
      for (const at of scenario.restartsAtMs) {
        await pause(at - since());
        if (isOver()) return;
        const from = systemClock.ticks();
        await postgres.restart(3_000);
        disturbed.push({ from, to: systemClock.ticks() + FINDS_AGAIN_MS });
        counts.restarts += 1;
        onProgress(`${Math.round(since() / 1000)} s: restarted the database`);
      }
    })();
    const follow = (async () => {
      for (;;) {
        await pause(10_000);
        if (isOver()) return;
        const [row] = await postgres
          .query<{ n: string }>("select count(*) as n from conform.agency_night where state = 'recorded'")
          .catch(() => []);
        onProgress(`${Math.round(since() / 1000)} s: ${row?.n ?? '?'} recorded`);
      }
    })();
    const exits: (number | null)[] = [];
    const faults: string[] = [];
    for (;;) {
      const current = [...workers];
      await Promise.all(current.map(({ done }) => done));
      if (current.every((one, index) => one === workers[index])) {
        for (const { done } of current) {
          const { code, err } = await done;
          exits.push(code);
          faults.push(...err.split('\n').filter((line) => /error|CONFORM_E/i.test(line)));
        }
        break;
      }
    }
    over.abort();
    const seconds = since() / 1000;
    await Promise.all([kills, restarts, follow]);
    const status = await fleet(['status', '--json']);
    const figures = await figuresFrom(postgres.query, agencies, night);
    const turns = await turnsOf(postgres.query, limited.url);
    const report = await reportsOf(setUp, night, postgres.query);
    return {
      ...{
        seconds,
        agencies: agencies.length,
        ...counts,
        exits,
        faults,
        ...figures,
        statusCode: status.code,
      },
      crossed: limited.seen.crossed + open.seen.crossed,
      tokens: limited.seen.tokens + open.seen.tokens,
      requests: { limited: limited.seen.arrivals.length, open: open.seen.arrivals.length },
      mostInASecond: mostInASecond(limited.seen.arrivals.map(({ at }) => at)),
      turns: {
        used: turns.used.length,
        missed: turns.missed.length,
        mostInASecond: mostInASecond(turns.used),
        requestsWithout: withoutTurn(limited.seen.times, turns.used),
      },
      use: useOf(limited.seen.arrivals, { rate: LIMITED_RATE, disturbed }),
      report,
      left: [...figures.left, ...(await readdir(temporary))],
    };
  } finally {
    await Promise.all([setUp.close(), postgres.close()]);
  }
}

type Query = Awaited<ReturnType<typeof startRestartable>>['query'];

/** The processes that hold a night; none while the database is away. */
async function holdersOf(query: Query): Promise<number[]> {
  const rows = await query<{ pid: number }>(
    `select distinct pid from conform.worker join conform.agency_night on leased_by = worker.id and state = 'running'`,
  ).catch(() => []);
  return rows.map(({ pid }) => pid);
}

/**
 * Reads the report of the night twice, as JSON and as text: as the first night that there is, and after a night before it in
 * which nothing was wrong.
 */
async function reportsOf(
  { agencies, fleet }: Pick<SetUp, 'agencies' | 'fleet'>,
  night: string,
  query: Query,
): Promise<string[]> {
  const wrong = async (isNew: boolean): Promise<string[]> => {
    const json = await fleet(['report', '--json']);
    const text = await fleet(['report']);
    if (json.out === '') return [`it ended with ${json.code}: ${json.err}`];
    return wrongInReport(agencies, { json: json.out, text: text.out }, isNew);
  };
  const first = await wrong(false);
  const names = agencies.map(({ name }) => name);
  await seedNights({ query }, FLEET, names, [daysBefore(night, 1)], () => ({ colour: 'GREEN' }));
  return [...first, ...(await wrong(true))];
}

/** What the database knows of the night. */
async function figuresFrom(query: Query, agencies: readonly TestAgency[], night: string) {
  const nights = await query<{
    agency: string;
    state: string;
    colour: string;
    attempts: number;
    runs: string[];
  }>('select agency, state, colour, attempts, runs from conform.agency_night where part = 0 and night = $1', [
    night,
  ]);
  const runs = await query<{ agency: string; id: string; causes: string[] }>(
    `select agency, id, array(select operation from conform.cause, unnest(operations) as operation
      where cause.agency = run.agency and cause.run = run.id and side = 'vendor' order by 1) as causes
    from conform.run`,
  );
  const kept = await query<{ agency: string; n: number }>(
    'select agency, count(*)::integer as n from conform.night group by agency',
  );
  const active = await query<{ n: number }>(
    "select count(*)::integer as n from conform_jobs.job where state in ('created', 'retry', 'active')",
  );
  const leases = await query<{ n: number }>(
    "select count(*)::integer as n from conform.agency_night where leased_until is not null or state = 'running'",
  );
  const claims = await query<{ n: number }>('select count(*)::integer as n from conform.claim');
  const notOnce: string[] = [];
  const wrongly: string[] = [];
  for (const { name, faults } of agencies) {
    const own = nights.filter(({ agency }) => agency === name);
    const ownRuns = runs.filter(({ agency }) => agency === name);
    const ownKept = kept.find(({ agency }) => agency === name)?.n ?? 0;
    const isOnce =
      own.length === 1 &&
      own[0]?.state === 'recorded' &&
      ownRuns.length === 1 &&
      ownKept === 1 &&
      own[0].runs.length === 1 &&
      own[0].runs[0] === ownRuns[0]?.id;
    if (!isOnce) notOnce.push(name);
    const expected = [...faults.keys()].map((route) => `GET /v1/things-${route}/`);
    if (JSON.stringify(ownRuns[0]?.causes ?? []) !== JSON.stringify(expected)) wrongly.push(name);
  }
  const left = [
    ...((active[0]?.n ?? 0) > 0 ? [`${active[0]?.n ?? 0} jobs`] : []),
    ...((leases[0]?.n ?? 0) > 0 ? [`${leases[0]?.n ?? 0} leases`] : []),
    ...((claims[0]?.n ?? 0) > 0 ? [`${claims[0]?.n ?? 0} claims`] : []),
  ];
  return {
    ...{ notOnce, wrongly, left },
    recorded: nights.filter(({ state }) => state === 'recorded').length,
    failed: nights.filter(({ state }) => state === 'failed' || state === 'dead').length,
    attempts: nights.reduce((sum, { attempts }) => sum + attempts, 0),
  };
}
