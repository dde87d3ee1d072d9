#!/usr/bin/env node

import { faultReport, INTERNAL_ERROR } from './fault.js';
import { systemProcess } from './host.js';
import { run } from './program.js';

// Whoever reads what is printed may have seen enough: `conform … | head` is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// What is thrown where nobody waits for it is shown like every other error: Node would print values with it.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    process.stderr.write(faultReport(error, process));
    process.exit(INTERNAL_ERROR);
  });
}

process.exitCode = await run(process.argv.slice(2), systemProcess());
