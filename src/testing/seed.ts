import { systemChance } from '../chance.js';
import { THOROUGH } from './thorough.js';

/**
 * The seed of the values that tests draw. It is in their titles; CONFORM_TEST_SEED draws the same values again. Every night
 * it is another one. Before a change lands it is always the same, so that only the change decides.
 */
export const SEED = Number(
  process.env['CONFORM_TEST_SEED'] ?? (THOROUGH ? parseInt(systemChance(4), 16) | 0 : 20_260_129),
);
