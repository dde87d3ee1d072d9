import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../clock.js';
import { conformProcess, startProcess } from '../process.js';
import { mostInASecond, shareUsed, startFleetHost } from './host.js';
import { startRestartable } from './postgres.js';
import { agenciesOf, LIMITED_RATE, writeFleet, type FleetShape } from './world.js';

/** What happens to a fleet while its night is passed. */
export interface Scenario extends FleetShape {
  workers: number;
  concurrency: number;
  /** A worker is killed so often, and another started in its place. */
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
  mostInASecond: number;
  /** Of the windows of ten seconds in which there was work all the time and nothing was stopped, the median share of the rate. */
  medianShare: number;
  tokens: number;
  /** What was left behind: active jobs, leases, temporary files. */
  left: string[];
  statusCode: number | null;
  exits: (number | null)[];
  /** What workers said of nights that failed, and that were tried again. */
  faults: string[];
}

const WINDOW_S = 10;

/** Passes one night of a fleet by workers that are processes, some of which are killed, on a database that is restarted. */
export async function playFleet(scenario: Scenario): Promise<Figures> {
  const { folder, night, onProgress = () => undefined } = scenario;
  const agencies = agenciesOf(scenario);
  const temporary = join(folder, 'tmp');
  await mkdir(temporary, { recursive: true });
  const [limited, open, postgres] = await Promise.all([
    startFleetHost(agencies.filter(({ host }) => host === 'limited')),
    startFleetHost(agencies.filter(({ host }) => host === 'open')),
    startRestartable(),
  ]);
  try {
    const { spec, env } = await writeFleet(folder, agencies, { limited: limited.url, open: open.url });
    const common = { cwd: folder, env: { ...env, CONFORM_STORE: postgres.url, TMPDIR: temporary } };
    const args = (...more: string[]) => ['fleet', ...more, '--spec-dir', spec, '--out', join(folder, 'out')];
    const put = await conformProcess(args('run', '--night', night), common);
    if (put.code !== 0) throw new Error(`fleet run ended with ${put.code}: ${put.err}`);
    onProgress(put.out.trim());

    const begin = systemClock.ticks();
    const since = () => systemClock.ticks() - begin;
    const startWorker = () =>
      startProcess(args('work', '--until-empty', '--concurrency', String(scenario.concurrency)), common);
    const workers = Array.from({ length: scenario.workers }, startWorker);
    const counts = { kills: 0, restarts: 0 };
    const disturbed: number[] = [];
    const over = new AbortController();
    const isOver = () => over.signal.aborted;
    const kills = (async () => {
      for (let next = 0; counts.kills < scenario.kills; next = (next + 1) % workers.length) {
        for (const until = since() + scenario.killEveryMs; since() < until && !isOver();) await wait(100);
        const victim = workers[next];
        if (isOver() || !victim) return;
        if (victim.child.exitCode !== null) continue;
        victim.child.kill('SIGKILL');
        counts.kills += 1;
        onProgress(`${Math.round(since() / 1000)} s: killed a worker`);
        workers[next] = startWorker();
      }
    })();
    const restarts = (async () => {
      for (const at of scenario.restartsAtMs) {
        while (since() < at && !isOver()) await wait(100);
        if (isOver()) return;
        disturbed.push(systemClock.ticks());
        await postgres.restart(3_000);
        counts.restarts += 1;
        onProgress(`${Math.round(since() / 1000)} s: restarted the database`);
      }
    })();
    const follow = (async () => {
      while (!isOver()) {
        await wait(10_000);
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
    const status = await conformProcess(args('status', '--json'), common);
    const figures = await figuresFrom(postgres.query, agencies, night);
    const undisturbed = limited.seen.times.filter(
      (at) => !disturbed.some((stop) => at > stop - 1_000 && at < stop + 25_000),
    );
    const shares = shareUsed(undisturbed, LIMITED_RATE, WINDOW_S)
      .filter((share) => share > 0)
      .sort((one, other) => one - other);
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
      requests: { limited: limited.seen.times.length, open: open.seen.times.length },
      mostInASecond: mostInASecond(limited.seen.times),
      medianShare: shares[Math.floor(shares.length / 2)] ?? 0,
      left: [...figures.left, ...(await readdir(temporary))],
    };
  } finally {
    await Promise.all([limited.close(), open.close(), postgres.close()]);
  }
}

type Query = Awaited<ReturnType<typeof startRestartable>>['query'];

/** What the database knows of the night. */
async function figuresFrom(query: Query, agencies: ReturnType<typeof agenciesOf>, night: string) {
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
