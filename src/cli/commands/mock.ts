import { command, port } from '../options.js';
import type { Start } from '../host.js';

export function mockCommand(start: Start) {
  return command('mock')
    .summary('serve the contract with Prism')
    .description('Serves the contract’s own examples, on this machine only, until it is stopped with Ctrl-C.')
    .option('--port <n>', 'the port to listen on (default: any that is free)', port)
    .addHelpText(
      'after',
      `
Examples:
  conform mock --port 4010
  conform mock --spec-dir my-api

Exit codes: 0 stopped, 2 wrong usage, or the port is taken.`,
    )
    .action((options) =>
      start(async (host) => {
        const { mock } = await import('../actions/mock.js');
        return mock(options, host);
      }),
    );
}
