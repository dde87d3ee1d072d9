import { defineConfig } from 'vitest/config';
import main from '../vitest.config.ts';

/** The first lane alone. Stryker has a worker of its own for each mutant, so tables at the top of a module are mutated as well. */
export default defineConfig(main.test.projects.find(({ test }) => test.name === 'fast'));
