import { nightsIn } from '../../fleet/nights.js';
import { patient } from '../../fleet/patient.js';
import { planFleet } from '../../fleet/plan.js';
import { openQueue } from '../../fleet/queue.js';
import { exitCodeOf, nightStatus, type NightStatus } from '../../fleet/status.js';
import { Problem } from '../../problem.js';
import type { Database } from '../../store/postgres/connect.js';
import { migrate } from '../../store/postgres/migrate.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions, type Io } from '../io.js';
import { stopSignal } from '../signals.js';
import { printFaults, printNights } from '../tables/fleet.js';
import { databaseOf, fleetOf } from './fleet-access.js';

export interface FleetRunOptions extends CommonOptions {
  store?: string | undefined;
  night?: string | undefined;
  only?: string[] | undefined;
  wait?: true | undefined;
}

const LOOKS_AGAIN_MS = 1_000;

/** Puts the jobs of one night of a fleet, and follows them where that is wanted. @returns the exit code */
export async function fleetRun(
  file: string | undefined,
  options: FleetRunOptions,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  const fleet = await fleetOf(file, options, host);
  const { database } = await databaseOf(options, host);
  const stop = stopSignal(host);
  try {
    await migrate(database);
    const night = options.night ?? (await todayOf(database));
    const { planned, faults } = await planFleet(fleet, { specDir: options.specDir, night });
    printFaults(faults, io);
    const { only } = options;
    const chosen = planned.filter(
      ({ agency }) => only === undefined || only.some((text) => agency.name.includes(text)),
    );
    if (only !== undefined && chosen.length === 0)
      throw new Problem('CONFORM_E_AGENCY_UNKNOWN', `no agency fits --only ${only.join(', ')}`, {
        remedy: 'Give a part of the name of an agency of the fleet file.',
      });
    const due = chosen.filter((one) => one.due);
    const queue = await openQueue(database, fleet.name, fleet.retries, false);
    try {
      const begun = await nightsIn(database, queue).begin(
        { fleet: fleet.name, night, deadlineMs: fleet.deadlineMs },
        due.map(({ agency, parts }) => ({ agency: agency.name, parts })),
      );
      io.out(
        `${night} ${fleet.name}: ${due.length} agencies are due, ${begun} are new, ${due.length - begun} were put before.`,
      );
    } finally {
      await queue.close();
    }
    const one = { fleet: fleet.name, night };
    const status = options.wait
      ? await followed(patient(database, host.clock, stop.signal), one, { host, io, signal: stop.signal })
      : await nightStatus(database, one);
    if (options.wait) printNights([status], io);
    io.result({ ...status, faults: faults.map(({ code, message, place }) => ({ code, message, place })) });
    if (faults.length > 0) return 2;
    return options.wait ? exitCodeOf([status]) : 0;
  } finally {
    stop.release();
    await database.close();
  }
}

/** The date of the night that begins now, by the clock of the database. */
async function todayOf(database: Database): Promise<string> {
  const [row] = await database.read<{ night: string }>(
    "select (now() at time zone 'UTC')::date::text as night",
  );
  return row?.night ?? '';
}

/** Waits until nothing of a night is left to do, or until it is stopped. */
async function followed(
  database: Database,
  night: { fleet: string; night: string },
  { host, io, signal }: { host: Host; io: Io; signal: AbortSignal },
): Promise<NightStatus> {
  for (;;) {
    const status = await nightStatus(database, night);
    const left = status.waiting + status.running;
    io.progress(`${left} left`);
    if (left === 0 || signal.aborted) return status;
    await host.clock.sleep(LOOKS_AGAIN_MS, signal).catch(() => undefined);
  }
}
