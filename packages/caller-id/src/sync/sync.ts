import pLimit from 'p-limit';
import type { Client } from 'pg';
import type { ApiClient, Clock, paths } from 'wellsky-conform/kit';
import { CALLER_KINDS, type CallerKind, type Person } from '../caller.js';
import { applyPeople, type Changes } from './apply.js';
import { partsOf, type Part } from './fetch.js';
import { closeJournal, openJournal, type Journal } from './journal.js';
import { createRequests, type Requests } from './requests.js';

export interface SyncOptions {
  /** A connection of its own, on which nothing else is asked meanwhile. The schema has been created. */
  client: Client;
  api: ApiClient<paths>;
  /** How many requests were sent until now, and how many of these were repetitions. */
  counts: () => { requests: number; retries: number };
  staff: readonly Person[];
  /** The least share of the people known before that has to come again, of each kind. */
  minShare: number;
  signal: AbortSignal;
  clock: Clock;
  onProgress: (text: string) => void;
}

/** What a sync did. */
export interface SyncResult {
  state: 'done' | 'refused';
  /** How many people of each kind came. */
  people: Record<CallerKind, number>;
  /** Null when it was refused. */
  changes: Changes | null;
  requests: number;
  retries: number;
  /** Parts that an interrupted sync had fetched already. */
  resumed: number;
  durationMs: number;
  /** Why it was refused. */
  message?: string;
}

/**
 * Fetches everybody from the API and replaces what the cache holds, at one moment or not at all: whoever looks
 * somebody up meanwhile, and after any failure, finds the old data whole.
 * @throws Problem when the API or the database fails; what was fetched is kept for the next attempt
 */
export async function sync(options: SyncOptions): Promise<SyncResult> {
  const { client, counts, staff, minShare, signal, clock } = options;
  const started = clock.ticks();
  const journal = await openJournal(client);
  const failure = new AbortController();
  const requests = createRequests(AbortSignal.any([signal, failure.signal]));
  const finish = (rest: Pick<SyncResult, 'state' | 'people' | 'changes' | 'message'>): SyncResult => ({
    ...rest,
    ...counts(),
    resumed: journal.fetched.size,
    durationMs: Math.round(clock.ticks() - started),
  });
  try {
    const fetched = await fetchEverybody(options, journal, requests, (error) => {
      failure.abort(error);
    });
    const everybody = merge([...staff, ...fetched]);
    const people = countKinds(everybody);
    const reachable = countKinds(everybody.filter(({ numbers }) => numbers.length > 0));
    const few = tooFew(reachable, await countKnown(client), minShare);
    if (few !== undefined) {
      await closeJournal(client, journal.id, { state: 'refused', people, ...counts(), message: few });
      return finish({ state: 'refused', people, changes: null, message: few });
    }
    options.onProgress('replacing the old data');
    signal.throwIfAborted();
    await client.query('BEGIN');
    const changes = await applyPeople(client, everybody);
    await closeJournal(client, journal.id, { state: 'done', people, ...changes, ...counts() });
    await client.query('COMMIT');
    return finish({ state: 'done', people, changes });
  } catch (error) {
    // The connection itself may be what failed; then the log keeps “running”, and the next sync takes it up.
    await client.query('ROLLBACK').catch(() => undefined);
    const message = error instanceof Error ? error.message : String(error);
    await closeJournal(client, journal.id, { state: 'failed', ...counts(), message }).catch(() => undefined);
    throw error;
  }
}

const PARTS_AT_A_TIME = 16;

async function fetchEverybody(
  { api, counts, signal, onProgress }: SyncOptions,
  journal: Journal,
  requests: Requests,
  /** Ends what is still being fetched: one part that is missing is enough. */
  giveUp: (error: unknown) => void,
): Promise<Person[]> {
  const { first, familyOfPatient } = partsOf(api, requests);
  let done = 0;
  let total = first.length;
  // The journal has one connection: parts are written one after the other, while others are being fetched.
  let writing = Promise.resolve();
  // One part to its end before the next: what an interruption leaves is then whole parts.
  const limit = pLimit(PARTS_AT_A_TIME);
  const obtain = async (part: Part): Promise<Person[]> => {
    const before = journal.fetched.get(part.name);
    try {
      signal.throwIfAborted();
      const people = before ?? (await part.fetch());
      if (!before) {
        writing = writing.then(() => journal.keep(part.name, people));
        await writing;
      }
      signal.throwIfAborted();
      onProgress(`${++done} of ${total} parts, ${counts().requests} requests`);
      return people;
    } catch (error) {
      giveUp(error);
      throw error;
    }
  };
  const known = merge((await all(first.map((part) => limit(obtain, part)))).flat());
  const patients = known.filter(({ kind }) => kind === 'patient');
  total += patients.length;
  const family = await all(patients.map((patient) => limit(obtain, familyOfPatient(patient))));
  return [...known, ...family.flat()];
}

/** Like Promise.all, but waits for the others when one fails: nothing is left running behind our back. */
async function all<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((one) => {
    if (one.status === 'fulfilled') return one.value;
    throw one.reason;
  });
}

/** Each person once, with the numbers of every time they came: a contact may belong to several patients. */
function merge(people: readonly Person[]): Person[] {
  const merged = new Map<string, Person>();
  for (const person of people) {
    const key = `${person.kind} ${person.id}`;
    const before = merged.get(key);
    merged.set(
      key,
      before
        ? {
            ...before,
            active: before.active || person.active,
            numbers: [...new Set([...before.numbers, ...person.numbers])],
          }
        : person,
    );
  }
  return [...merged.values()];
}

function countKinds(people: readonly Person[]): Record<CallerKind, number> {
  const count = (kind: CallerKind): number => people.filter((person) => person.kind === kind).length;
  return {
    staff: count('staff'),
    practitioner: count('practitioner'),
    patient: count('patient'),
    family: count('family'),
  };
}

/** How many people of each kind can be recognised by a number now. */
async function countKnown(client: Client): Promise<Partial<Record<string, number>>> {
  const { rows } = await client.query<{ kind: string; people: string }>(
    'SELECT kind, count(DISTINCT person_id) AS people FROM caller_numbers GROUP BY kind',
  );
  return Object.fromEntries(rows.map(({ kind, people }) => [kind, Number(people)]));
}

function tooFew(
  people: Record<CallerKind, number>,
  known: Partial<Record<string, number>>,
  minShare: number,
): string | undefined {
  const few = CALLER_KINDS.filter((kind) => people[kind] < (known[kind] ?? 0) * minShare);
  if (few.length === 0) return undefined;
  const shortfalls = few.map((kind) => `${people[kind]} ${kind} where ${known[kind] ?? 0} were known`);
  return `suspiciously few came: ${shortfalls.join(', ')}`;
}
