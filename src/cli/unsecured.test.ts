import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { conform, temporaryFolder } from '../testing/conform.js';
import { contractOf, targetOf } from '../testing/host.js';
import { serve } from '../testing/serve.js';
import { warnUnsecured } from './unsecured.js';

const PATHS = '/things/: { get: {} }';
const KEY = targetOf({ authorization: 'Key for-tests' });

function notes(targets: readonly Parameters<typeof warnUnsecured>[1][number][], security = 'null'): string[] {
  const notes: string[] = [];
  warnUnsecured(contractOf(PATHS, security), targets, { note: (line) => notes.push(line) });
  return notes;
}

describe('where the contract names no security, it is said', () => {
  test('that the credentials of the target are sent to every operation, and how to send none', () => {
    expect(notes([KEY])).toEqual([
      'The contract names no security, so the credentials of the target “live” are sent to every operation. To send none, set unsecuredContract: omit in targets.yaml.',
    ]);
  });

  test('that none is sent where targets.yaml says so, and how to change it', () => {
    expect(notes([{ ...KEY, unsecuredContract: 'omit' }])).toEqual([
      'The contract names no security, so no operation is sent a credential, as targets.yaml says for “live” (unsecuredContract: omit). To send the credentials of the target to every operation, remove that line.',
    ]);
  });

  test('only of a target that has credentials, and not of a server of our own', () => {
    expect(notes([{ ...KEY, credentials: [] }])).toEqual([]);
    expect(notes([{ ...KEY, serve: 'replica' }])).toEqual([]);
  });
});

test('where the contract says who may ask, be it everybody, nothing is said', () => {
  expect(notes([KEY], '[{ bearer: [] }]')).toEqual([]);
  expect(notes([KEY], '[]')).toEqual([]);
});

test('conform check says it, and the plan does, too', async () => {
  await using folder = await temporaryFolder();
  await using host = await serve((_, response) => response.end());
  const spec = join(folder.path, 'spec');
  await mkdir(spec);
  await writeFile(
    join(spec, 'openapi.yaml'),
    `{ openapi: 3.0.3, info: { title: Shop, version: '7' }, paths: { ${PATHS} } }`,
  );
  await writeFile(
    join(spec, 'targets.yaml'),
    `targets:
  shop:
    about: an invented host
    standing: documented
    baseUrl: ${host.url}
    credentials: [{ apiKey: { in: header, name: X-API-Key, value: SHOP_KEY } }]
    writes: { default: none, most: none }
`,
  );
  const args = ['check', '--target', 'shop', '--spec-dir', spec, '--out', folder.path];
  for (const more of [[], ['--plan']]) {
    const { err } = await conform([...args, ...more], { env: { SHOP_KEY: 'api-key-for-tests' } });
    expect(err.match(/The contract names no security.*/g)).toEqual([
      'The contract names no security, so the credentials of the target “shop” are sent to every operation. To send none, set unsecuredContract: omit in targets.yaml.',
    ]);
  }
});
