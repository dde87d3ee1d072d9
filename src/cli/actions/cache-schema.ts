import { readSql } from '../../bench/sql-file.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { findLayers, folderOf } from '../../spec/find.js';

/** Prints the schema and the migration; together they can be given to psql, on any database. */
export async function cacheSchema(options: CommonOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const specDir = folderOf('caller-id', findLayers(options.specDir));
  const [proposed, migration, lookup] = await Promise.all(
    ['proposed.sql', 'migration.sql', 'lookup.sql'].map((name) => readSql(specDir, name)),
  );
  io.out(proposed ?? '');
  io.out(migration ?? '');
  io.result({ proposed, migration, lookup });
  return 0;
}
