/** The bench of the lookup, and the servers that it measures on. */
export { bench, benchOwn, type BenchOptions } from './bench/bench.js';
export { readPhones, readTruth } from './bench/numbers-file.js';
export { startEmbedded } from './engine/embedded.js';
export { openOwnSchema, openReadOnly } from './engine/own-server.js';
