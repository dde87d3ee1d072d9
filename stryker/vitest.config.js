import { defineConfig } from 'vitest/config';
import main from '../vitest.config.ts';

/** The first lane alone. */
export default defineConfig(main.test.projects.find(({ test }) => test.name === 'fast'));
