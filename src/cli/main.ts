#!/usr/bin/env node

import { systemProcess } from './host.js';
import { run } from './program.js';

// Whoever reads what is printed may have seen enough: `conform … | head` is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await run(process.argv.slice(2), systemProcess());
