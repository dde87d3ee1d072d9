/** Whether `npm run test:long` asks: then tests that could go on for ever go on for longer. */
export const THOROUGH = process.env['CONFORM_TEST_THOROUGH'] === '1';
