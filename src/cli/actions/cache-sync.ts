import { CALLER_KINDS, readStaff, sync } from 'wellsky-conform-caller-id/cache';
import { readSql } from '../../bench/sql-file.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { stopSignal } from '../signals.js';
import { STUBBORN } from '../../session/patience.js';
import { findLayers, folderOf } from '../../spec/find.js';
import { withApi, withCache } from './cache-access.js';

export interface CacheSyncOptions extends CommonOptions {
  databaseUrl?: string | undefined;
  target: string;
  baseUrl?: string | undefined;
  staff?: string | undefined;
  minShare: number;
}

/** Fills the cache from the API. @returns the exit code: 1 when suspiciously little came */
export async function cacheSync(options: CacheSyncOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const schema = await readSql(folderOf('caller-id', findLayers(options.specDir)), 'proposed.sql');
  const staff = options.staff === undefined ? [] : await readStaff(options.staff);
  const stop = stopSignal(host);
  try {
    const result = await withCache(host, options.databaseUrl, async (client) => {
      await client.query(schema);
      return withApi(host, { ...options, patience: STUBBORN, signal: stop.signal }, (through) =>
        sync({
          client,
          ...through,
          staff,
          minShare: options.minShare,
          signal: stop.signal,
          clock: host.clock,
          onProgress: io.progress,
        }),
      );
    });
    io.progress('');
    io.result(result);
    const counts = CALLER_KINDS.map((kind) => `${result.people[kind]} ${kind}`).join(', ');
    io.out(
      `${counts}; ${result.requests} requests, ${result.retries} repeated, in ${seconds(result.durationMs)}`,
    );
    if (result.resumed > 0)
      io.out(`Went on with an interrupted sync: ${result.resumed} parts were there already.`);
    if (result.changes === null) {
      io.out(io.colours.red(`Refused: ${result.message ?? ''}. The old data was left as it was.`));
      io.out('  If this is correct, run it again with a lower --min-share.');
      return 1;
    }
    const { added, changed, removed } = result.changes;
    io.out(`Numbers: ${added} added, ${changed} changed, ${removed} removed.`);
    return 0;
  } finally {
    stop.release();
    io.progress('');
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
