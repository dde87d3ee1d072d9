// Runs one command in a process of its own that takes itself to be at another time: so a night of a simulated quarter can be
// killed, and others find it running. Its arguments: the moment, and those of the command.
import process from 'node:process';
import { run } from '../../cli/program.js';
import { systemProcess } from '../../cli/host.js';
import { systemClock } from '../../clock.js';

const [moment = '', ...args] = process.argv.slice(2);
const offset = Date.parse(moment) - systemClock.now().getTime();
const clock = { ...systemClock, now: () => new Date(systemClock.now().getTime() + offset) };
process.exitCode = await run(args, { ...systemProcess(), clock });
