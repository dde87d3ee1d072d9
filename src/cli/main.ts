#!/usr/bin/env node

import { Command, CommanderError } from '@commander-js/extra-typings';
import { VERSION } from '../package.js';
import { formatPlace, Problem } from '../problem.js';
import { acceptCommand } from './commands/accept.js';
import { auditCommand } from './commands/audit.js';
import { authCommand } from './commands/auth.js';
import { benchCommand } from './commands/bench.js';
import { cacheCommand } from './commands/cache.js';
import { checkCommand } from './commands/check.js';
import { cleanupCommand } from './commands/cleanup.js';
import { driftCommand } from './commands/drift.js';
import { explainCommand } from './commands/explain.js';
import { gateCommand } from './commands/gate.js';
import { generateCommand } from './commands/generate.js';
import { historyCommand } from './commands/history.js';
import { mergeCommand } from './commands/merge.js';
import { mockCommand } from './commands/mock.js';
import { replicaCommand } from './commands/replica.js';
import { reportCommand } from './commands/report.js';
import { suitesCommand } from './commands/suites.js';
import { ticketCommand } from './commands/ticket.js';

/**
 * The command line. Each command module declares its options and loads what it needs only when it is called.
 *
 * Exit codes: 0 as expected; 1 the thing asked about is not so; 2 wrong usage or configuration; 3 no verdict
 * possible.
 */
const program = new Command('conform')
  .description('Asks a vendor’s API what it really does, says why it refuses, and remembers the answer.')
  .version(VERSION)
  .showHelpAfterError('(conform --help lists the commands)')
  .addCommand(checkCommand())
  .addCommand(reportCommand())
  .addCommand(driftCommand())
  .addCommand(acceptCommand())
  .addCommand(gateCommand())
  .addCommand(historyCommand())
  .addCommand(mergeCommand())
  .addCommand(ticketCommand())
  .addCommand(suitesCommand())
  .addCommand(authCommand())
  .addCommand(explainCommand())
  .addCommand(auditCommand())
  .addCommand(cleanupCommand())
  .addCommand(generateCommand())
  .addCommand(mockCommand())
  .addCommand(replicaCommand())
  .addCommand(cacheCommand())
  .addCommand(benchCommand());

for (const one of [program, ...program.commands]) {
  one.exitOverride();
  for (const inner of one.commands) inner.exitOverride();
}

// Whoever reads what is printed may have seen enough: `conform … | head` is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = tell(error);
}

/** Prints what went wrong, without a stack trace unless it is a fault of ours, and returns the exit code. */
function tell(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Problem) {
    const where = error.place ? `${formatPlace(error.place)}: ` : '';
    process.stderr.write(`conform: ${where}${error.message}\n`);
    if (error.remedy !== undefined) process.stderr.write(`  ${error.remedy}\n`);
    return error.exitCode;
  }
  const known = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`conform: a fault of conform itself: ${known.message}\n`);
  if (process.env['CONFORM_DEBUG']) process.stderr.write(`${known.stack ?? ''}\n`);
  else process.stderr.write('  Set CONFORM_DEBUG=1 to see where, and report it.\n');
  return 2;
}
