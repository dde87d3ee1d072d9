import { openQueue } from '../../fleet/queue.js';
import { work } from '../../fleet/work.js';
import { Problem } from '../../problem.js';
import { demandMigrated } from '../../store/postgres/migrate.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
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
  const { database, address } = await databaseOf(options, host);
  const stop = stopSignal(host);
  try {
    await demandMigrated(database);
    const queue = await openQueue(database, fleet.name, fleet.retries, true);
    try {
      const tally = await work({
        ...{ fleet, database, queue, clock: host.clock, signal: stop.signal },
        concurrency: options.concurrency,
        untilEmpty: options.untilEmpty === true,
        pass: passOf(fleet, options, { process: host, address }),
        onPassed: ({ job }, { colour, exitCode }) => {
          const what =
            job.part > 0 ? `part ${job.part} asked` : `${colour ?? 'NO VERDICT'} (${exitCode ?? 3})`;
          io.note(`${job.night} ${job.agency}: ${what}`);
        },
        onFault: ({ job }, error) => {
          if (error instanceof Problem) io.note(`${job.night} ${job.agency}: ${error.code} ${error.message}`);
          else if (options.quiet !== true) host.stderr.write(faultReport(error, host));
        },
      });
      io.out(`${tally.done} done, ${tally.failed} failed.`);
      io.result(tally);
      return tally.failed > 0 ? 3 : 0;
    } finally {
      await queue.close();
    }
  } finally {
    stop.release();
    await database.close();
  }
}
