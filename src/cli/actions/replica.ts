import { throwAwayCertificate } from '../../replica/certificate.js';
import { serveRun } from '../../replica/recorded.js';
import { startReplica } from '../../replica/replica.js';
import { Problem } from '../../problem.js';
import type { Host } from '../host.js';
import { createIo, type Io } from '../io.js';
import { keptRun, type KeptOptions } from '../kept.js';
import { untilStopped } from '../signals.js';
import { openWithOrigin } from '../whole-spec.js';

interface ReplicaOptions extends KeptOptions {
  world?: string | undefined;
  run?: string | undefined;
  port?: number | undefined;
  legacyPort?: number | undefined;
  tls?: true | undefined;
}

export async function replica(options: ReplicaOptions, host: Host): Promise<number> {
  const io = createIo(options, host);
  if (options.run !== undefined && options.world !== undefined) {
    throw new Problem('CONFORM_E_OPTION_CONFLICT', '--run and --world exclude each other', {
      remedy: 'Give a date or a run, not both.',
    });
  }
  const tls = options.tls ? await throwAwayCertificate() : undefined;
  const served =
    options.run === undefined
      ? await serveWorld(options, tls, io)
      : await serveRecorded(options.run, options, tls, { host, io });
  io.out(`${served.what} at ${served.url}`);
  if (served.legacyUrl !== undefined) io.out(`The former host at ${served.legacyUrl}`);
  io.result({ url: served.url, legacyUrl: served.legacyUrl, what: served.what });
  io.note('Stop it with Ctrl-C.');
  await untilStopped(host);
  await served.close();
  return 0;
}

type Tls = { key: string; cert: string } | undefined;

async function serveWorld({ specDir, world: date, port, legacyPort }: ReplicaOptions, tls: Tls, io: Io) {
  const { worlds, contract } = await openWithOrigin(specDir, ['worlds', 'contract'], io);
  const world = worlds.of(date);
  const { url, legacyUrl, close } = await startReplica({ world, contract, port, legacyPort, tls });
  return { what: `The world of ${world.date}: ${world.about}`, url, legacyUrl, close };
}

async function serveRecorded(
  named: string,
  options: ReplicaOptions,
  tls: Tls,
  { host, io }: { host: Host; io: Io },
) {
  const { specDir, port } = options;
  const run = await keptRun(named, options, host);
  const { contract } = await openWithOrigin(specDir, ['contract'], io);
  const { url, close } = await serveRun(run, contract.operations, { port: port ?? 0, tls });
  return { what: `The run ${run.id}`, url, legacyUrl: undefined, close };
}
