import { PROMISES } from '../../checks/index.js';
import type { Host } from '../host.js';
import { createIo, type CommonOptions } from '../io.js';
import { wrapped } from '../tables/wrapped.js';

/** Lists the checks. @returns the exit code */
export function listChecks(options: CommonOptions, host: Host): number {
  const io = createIo(options, host);
  for (const { id, promise, source, severity, asks } of PROMISES) {
    io.out(io.colours.bold(id));
    io.out(wrapped(promise, 2));
    const how = asks.atMost === 0 ? 'asks nothing' : `at most ${asks.atMost} requests`;
    io.out(wrapped(`${severity}, by the ${source.kind}: ${source.ref}; ${how}`, 2));
  }
  io.result(
    PROMISES.map(({ id, promise, source, since, severity, asks }) => ({
      id,
      promise,
      source,
      since,
      severity,
      asks,
    })),
  );
  return 0;
}
