import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from '../../once.js';
import { PACKAGE_ROOT } from '../../package.js';
import { Problem } from '../../problem.js';
import type { Database, Queries } from './connect.js';

/** One step of the schema: `001-records.sql`. */
interface Migration {
  number: number;
  name: string;
  file: string;
}

const FOLDER = join(PACKAGE_ROOT, 'src', 'store', 'postgres', 'migrations');

/** What a migration has done. */
export interface Migrated {
  /** The version of the schema before; 0 where there was none. */
  from: number;
  to: number;
  /** The names of the steps that were taken. */
  applied: string[];
}

/** Any number will do, as long as all versions of the program lock by the same one. */
const LOCK = 20_260_226;

/**
 * Until the transaction ends, nobody else changes the schemas of the program in this database: others that ask for it wait.
 */
export async function lockSchemas(queries: Queries): Promise<void> {
  await queries.count('select pg_advisory_xact_lock($1)', [LOCK]);
}

/**
 * Brings the schema of a database to the version of this program, in one transaction. Of several that do it at once, one
 * does and the others wait and find it done.
 * @throws Problem when a newer program has migrated it, or the schema is of another program
 */
export async function migrate(database: Database): Promise<Migrated> {
  const known = await migrations();
  return database.transaction(async (queries) => {
    await lockSchemas(queries);
    await demandUtf8(queries, database.shown);
    const from = await versionIn(queries, database.shown);
    demandNotNewer(from, known, database.shown);
    if (from === undefined) {
      await queries.count('create schema conform');
      await queries.count(
        'create table conform.migration (number integer primary key, name text not null, applied_at timestamptz not null default now())',
      );
    }
    const missing = known.filter(({ number }) => number > (from ?? 0));
    for (const { number, name, file } of missing) {
      await queries.count(await readFile(file, 'utf8'));
      await queries.count('insert into conform.migration (number, name) values ($1, $2)', [number, name]);
    }
    return { from: from ?? 0, to: newestOf(known), applied: missing.map(({ name }) => name) };
  }, 'again');
}

/**
 * Makes sure that the schema of a database is the one that this program knows.
 * @throws Problem when it is older or newer, or not there
 */
export async function demandMigrated(database: Database): Promise<void> {
  const known = await migrations();
  const version = await database.transaction((queries) => versionIn(queries, database.shown), 'again');
  demandNotNewer(version, known, database.shown);
  if (version === newestOf(known)) return;
  throw new Problem(
    'CONFORM_E_STORE_NOT_MIGRATED',
    version === undefined
      ? 'the database has no store yet'
      : `the store is of version ${version}, and this program needs ${newestOf(known)}`,
    { place: { file: database.shown }, remedy: 'Run conform store migrate with the same --store.' },
  );
}

/** @returns undefined where there is no schema of ours */
async function versionIn(queries: Queries, shown: string): Promise<number | undefined> {
  const [found] = await queries.rows<{ schema: string | null; migration: string | null }>(
    "select to_regnamespace('conform')::text as schema, to_regclass('conform.migration')::text as migration",
  );
  if (found?.schema == null) return undefined;
  if (found.migration === null)
    throw new Problem(
      'CONFORM_E_DATABASE_SCHEMA_FOREIGN',
      'there is a schema conform that was not made by conform',
      { place: { file: shown }, remedy: 'It was left as it is. Rename it, or use another database.' },
    );
  const versions = await queries.rows<{ version: number | null }>(
    'select max(number) as version from conform.migration',
  );
  return versions[0]?.version ?? 0;
}

function demandNotNewer(version: number | undefined, known: readonly Migration[], shown: string): void {
  if (version === undefined || version <= newestOf(known)) return;
  throw new Problem(
    'CONFORM_E_STORE_NEWER',
    `the store is of version ${version}, and this program knows only ${newestOf(known)}`,
    { place: { file: shown }, remedy: 'Install the newer conform here as well. Nothing was changed.' },
  );
}

/** Texts hold characters of every language. */
async function demandUtf8(queries: Queries, shown: string): Promise<void> {
  const rows = await queries.rows<{ server_encoding: string }>('show server_encoding');
  if (rows[0]?.server_encoding === 'UTF8') return;
  throw new Problem('CONFORM_E_DATABASE_REFUSED', 'the database does not keep texts in UTF-8', {
    place: { file: shown },
    remedy: "Create it with ENCODING 'UTF8' TEMPLATE template0.",
  });
}

const migrations = once(async (): Promise<Migration[]> => {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  return names.map((file) => ({
    number: Number(file.slice(0, 3)),
    name: file.slice(0, -'.sql'.length),
    file: join(FOLDER, file),
  }));
});

function newestOf(known: readonly Migration[]): number {
  return Math.max(0, ...known.map(({ number }) => number));
}
