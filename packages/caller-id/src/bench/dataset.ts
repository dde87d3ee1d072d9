import type { Client } from 'pg';
import { readSql } from 'wellsky-conform/kit';
import type { CallerKind } from '../caller.js';

/** The schema of the cache as found, in the order in which it has to be created. */
const AS_FOUND_TABLES = ['as-found/tables.sql', 'as-found/family-and-staff.sql'];
const AS_FOUND_INDEXES = ['as-found/indexes.sql'];
const AS_FOUND_FUNCTIONS = ['as-found/identify-caller-g2.sql', 'as-found/identify-caller-g3.sql'];

/**
 * The people that lookups are measured on. They are made by a rule, so that the right answer to every number is
 * known without asking the database, and by the server itself, so that ten million take a minute.
 *
 * Numbers are in slots 0 to N-1; ten slots are a block of six people:
 *
 *     slot     0  1  2  3  4  5  6  7  8  9
 *     person   0  1  2  3  3  4  4  5  5  5
 *     line     m  m  m  m  h  m  h  m  h  w      (mobile, home, work)
 */
export interface Truth {
  kind: CallerKind;
  id: string;
}

/** What a number of the given slot is, in ten digits. Area code 200 and its neighbours are given to nobody. */
export function numberOf(slot: number): string {
  return String(FIRST_NUMBER + ((slot * STRIDE) % PRIME));
}

/** Who has the number of the given slot. */
export function truthOf(slot: number): Truth {
  const person = Math.floor(slot / SLOTS) * PEOPLE + (PERSON_OF_SLOT[slot % SLOTS] ?? 0);
  return { kind: kindOf(person), id: idOf(person) };
}

const SLOTS = 10;
const PEOPLE = 6;
const PERSON_OF_SLOT = [0, 1, 2, 3, 3, 4, 4, 5, 5, 5];
const FIRST_NUMBER = 2_000_000_000;
// Numbers are spread over the index as real ones are: a multiplication modulo a prime visits each once.
const PRIME = 99_999_989;
const STRIDE = 48_271;

function kindOf(person: number): CallerKind {
  if (person % 500 === 499) return 'staff';
  const place = person % 10;
  if (place < 6) return 'practitioner';
  return place < 9 ? 'patient' : 'family';
}

function idOf(person: number): string {
  return String(1_000_000 + person);
}

/** The same rules as SQL: one row for each person with kind, id, name, status, city, active and three numbers. */
function peopleOf(rows: number): string {
  const number = (slot: string): string =>
    `(${FIRST_NUMBER} + ((${slot}) * ${STRIDE}::bigint) % ${PRIME})::text`;
  const base = `p / ${PEOPLE} * ${SLOTS}`;
  const place = `p % ${PEOPLE}`;
  return `(
    SELECT p, (1000000 + p)::text AS id,
      CASE WHEN p % 500 = 499 THEN 'staff' WHEN p % 10 < 6 THEN 'practitioner'
           WHEN p % 10 < 9 THEN 'patient' ELSE 'family' END AS kind,
      'Given' || p % 997 AS first_name, 'Family' || p % 9973 AS last_name,
      'Given' || p % 997 || ' Family' || p % 9973 AS name,
      p % 7 <> 3 OR p % 500 = 499 AS active,
      'City' || p % 101 AS city,
      ${number(`${base} + CASE ${place} WHEN 4 THEN 5 WHEN 5 THEN 7 ELSE ${place} END`)} AS mobile,
      CASE ${place} WHEN 3 THEN ${number(`${base} + 4`)} WHEN 4 THEN ${number(`${base} + 6`)}
                    WHEN 5 THEN ${number(`${base} + 8`)} END AS home,
      CASE ${place} WHEN 5 THEN ${number(`${base} + 9`)} END AS work
    FROM generate_series(0::bigint, ${(rows / SLOTS) * PEOPLE - 1}) AS p
  ) AS person`;
}

/** Creates and fills the cache as found with a number of phone numbers, in the current schema. */
export async function fillAsFound(client: Client, specDir: string, rows: number): Promise<void> {
  for (const name of AS_FOUND_TABLES) await client.query(await readSql(specDir, name));
  await client.query(`
    INSERT INTO cached_practitioners (id, first_name, last_name, full_name, phone, home_phone, work_phone, email,
                                      address, city, state, zip_code, status, is_hired, is_active)
    SELECT id, first_name, last_name, name, mobile, home, work, 'someone' || p || '@example.com',
           p || ' Sample Street', city, 'CO', '80000', '100', active, active
    FROM ${peopleOf(rows)} WHERE kind = 'practitioner';
    INSERT INTO cached_patients (id, first_name, last_name, full_name, phone, home_phone, work_phone, email,
                                 address, city, state, zip_code, status, is_active)
    SELECT id, first_name, last_name, name, mobile, home, work, 'someone' || p || '@example.com',
           p || ' Sample Street', city, 'CO', '80000', '80', active
    FROM ${peopleOf(rows)} WHERE kind = 'patient';
    INSERT INTO cached_related_persons (id, patient_id, first_name, last_name, full_name, relationship, phone,
                                        home_phone, work_phone, city, state, is_active)
    SELECT id, (1000000 + p - 1)::text, first_name, last_name, name, 'SON', mobile, home, work, city, 'CO', active
    FROM ${peopleOf(rows)} WHERE kind = 'family';
    INSERT INTO cached_staff (id, first_name, full_name, role, phone)
    SELECT id, first_name, name, 'scheduler', mobile FROM ${peopleOf(rows)} WHERE kind = 'staff'`);
  for (const name of [...AS_FOUND_INDEXES, ...AS_FOUND_FUNCTIONS]) {
    await client.query(await readSql(specDir, name));
  }
}

/** Creates and fills the cache as proposed with a number of phone numbers, in the current schema. */
export async function fillProposed(client: Client, specDir: string, rows: number): Promise<void> {
  await client.query(await readSql(specDir, 'proposed.sql'));
  await client.query(`
    INSERT INTO caller_numbers (number, kind, person_id, name, status, city, active, synced_at)
    SELECT ('1' || line.phone)::bigint, kind, id, name, '100', city, active, now()
    FROM ${peopleOf(rows)}, LATERAL (VALUES (mobile), (home), (work)) AS line (phone)
    WHERE line.phone IS NOT NULL`);
}

/** Lets the server know what it holds, so that plans are those of a cache that has been there for a while. */
export async function settle(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    "SELECT format('%I', relname) AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace",
  );
  for (const { name } of rows) await client.query(`VACUUM (ANALYZE) ${name}`);
}

/** Removes both caches from the current schema. */
export async function empty(client: Client): Promise<void> {
  await client.query(`
    DROP TABLE IF EXISTS cached_practitioners, cached_patients, cached_related_persons, cached_staff,
      wellsky_sync_log, caller_numbers, caller_staging, caller_syncs CASCADE;
    DROP FUNCTION IF EXISTS identify_caller(varchar), identify_caller_g3(varchar), caller_number(text)`);
}
