import { firstOf } from '../documents/labels.js';
import { Problem } from '../problem.js';
import type { StoreAddress } from '../store/address.js';
import type { TrialDatabase } from '../store/trial.js';
import { error, errorOf, notTried, ok, type Found, type Line } from './line.js';

/**
 * Whether the database of the store answers, has the tables of this program, and lets the user write.
 * @param addressOf its address; undefined where none is named; throws a Problem where it is not valid
 * @param open opens it; undefined where nothing may leave the machine
 * @returns no line that holds the user or the password of the address
 */
export async function examineStore(
  addressOf: () => StoreAddress | undefined,
  open: ((address: StoreAddress) => Promise<TrialDatabase>) | undefined,
): Promise<Line[]> {
  try {
    const address = addressOf();
    if (address === undefined)
      return [
        lineOf('database', notTried('neither --store nor CONFORM_STORE names one; runs are kept in files')),
      ];
    if (open === undefined) return [lineOf('database', notTried('of --offline'))];
    const database = await open(address);
    try {
      return await tried(database, address.shown);
    } finally {
      await database.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    return [lineOf('database', errorOf(thrown)), ...after('database')];
  }
}

async function tried(database: TrialDatabase, shown: string): Promise<Line[]> {
  const answered = lineOf('database', ok(`${shown} answers: PostgreSQL ${await database.version()}`));
  try {
    await database.demandSchema();
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    return [answered, lineOf('schema', errorOf(thrown)), ...after('schema')];
  }
  const schema = lineOf('schema', ok('its tables are those of this program'));
  return [answered, schema, lineOf('writes', ofRights(await database.rights()))];
}

function ofRights({ missing, isReadOnly }: Awaited<ReturnType<TrialDatabase['rights']>>): Found {
  if (isReadOnly)
    return error('the server takes no writes: it is read-only', 'Name the primary server, not a standby.');
  if (missing.length > 0)
    return error(
      `the user may not do all that is needed with the tables; missing: ${firstOf(missing)}`,
      'Grant USAGE on the schemas conform and conform_jobs to the user, and SELECT, INSERT, UPDATE and DELETE on all of their tables.',
    );
  return ok('the user may read and write its tables');
}

const NAMES = ['database', 'schema', 'writes'] as const;
type Name = (typeof NAMES)[number];

/** What cannot be tried where one thing is wrong. */
function after(wrong: Name): Line[] {
  return NAMES.slice(NAMES.indexOf(wrong) + 1).map((name) => lineOf(name, notTried(`of “${wrong}” above`)));
}

function lineOf(name: Name, found: Found): Line {
  return { group: 'store', name, ...found };
}
