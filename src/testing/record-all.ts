import { writeFile } from 'node:fs/promises';
import { record, textOf } from './record.js';
import { RECORDINGS, recordedFile } from './recorded.js';

// `npm run record`: makes every recording again.
for (const name of RECORDINGS) await writeFile(recordedFile(name), textOf(await record(name)));
