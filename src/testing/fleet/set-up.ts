import { join } from 'node:path';
import { conformProcess, startProcess } from '../process.js';
import { startFleetHost, type FleetHost } from './host.js';
import { agenciesOf, writeFleet, type FleetShape, type TestAgency } from './world.js';

/** A fleet, the hosts of its agencies, and the program as processes that work on it. */
export interface SetUp {
  agencies: TestAgency[];
  limited: FleetHost;
  open: FleetHost;
  /** Runs `conform fleet …` to its end. @param store the address of the database, where it is another */
  fleet: (args: readonly string[], store?: string) => ReturnType<typeof conformProcess>;
  /** Starts `conform fleet work …`. */
  startWorker: (args: readonly string[], store?: string) => ReturnType<typeof startProcess>;
  close: () => Promise<void>;
}

/**
 * Starts the hosts of a test fleet and writes its files.
 * @param store the address of the database
 * @param temporary the folder for temporary files of the processes
 */
export async function setUpFleet(
  folder: string,
  shape: FleetShape,
  { store, temporary }: { store: string; temporary?: string },
): Promise<SetUp> {
  const agencies = agenciesOf(shape);
  const [limited, open] = await Promise.all([
    startFleetHost(agencies.filter(({ host }) => host === 'limited')),
    startFleetHost(agencies.filter(({ host }) => host === 'open')),
  ]);
  const { spec, env } = await writeFleet(folder, agencies, { limited: limited.url, open: open.url });
  const args = (more: readonly string[]) => [
    'fleet',
    ...more,
    '--spec-dir',
    spec,
    '--out',
    join(folder, 'out'),
  ];
  const optionsOf = (address: string) => ({
    cwd: folder,
    env: {
      ...{ ...env, CONFORM_STORE: address },
      ...(temporary === undefined ? {} : { TMPDIR: temporary }),
    },
  });
  const workers: ReturnType<typeof startProcess>[] = [];
  return {
    ...{ agencies, limited, open },
    fleet: (more, address = store) => conformProcess(args(more), optionsOf(address)),
    startWorker: (more, address = store) => {
      const worker = startProcess(args(['work', ...more]), optionsOf(address));
      workers.push(worker);
      return worker;
    },
    close: async () => {
      // A test that has failed leaves some.
      for (const { child } of workers) if (child.exitCode === null) child.kill('SIGKILL');
      await Promise.all([limited.close(), open.close()]);
    },
  };
}
