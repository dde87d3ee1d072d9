import { openFolder, openRecords } from '../../artefact/folder.js';
import { Problem } from '../../problem.js';
import { isFolder } from '../../record/folder.js';
import { storeAddress, type StoreAddress } from '../../store/address.js';
import { copyRecords, type Copied } from '../../store/copy.js';
import { migrateStore, openStore, type Store } from '../../store/open.js';
import { expired } from '../../store/retention.js';
import { readEnvironment } from '../../targets/credentials.js';
import type { Host } from '../host.js';
import { demandPart } from '../installed.js';
import { createIo, type CommonOptions, type Io } from '../io.js';
import { DEFAULT_AGENCY, type KeptOptions } from '../kept.js';

/** Makes the tables of a store, or brings them to this version. @returns the exit code */
export async function storeMigrate(
  options: CommonOptions & Pick<KeptOptions, 'store'>,
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  const { from, to, applied } = await migrateStore(addressOf(options, host), host.clock);
  io.out(
    applied.length === 0
      ? `The store is of version ${to} already.`
      : `The store is of version ${to}, before of ${from === 0 ? 'none' : from}: ${applied.join(', ')}.`,
  );
  io.result({ from, to, applied });
  return 0;
}

export interface CopyOptions extends KeptOptions {
  replace?: true | undefined;
}

/** Copies the records of a folder into a store. @returns the exit code */
export async function storeImport(folder: string, options: CopyOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  if (!(await isFolder(folder)))
    throw new Problem('CONFORM_E_FILE_MISSING', 'there is no such folder', {
      place: { file: folder },
      remedy: 'Name a folder that conform has written: the value of --out.',
    });
  return withStore(options, host, async (store) =>
    printCopied(await copyRecords(openRecords(folder), store, options.replace ?? false), store.path, io),
  );
}

/** Copies the records of a store into a folder. @returns the exit code */
export async function storeExport(folder: string, options: CopyOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const into = openFolder(folder, host.secrets);
  return withStore(options, host, async (store) =>
    printCopied(await copyRecords(store, into, options.replace ?? false), folder, io),
  );
}

function printCopied(copied: Copied, into: string, io: Io): number {
  const { written, same, different } = copied;
  io.out(`${written} records written to ${into}${same === 0 ? '' : `, ${same} were there already`}.`);
  for (const name of different) io.out(`  ${name} is there with another text, and was left as it is`);
  if (different.length > 0) io.note('With --replace they are replaced.');
  io.result(copied);
  return different.length === 0 ? 0 : 1;
}

export interface PruneOptions extends KeptOptions {
  days: number;
  plan?: true | undefined;
}

const DAY_MS = 24 * 3_600_000;

/** Removes what is older than it has to be kept. @returns the exit code */
export async function storePrune(options: PruneOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  const before = new Date(host.clock.now().getTime() - options.days * DAY_MS);
  return withStore(options, host, async (store) => {
    const names = await expired(store, before);
    if (!options.plan) for (const name of names) await store.remove(name);
    io.out(
      `${options.plan ? 'Would remove' : 'Removed'} ${names.length} records from before ${before.toISOString().slice(0, 10)}.`,
    );
    if (options.plan) for (const name of names) io.out(`  ${name}`);
    io.result({ [options.plan ? 'wouldRemove' : 'removed']: names });
    return 0;
  });
}

/** Derives the index of an agency's records from their texts again. @returns the exit code */
export async function storeReindex(options: KeptOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  return withStore(options, host, async (store) => {
    const records = await store.reindex();
    io.out(`The index of ${records} records was derived from their texts.`);
    io.result({ records });
    return 0;
  });
}

async function withStore(
  options: KeptOptions,
  host: Host,
  work: (store: Store) => Promise<number>,
): Promise<number> {
  const store = await openStore(addressOf(options, host), options.agency ?? DEFAULT_AGENCY, host);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function addressOf({ store }: Pick<KeptOptions, 'store'>, host: Host): StoreAddress {
  demandPart('store', 'a store in PostgreSQL');
  const address = storeAddress(store, readEnvironment(host.env));
  if (address) return address;
  throw new Problem('CONFORM_E_OPTION_REQUIRED', 'no store is named', {
    remedy: 'Name it with --store postgres://user@host:5432/database, or set CONFORM_STORE.',
  });
}
