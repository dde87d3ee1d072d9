import { join } from 'node:path';
import { readRun } from '../src/record/store.js';

/**
 * The run that the suites are about: the file named by CONFORM_RUN, which `conform suites` sets, or the newest
 * run of the mock.
 */
export const run = await readRun(process.env['CONFORM_RUN'] ?? join('reports', 'latest', 'mock.json'));
