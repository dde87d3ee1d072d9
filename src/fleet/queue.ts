import { createHash } from 'node:crypto';
import type PgBoss from 'pg-boss';
import type { Database, Queries } from '../store/postgres/connect.js';
import { lockSchemas } from '../store/postgres/migrate.js';

/** One thing to be done: the night of an agency (part 0), or a part of its contract. It holds names and nothing else. */
export interface Job {
  fleet: string;
  agency: string;
  /** `YYYY-MM-DD` */
  night: string;
  part: number;
}

/** A job that was fetched. */
export interface Fetched {
  job: Job;
  id: string;
  /** Whether it is not tried again. */
  isLastTry: boolean;
}

/** The jobs of a fleet, in pg-boss. All that changes something is done in the transaction of the caller. */
export interface Queue {
  put: (jobs: readonly Job[], queries: Queries) => Promise<void>;
  /** Takes the oldest job that nobody has. */
  fetch: (queries: Queries) => Promise<Fetched | undefined>;
  complete: (job: Job, queries: Queries) => Promise<void>;
  /** Has it tried again later, or puts it to the dead letters when it was the last try. */
  fail: (job: Job, why: string, queries: Queries) => Promise<void>;
  /** Gives it to the next who asks: that counts as no try, and the tries before it stay counted. */
  giveBack: (jobs: readonly Job[], queries: Queries) => Promise<void>;
  /** Puts it to the dead letters at once. */
  bury: (jobs: readonly Job[], queries: Queries) => Promise<void>;
  drop: (jobs: readonly Job[], queries: Queries) => Promise<void>;
  close: () => Promise<void>;
}

/** Nothing expires by pg-boss: leases decide, within seconds. */
const NEVER_EXPIRES_S = 23 * 60 * 60;

/**
 * Opens the queue of a fleet, and makes it where it is not there. pg-boss keeps its tables in a schema of its own, and
 * changes it to its own version by itself. It fails where several do that at once, so each waits for its turn.
 * @param retries how often a job that failed is tried again; each wait is twice as long as the one before
 * @param supervise whether it removes what is old
 */
export async function openQueue(
  database: Database,
  fleet: string,
  retries: { limit: number; delayMs: number },
  supervise: boolean,
): Promise<Queue> {
  const { default: Boss } = await import('pg-boss');
  const whole = executing((text, values) => database.read(text, values));
  const boss = new Boss({ db: whole, schema: SCHEMA, supervise, schedule: false });
  // What its maintenance fails at, the next one does.
  boss.on('error', () => undefined);
  const [name, dead] = [`fleet-${fleet}`, `fleet-${fleet}-dead`];
  const options = {
    ...{ retryLimit: retries.limit, retryBackoff: true, deadLetter: dead },
    ...{ retryDelay: Math.max(1, Math.round(retries.delayMs / 1000)), expireInSeconds: NEVER_EXPIRES_S },
  };
  await database.transaction(async (queries) => {
    await lockSchemas(queries);
    await boss.start();
    await boss.createQueue(dead, { name: dead });
    await boss.createQueue(name, { name, ...options });
  }, 'again');
  const within = (queries: Queries) => ({
    db: executing((text, values) => queries.rows(text, values)),
  });
  const entryOf = (job: Job): PgBoss.JobInsert => ({ id: idOf(job), name, data: job, ...options });
  const put = (jobs: readonly Job[], queries: Queries) => boss.insert(jobs.map(entryOf), within(queries));
  const drop = async (jobs: readonly Job[], queries: Queries): Promise<void> => {
    if (jobs.length > 0) await boss.deleteJob(name, jobs.map(idOf), within(queries));
  };
  return {
    put,
    drop,
    fetch: async (queries) => {
      const [found] = await boss.fetch<Job>(name, {
        ...within(queries),
        includeMetadata: true,
        batchSize: 1,
      });
      if (!found) return undefined;
      const { id, data, retryCount, retryLimit } = found;
      return { id, job: data, isLastTry: retryCount >= retryLimit };
    },
    complete: async (job, queries) => {
      await boss.complete(name, idOf(job), {}, within(queries));
    },
    fail: async (job, why, queries) => {
      await boss.fail(name, idOf(job), { why }, within(queries));
    },
    giveBack: async (jobs, queries) => {
      for (const job of jobs) {
        const held = await boss.getJobById(name, idOf(job), { ...within(queries), includeArchive: false });
        await drop([job], queries);
        await boss.insert([{ ...entryOf(job), ...(held ? leftOf(held) : {}) }], within(queries));
      }
    },
    bury: async (jobs, queries) => {
      await drop(jobs, queries);
      if (jobs.length > 0)
        await boss.insert(
          jobs.map((job) => ({ name: dead, data: job })),
          within(queries),
        );
    },
    close: () => boss.stop({ graceful: false, close: false }),
  };
}

/** The schema of pg-boss: another program on the same database may have its own. */
const SCHEMA = 'conform_jobs';

/** The longest wait, in seconds, that a column of pg-boss holds. */
const LONGEST_WAIT_S = 2 ** 31 - 1;

/**
 * How a job goes on that is put again after some tries. pg-boss 10 counts a fetched job that is resumed or retried as one more
 * try, and lets nobody set the count of a new job: so the limit is lower by the tries that were counted, and the wait is as
 * long as it had become.
 */
function leftOf({
  retryCount,
  retryLimit,
  retryDelay,
}: Pick<PgBoss.JobWithMetadata, 'retryCount' | 'retryLimit' | 'retryDelay'>): Pick<
  PgBoss.JobInsert,
  'retryLimit' | 'retryDelay'
> {
  return {
    retryLimit: Math.max(0, retryLimit - retryCount),
    retryDelay: Math.min(LONGEST_WAIT_S, retryDelay * 2 ** retryCount),
  };
}

/** What pg-boss runs its statements by. */
function executing(run: (text: string, values: unknown[] | undefined) => Promise<unknown[]>): PgBoss.Db {
  return { executeSql: async (text, values) => ({ rows: await run(text, values) }) };
}

/** The same for the same job, so that it cannot be put twice. */
function idOf({ fleet, agency, night, part }: Job): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([fleet, agency, night, part]))
    .digest('hex');
  // The form of a UUID of version 8 (RFC 9562, section 5.8).
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}
