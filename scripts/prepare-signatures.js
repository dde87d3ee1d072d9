// Part of the build: reads and judges the signatures of this package once, so that no run has to.
import { writeFile } from 'node:fs/promises';
import { PREPARED, prepareSignatures } from '../dist/src/verdict/signatures.js';

await writeFile(PREPARED, JSON.stringify(await prepareSignatures()));
