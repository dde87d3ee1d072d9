import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { contractFrom } from '../contract/load.js';
import { readContractSource } from '../contract/source.js';
import { openFolder } from '../artefact/folder.js';
import { openSpec, PART_NAMES } from '../spec/open.js';
import { Secrets } from '../targets/secrets.js';
import { temporaryFolder } from '../testing/folder.js';
import { HOSTILE_TEXTS, hostileContract } from '../testing/hostile.js';
import { WITH_KEY, WITH_LOGIN, WITH_NOTHING, WITH_OAUTH } from '../testing/small-contracts.js';
import { copyOf } from './contract-copy.js';
import { filesBeside } from './files.js';
import { findOut } from './found.js';
import { settle, type Given } from './settle.js';

/** The spec folder of a contract, written and read back by the readers of the program. */
async function readBack(document: object, given: Given = {}) {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'vendor.json');
  const text = JSON.stringify(document);
  await writeFile(file, text);
  const source = await readContractSource(file);
  const copy = copyOf(source, text);
  const contract = await contractFrom(source);
  const found = findOut(contract);
  const files = [copy, ...filesBeside(contract, found, settle(found, given, contract))];
  const spec = openFolder(join(folder.path, 'made'), new Secrets());
  for (const one of files) await spec.write(one.name, one.text);
  return { files, spec: await openSpec(spec.path, PART_NAMES) };
}

test('the files say what was found, and can be read', async () => {
  const { files, spec } = await readBack(WITH_OAUTH, { ids: ['cellar=c-1'], consumer: 'Night Watch' });
  expect(files.map(({ name }) => name)).toEqual([
    'openapi.json',
    'targets.yaml',
    'samples.yaml',
    'consumers/night-watch.yaml',
  ]);
  const [mock, live] = spec.hosts.targets;
  expect([mock?.name, mock?.serve]).toEqual(['mock', 'mock']);
  expect(live).toMatchObject({
    name: 'sandbox',
    baseUrl: 'https://sandbox.lanterns.example/v2',
    requestsPerSecond: 10,
    writes: { default: 'none', most: 'none', unlocked: 'none' },
  });
  expect(live?.credentials[0]).toMatchObject({ kind: 'oauth', clientId: 'LANTERN_HIRE_PARTNER_CLIENT_ID' });
  // No credential goes to the other host before a person has said so.
  expect(live?.servers).toEqual(new Map());
  expect(spec.samples.parameter('GET /v2/cellars/{cellar}/shelves', 'path', 'cellar')).toBe('c-1');
  expect(spec.samples.parameter('GET /v2/lanterns', 'query', 'limit')).toBe(1);
  expect(spec.consumers).toMatchObject([{ name: 'Night Watch', policy: { targets: ['sandbox'] } }]);
});

test.each([WITH_OAUTH, WITH_KEY, WITH_NOTHING, WITH_LOGIN])(
  'what is commented out is right when it is taken in (%#)',
  async (document) => {
    const { files } = await readBack(document);
    await using folder = await temporaryFolder();
    for (const { name, text } of files) {
      const file = join(folder.path, name);
      await mkdir(dirname(file), { recursive: true });
      const taken = text.replace(/^( *)#(?=\S)/gm, '$1');
      await writeFile(
        file,
        / {2}\w+: VALUE/.test(taken) ? taken.replace('parameters: {}', 'parameters:') : taken,
      );
    }
    // What the comments name as examples is not in the contract, and is said to be so: the form is right.
    const error: unknown = await openSpec(folder.path, ['hosts', 'samples', 'consumers']).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeUndefined();
  },
);

test.each(HOSTILE_TEXTS.map((text, index) => [index, text] as const))(
  'a hostile contract makes files that can be read, and nothing else of them (%i)',
  async (_, text) => {
    const { files, spec } = await readBack(hostileContract(text));
    expect(spec.hosts.targets.length).toBeGreaterThan(0);
    for (const { name, text: written } of files.slice(1)) {
      // Nothing but what we write begins a member of the first level.
      const tops = [...written.matchAll(/^([^\s#][^:]*):/gm)].map(([, top]) => top);
      const known = ['targets', 'parameters', 'name', 'policy', 'features'];
      expect(
        tops.filter((top = '') => !known.includes(top)),
        name,
      ).toEqual([]);
    }
  },
);

test('a contract in several files is joined, one in a single file is copied letter by letter', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'vendor.yaml');
  const text = `openapi: 3.0.3 # as the vendor wrote it\ninfo: { title: T, version: '1' }\npaths:\n  /a: { $ref: 'a.yaml' }\n`;
  await writeFile(file, text);
  await writeFile(join(folder.path, 'a.yaml'), `get: { responses: { '200': { description: ok } } }\n`);
  const joined = copyOf(await readContractSource(file), text);
  expect([joined.name, joined.isJoined]).toEqual(['openapi.json', true]);
  expect(joined.text).not.toContain('a.yaml');

  const whole = text.replace("{ $ref: 'a.yaml' }", "{ get: { responses: { '200': { description: ok } } } }");
  await writeFile(file, whole);
  const copied = copyOf(await readContractSource(file), whole);
  expect(copied).toEqual({ name: 'openapi.yaml', text: whole, isJoined: false });
});
