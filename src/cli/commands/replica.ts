import { keepingCommand, port } from '../options.js';
import type { Start } from '../host.js';

export function replicaCommand(start: Start) {
  return keepingCommand('replica')
    .summary('serve the live hosts as they were observed')
    .description(
      'Serves, on this machine only, what the live hosts were observed to answer on a date: the token endpoint, ' +
        'a gateway that refuses like theirs, the application behind it, and the former host on a port of its own. ' +
        'Every answer says in x-replica-standing how sure we are of it. Ends with Ctrl-C.',
    )
    .option('--world <date>', 'which record to serve (default: the newest)')
    .option('--run <run>', 'serve what a recorded run shows instead: a mock that refuses like that host')
    .option('--port <n>', 'the port to listen on (default: any that is free)', port)
    .option('--legacy-port <n>', 'the port of the former host (default: any that is free)', port)
    .option('--tls', 'serve HTTPS, with a certificate that is thrown away at the end (needs openssl)')
    .addHelpText(
      'after',
      `
Examples:
  conform replica --port 4011
  conform replica --world 2026-01-29                       as the hosts were on that day
  conform replica --run reports/latest/production.json     as a run has seen a host

It takes the client id client-id-for-tests and the secret client-secret-for-tests.

Exit codes: 0 stopped, 2 wrong usage, or the port is taken.`,
    )
    .action((options) =>
      start(async (host) => {
        const { replica } = await import('../actions/replica.js');
        return replica(options, host);
      }),
    );
}
