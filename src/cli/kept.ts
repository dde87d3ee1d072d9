import { openFolder, type Folder } from '../artefact/folder.js';
import { readEnvironment } from '../targets/credentials.js';
import type { Run } from '../record/run.js';
import { readNamedRun } from '../record/store.js';
import { storeAddress } from '../store/address.js';
import type { Host } from './host.js';
import { demandPart } from './installed.js';
import type { CommonOptions } from './io.js';

/** Whose records they are where nobody is named: of an installation for one agency. */
export const DEFAULT_AGENCY = 'default';

/** The options of a command that reads or writes runs. */
export interface KeptOptions extends CommonOptions {
  /** The URL of a database that keeps them in the place of files. */
  store?: string | undefined;
  /** Whose they are, in the store. */
  agency?: string | undefined;
}

/** What commands keep for one another: runs, tickets, nights. On disk, or in a database. */
export interface Kept extends Folder, AsyncDisposable {
  /** Where expectations are kept, when that is not the spec folder. */
  expectations: Folder | undefined;
}

/**
 * Opens what commands keep: the store that is named, or the folder of `--out`.
 * @throws Problem when the store cannot be used
 */
export async function openKept(options: KeptOptions, host: Host): Promise<Kept> {
  const address = storeAddress(options.store, readEnvironment(host.env));
  if (address === undefined) return keptOnDisk(options, host);
  demandPart('store', 'a store in PostgreSQL');
  const { openStore } = await import('../store/open.js');
  const store = await openStore(address, options.agency ?? DEFAULT_AGENCY, host);
  return { ...store, expectations: store, [Symbol.asyncDispose]: store.close };
}

/** What is kept in the folder of `--out`. */
export function keptOnDisk({ out }: Pick<CommonOptions, 'out'>, { secrets }: Pick<Host, 'secrets'>): Kept {
  return {
    ...openFolder(out, secrets),
    expectations: undefined,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** The run that somebody has named, for a command that needs nothing else of what is kept. */
export async function keptRun(named: string, options: KeptOptions, host: Host): Promise<Run> {
  await using kept = await openKept(options, host);
  return await readNamedRun(named, kept);
}
