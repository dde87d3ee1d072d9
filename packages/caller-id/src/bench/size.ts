import type { Client } from 'pg';
import type { Size, Variant } from 'wellsky-conform/kit';
import { failureOf } from './ask.js';

export const UNKNOWN_SIZE: Size = { rows: null, exact: false, tables: [] };

/**
 * Counts the rows of the tables that a statement reads, inside of functions as well: the server locks each table that
 * a transaction reads.
 * @param inputs numbers that are looked up to see which tables that takes; the statement has answered them before
 */
export async function sizeOf(client: Client, variant: Variant, inputs: readonly string[]): Promise<Size> {
  const found = await tablesOf(client, variant, inputs);
  const tables = [];
  for (const table of found) tables.push(await countRows(client, table));
  const known = tables.flatMap(({ rows }) => (rows === null ? [] : [rows]));
  return {
    rows: known.length === 0 ? null : known.reduce((sum, rows) => sum + rows, 0),
    exact: tables.every(({ exact }) => exact),
    tables,
  };
}

interface Table {
  name: string;
  /** As the server estimates; negative when it has never looked. */
  estimate: number;
}

async function tablesOf(
  client: Client,
  { statements }: Variant,
  inputs: readonly string[],
): Promise<Table[]> {
  await client.query('BEGIN');
  try {
    for (const input of inputs) {
      for (const text of statements) await client.query({ text, values: [input] });
    }
    const { rows } = await client.query<Table>(LOCKED_TABLES);
    return rows;
  } catch (error) {
    if (failureOf(error)) return [];
    throw error;
  } finally {
    await client.query('ROLLBACK').catch(() => undefined);
  }
}

/** Partitions are counted with the table that they are a part of. */
const LOCKED_TABLES = `
  SELECT format('%I.%I', nspname, relname) AS name, reltuples::float8 AS estimate
  FROM pg_locks JOIN pg_class ON pg_class.oid = relation JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE pid = pg_backend_pid() AND locktype = 'relation' AND relkind IN ('r', 'm', 'p', 'f') AND NOT relispartition
    AND nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
  GROUP BY 1, 2 ORDER BY 1`;

async function countRows(client: Client, { name, estimate }: Table): Promise<Size['tables'][number]> {
  try {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${name}`);
    return { name, rows: Number(rows[0]?.count), exact: true };
  } catch (error) {
    // It takes too long, or only the function may read the table.
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== INSUFFICIENT_PRIVILEGE && !failureOf(error)) throw error;
    return { name, rows: estimate < 0 ? null : estimate, exact: false };
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';
