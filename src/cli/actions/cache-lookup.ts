import {
  askApi,
  createLookup,
  createRequests,
  fillCache,
  normalisePhone,
  type CallerAnswer,
  type Candidate,
  type Client,
} from 'wellsky-conform-caller-id/cache';
import { readSql } from '../../bench/sql-file.js';
import { BRIEF } from '../../session/patience.js';
import { Problem } from '../../problem.js';
import type { Clock } from '../../clock.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions, type Io } from '../io.js';
import { findLayers, folderOf } from '../../spec/find.js';
import { stopSignal } from '../signals.js';
import { withApi, withCache } from './cache-access.js';

export interface CacheLookupOptions extends CommonOptions {
  databaseUrl?: string | undefined;
  fallback?: true | undefined;
  target: string;
  baseUrl?: string | undefined;
}

/** Says who has a number. @returns the exit code: 1 when nobody has */
export async function cacheLookup(text: string, options: CacheLookupOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const phone = normalisePhone(text);
  if (!phone) {
    throw new Problem('CONFORM_E_VALUE_INVALID', 'not a phone number', {
      remedy:
        'Write ten digits, or a plus sign and country code. Withheld and short numbers belong to nobody.',
    });
  }
  const sql = await readSql(folderOf('caller-id', findLayers(options.specDir)), 'lookup.sql');
  return withCache(host, options.databaseUrl, async (client) => {
    const lookup = createLookup(client, sql, host.clock);
    const cached = await timed(host.clock, () => lookup(text));
    if (cached.value.known || !options.fallback) return printAnswer(cached, undefined, io);
    const asked = await timed(host.clock, () => fallBack(client, phone.e164, options, host));
    return printAnswer({ ...cached, value: await lookup(text) }, asked.ms, io);
  });
}

interface Timed<T> {
  value: T;
  ms: number;
}

async function timed<T>(clock: Clock, work: () => Promise<T>): Promise<Timed<T>> {
  const started = clock.ticks();
  const value = await work();
  return { value, ms: Math.round((clock.ticks() - started) * 1000) / 1000 };
}

async function fallBack(
  client: Client,
  e164: string,
  options: CacheLookupOptions,
  host: Host,
): Promise<void> {
  const stop = stopSignal(host);
  try {
    const { signal } = stop;
    // Somebody is on the line: what fails is not tried for long.
    const through = { ...options, patience: BRIEF, signal };
    const people = await withApi(host, through, ({ api }) => askApi(api, createRequests(signal), e164));
    await fillCache(client, people);
  } finally {
    stop.release();
  }
}

function printAnswer({ value, ms }: Timed<CallerAnswer>, apiMs: number | undefined, io: Io): number {
  const candidates = value.known ? value.candidates : [];
  const source = apiMs === undefined ? 'cache' : 'api';
  io.result({
    phone: value.e164,
    source,
    candidates,
    cacheMs: ms,
    ...(apiMs === undefined ? {} : { apiMs }),
  });
  for (const candidate of candidates) io.out(line(candidate));
  if (candidates.length === 0) io.out('Nobody with this number is known.');
  const api =
    apiMs === undefined
      ? ''
      : `; the API took ${apiMs.toFixed(0)} ms${value.known ? ', and the cache has it now' : ''}`;
  io.note(`The cache took ${ms} ms, as the first question on a new connection${api}.`);
  return candidates.length > 0 ? 0 : 1;
}

function line({ kind, name, id, status, city, active, syncedAt, stale }: Candidate): string {
  const state = [active ? 'active' : 'inactive', status, city].filter((part) => part !== null && part !== '');
  const fresh = `${stale ? 'stale, ' : ''}as of ${syncedAt.toISOString()}`;
  return `${kind} ${name} (${id}): ${state.join(', ')}; ${fresh}`;
}
