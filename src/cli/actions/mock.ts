import { startMock } from '../../mock/mock.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { reportRepairs } from '../repairs.js';
import { untilStopped } from '../signals.js';
import { openWithOrigin } from '../whole-spec.js';

export async function mock(
  options: CommonOptions & { port?: number | undefined },
  host: Host,
): Promise<number> {
  const io = createIo(options, host);
  const { contract } = await openWithOrigin(options.specDir, ['contract'], io);
  reportRepairs(contract.repairs, io);
  const server = await startMock(contract, options.port);
  io.out(`${contract.title} ${contract.version}: ${contract.operations.length} operations at ${server.url}`);
  io.result({ url: server.url, operations: contract.operations.length });
  io.note('Stop it with Ctrl-C.');
  await untilStopped(host);
  await server.close();
  return 0;
}
