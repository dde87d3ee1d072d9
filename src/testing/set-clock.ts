// What runs before each test file (vitest.config.ts).
import { testClock } from './command-clock.js';

testClock.setToMachine();
