import type { Fleet } from '../../fleet/file.js';
import { answers, LONGEST_START_MINUTES } from '../../fleet/patient.js';
import { openQueue } from '../../fleet/queue.js';
import { work } from '../../fleet/work.js';
import type { Tally } from '../../fleet/workers.js';
import { formatPlace, Problem } from '../../problem.js';
import type { StoreAddress } from '../../store/address.js';
import type { Database } from '../../store/postgres/connect.js';
import { demandMigrated } from '../../store/postgres/migrate.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions, type Io } from '../io.js';
import { faultReport } from '../fault.js';
import { stopSignal } from '../signals.js';
import { databaseOf, fleetOf } from './fleet-access.js';
import { passOf } from './fleet-night.js';

export interface FleetWorkOptions extends CommonOptions {
  store?: string | undefined;
  concurrency: number;
  untilEmpty?: true | undefined;
}

/** Works on the nights of a fleet until it is stopped, or until nothing is left. @returns the exit code */
export async function fleetWork(
  file: string | undefined,
  options: FleetWorkOptions,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  const fleet = await fleetOf(file, options, host);
  const opened = await databaseOf(options, host);
  const { database } = opened;
  const { signal, release } = stopSignal(host);
  try {
    const isThere = await answers(() => demandMigrated(database), {
      ...{ clock: host.clock, signal },
      onAway: ({ message, place }) => {
        const where = place === undefined ? '' : `${formatPlace(place)}: `;
        io.note(`${where}${message}. Waiting for it, for up to ${LONGEST_START_MINUTES} minutes.`);
      },
    });
    const tally = isThere ? await worked(fleet, options, { ...opened, signal, host, io }) : NOTHING;
    io.out(`${tally.done} done; failed tries: ${tally.failed}.`);
    io.result(tally);
    return tally.failed > 0 ? 3 : 0;
  } finally {
    release();
    await database.close();
  }
}

/** What a worker has done that was stopped before it began. */
const NOTHING: Tally = { done: 0, failed: 0 };

/** Works in a database that answers, and says what comes of each night. */
async function worked(
  fleet: Fleet,
  options: FleetWorkOptions,
  given: { database: Database; address: StoreAddress; signal: AbortSignal; host: Host; io: Io },
): Promise<Tally> {
  const { database, address, signal, host, io } = given;
  const queue = await openQueue(database, fleet.name, fleet.retries, true);
  try {
    return await work({
      ...{ fleet, database, queue, signal, clock: host.clock },
      concurrency: options.concurrency,
      untilEmpty: options.untilEmpty === true,
      pass: passOf(fleet, options, { process: host, address }),
      onPassed: ({ job }, { colour, exitCode }) => {
        const what = job.part > 0 ? `part ${job.part} asked` : `${colour ?? 'NO VERDICT'} (${exitCode ?? 3})`;
        io.note(`${job.night} ${job.agency}: ${what}`);
      },
      onFault: ({ job }, error) => {
        if (error instanceof Problem) io.note(`${job.night} ${job.agency}: ${error.code} ${error.message}`);
        else if (options.quiet !== true) host.stderr.write(faultReport(error, host));
      },
    });
  } finally {
    await queue.close();
  }
}
