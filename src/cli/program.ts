import { Command, CommanderError } from '@commander-js/extra-typings';
import { VERSION } from '../package.js';
import { acceptCommand } from './commands/accept.js';
import { auditCommand } from './commands/audit.js';
import { authCommand } from './commands/auth.js';
import { benchCommand } from './commands/bench.js';
import { cacheCommand } from './commands/cache.js';
import { checkCommand } from './commands/check.js';
import { checksCommand } from './commands/checks.js';
import { cleanupCommand } from './commands/cleanup.js';
import { completionCommand } from './commands/completion.js';
import { coverageCommand } from './commands/coverage.js';
import { doctorCommand } from './commands/doctor.js';
import { driftCommand } from './commands/drift.js';
import { explainCommand } from './commands/explain.js';
import { fleetCommand } from './commands/fleet.js';
import { gateCommand } from './commands/gate.js';
import { generateCommand } from './commands/generate.js';
import { helpCommand } from './commands/help.js';
import { historyCommand } from './commands/history.js';
import { initCommand } from './commands/init.js';
import { mergeCommand } from './commands/merge.js';
import { mockCommand } from './commands/mock.js';
import { replicaCommand } from './commands/replica.js';
import { nightlyCommand } from './commands/nightly.js';
import { reportCommand } from './commands/report.js';
import { storeCommand } from './commands/store.js';
import { suitesCommand } from './commands/suites.js';
import { ticketCommand } from './commands/ticket.js';
import { printFailure } from './failure.js';
import { EXIT_CODES, guard, type Process, type Start } from './host.js';
import { usageProblem } from './usage.js';

/**
 * The command line: runs one command on a host. Each command module declares its options and loads what it needs only
 * when it is called.
 * @param args what is behind `conform`
 * @returns the exit code: 0 as expected; 1 the thing asked about is not so; 2 wrong usage or configuration; 3 no
 *   verdict possible; 70 an internal error; 130 and 143 stopped by a signal
 */
export async function run(args: readonly string[], process: Process): Promise<number> {
  const host = guard(process);
  let code = 0;
  const program = commandLine(async (action) => {
    code = await action(host);
  });
  program.hook('preAction', async (_, action) => {
    const { prepare } = await import('./prepare.js');
    await prepare(action.opts(), host);
  });
  for (const one of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
    one.exitOverride((error) => {
      throw error.exitCode === 0 ? error : usageProblem(error, one);
    });
    one.configureOutput({
      // Errors are printed where all are, and the library has said nothing yet.
      outputError: () => undefined,
      writeOut: (text) => {
        host.stdout.write(text);
      },
      writeErr: (text) => {
        host.stderr.write(text);
      },
    });
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // The library ends like this after it has shown the help or the version.
    code = error instanceof CommanderError ? 0 : printFailure(error, { json: args.includes('--json') }, host);
  }
  return host.stoppedBy === undefined ? code : EXIT_CODES[host.stoppedBy];
}

/** All commands with their options and arguments. */
export function commandLine(start: Start) {
  return new Command('conform')
    .description('Asks a vendor’s API what it really does, says why it refuses, and remembers the answer.')
    .version(VERSION)
    .addHelpText(
      'after',
      `
Examples:
  conform check                         the mock and the replica: no account, no network
  conform doctor --target production    is the set-up right, before the vendor is blamed
  conform check --target production     what the live host does
  conform check --help                  the options of a command

Exit codes: 0 as expected, 1 the thing asked about is not so, 2 wrong usage or configuration, 3 no verdict
possible, 70 an internal error, 130 and 143 stopped by Ctrl-C and SIGTERM.`,
    )
    .addCommand(checkCommand(start))
    .addCommand(reportCommand(start))
    .addCommand(driftCommand(start))
    .addCommand(acceptCommand(start))
    .addCommand(gateCommand(start))
    .addCommand(nightlyCommand(start))
    .addCommand(historyCommand(start))
    .addCommand(coverageCommand(start))
    .addCommand(mergeCommand(start))
    .addCommand(ticketCommand(start))
    .addCommand(suitesCommand(start))
    .addCommand(initCommand(start))
    .addCommand(doctorCommand(start))
    .addCommand(authCommand(start))
    .addCommand(checksCommand(start))
    .addCommand(explainCommand(start))
    .addCommand(auditCommand(start))
    .addCommand(cleanupCommand(start))
    .addCommand(generateCommand(start))
    .addCommand(mockCommand(start))
    .addCommand(replicaCommand(start))
    .addCommand(fleetCommand(start))
    .addCommand(storeCommand(start))
    .addCommand(cacheCommand(start))
    .addCommand(benchCommand(start))
    .addCommand(completionCommand(start))
    .addCommand(helpCommand('  conform help check\n  conform help cache sync'));
}
