import { systemChance } from '../chance.js';

/**
 * The seed of the values that a worker draws. It is in the titles of the tests that draw; CONFORM_TEST_SEED draws
 * the same values again.
 */
export const SEED = Number(process.env['CONFORM_TEST_SEED'] ?? parseInt(systemChance(4), 16) | 0);
