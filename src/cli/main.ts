#!/usr/bin/env node

import { setFlagsFromString } from 'node:v8';
import { faultReport, INTERNAL_ERROR } from './fault.js';
import { systemProcess } from './host.js';
import { run } from './program.js';

// Where there is memory, V8 lets the heap grow to four times what lives in it. Half as much again takes no more of a
// processor (docs/decisions/heap-growth.md).
setFlagsFromString('--heap-growing-percent=50');

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
