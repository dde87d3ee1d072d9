// Part of the build: does once what would take every run longer than its requests. What is prepared is used only as long as
// what it was made of is still the same.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PREPARED } from '../dist/src/package.js';
import { prepareTemplates } from '../dist/src/render/prepared-templates.js';
import { prepareSignatures, SIGNATURES_PREPARED } from '../dist/src/verdict/signatures.js';

if (PREPARED === undefined) throw new Error('what is prepared stands in dist/, and this does not');
const files = new Map([
  [SIGNATURES_PREPARED, JSON.stringify(await prepareSignatures())],
  ...(await prepareTemplates()),
]);
await rm(PREPARED, { recursive: true, force: true });
for (const [name, text] of files) {
  const file = join(PREPARED, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
