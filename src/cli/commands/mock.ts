import { command, port } from '../options.js';

export function mockCommand() {
  return command('mock')
    .summary('serve the contract with Prism')
    .description('Serves the contract’s own examples, on this machine only, until it is stopped with Ctrl-C.')
    .option('--port <n>', 'the port to listen on (default: any that is free)', port)
    .action(async (options) => {
      const { mock } = await import('../actions/mock.js');
      process.exitCode = await mock(options);
    });
}
