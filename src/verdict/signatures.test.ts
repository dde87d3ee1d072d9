import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Problems } from '../problem.js';
import { temporaryFolder } from '../testing/folder.js';
import { readSignatures } from './signatures.js';

test('every regular expression that is none is named, with its line', async () => {
  await using folder = await temporaryFolder();
  await writeFile(
    join(folder.path, 'signatures.yaml'),
    `signatures:
  - id: one
    stack: an invented gateway
    text: refused {why:[a-}
    headers:
      server: '('
    layer: gateway
    cause: gateway-refused
    explanation: x
    fix: x
    standing: assumed
`,
  );
  const error: unknown = await readSignatures(folder.path).catch((reason: unknown) => reason);
  const all = error instanceof Problems ? error.all : [];
  expect(all.map(({ place, message }) => `${place?.line ?? 0} ${message}`)).toEqual([
    expect.stringMatching(/^4 cannot be compiled: /),
    expect.stringMatching(/^6 cannot be compiled: /),
  ]);
});
