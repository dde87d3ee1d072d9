import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conform, PLAIN_CHECK, start, temporaryFolder } from '../testing/conform.js';
import { WITH_KEY, WITH_LOGIN, WITH_NOTHING, WITH_OAUTH } from '../testing/small-contracts.js';

/** A place with a contract in it, and the options that keep a command there. */
async function placeOf(folder: string, document: object | string) {
  const contract = join(folder, 'vendor.json');
  await writeFile(contract, typeof document === 'string' ? document : JSON.stringify(document));
  const specDir = join(folder, 'made');
  return { contract, specDir, where: ['--spec-dir', specDir, '--out', join(folder, 'reports')] };
}

test.each([
  ['OAuth', WITH_OAUTH, 'openapi.json', 'sandbox', 'LANTERN_HIRE_PARTNER_CLIENT_SECRET'],
  ['an API key, Swagger 2.0', WITH_KEY, 'swagger.json', 'production', 'KILN_SERVICE_API_KEY'],
  ['tokens for persons', WITH_LOGIN, 'openapi.json', 'production', 'TIDES_APP_TOKEN'],
  ['no credential and no address', WITH_NOTHING, 'openapi.json', undefined, undefined],
])('from a contract with %s to a judged run', async (_, document, name, target, variable) => {
  await using folder = await temporaryFolder();
  const { contract, specDir, where } = await placeOf(folder.path, document);
  const made = await conform(['init', contract, ...where]);
  expect([made.code, made.err]).toEqual([0, expect.not.stringContaining('fault')]);
  const consumers = target === undefined ? [] : ['consumers'];
  expect((await readdir(specDir)).sort()).toEqual(
    [...consumers, name, 'samples.yaml', 'targets.yaml'].sort(),
  );
  const first = made.out.split('\n').slice(0, 5);
  expect(first[0]).toContain(`written to ${specDir}: ${name}, targets.yaml, samples.yaml`);
  if (target !== undefined) {
    expect(first[1]).toContain(`${target} is https://`);
    expect(first[1]).toContain(variable);
    expect(first[4]).toContain(`conform check --spec-dir ${specDir} --target ${target} #`);
  }
  expect(first[2]).toMatch(/^conform doctor /);
  expect(made.out).toContain('mock: AS EXPECTED');
  expect(made.out).not.toContain('may be deployed');
  // What was written works for the commands that come after it.
  const again = await conform([...PLAIN_CHECK, '--target', 'mock', ...where]);
  expect([again.code, again.err]).toEqual([0, expect.not.stringContaining('nothing has')]);
  const doctor = await conform(['doctor', '--offline', ...where]);
  expect(doctor.code).toBe(0);
});

test('what was found is one JSON document, with the run in it', async () => {
  await using folder = await temporaryFolder();
  const { contract, specDir, where } = await placeOf(folder.path, WITH_OAUTH);
  const { code, out } = await conform(['init', '--spec', contract, '--json', ...where]);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    contract: { title: 'Lantern Hire API', operations: 6, reads: 4, lists: 3 },
    folder: specDir,
    target: 'sandbox',
    credentials: { chosen: 'partner', usable: ['partner'], unusable: [] },
    requestsPerSecond: 10,
    missing: [{ parameter: 'cellar' }, { parameter: 'on' }],
    next: [expect.stringContaining('doctor'), expect.stringContaining('--plan'), expect.any(String)],
    run: { runs: [{ target: 'mock' }] },
  });
});

test('a person is asked what nothing says, one line after another; a wrong answer is asked again', async () => {
  await using folder = await temporaryFolder();
  const { contract, specDir, where } = await placeOf(folder.path, WITH_OAUTH);
  const answers = ['nowhere', '1', 'c-7', 'Night Watch', ''].join('\n');
  const { code, err } = await conform(['init', contract, '--no-run', ...where], {
    stdin: answers,
    isTerminal: true,
  });
  expect(code).toBe(0);
  expect(err).toContain('“nowhere” is not a URL');
  expect(err).not.toContain('Assumed');
  const targets = await readFile(join(specDir, 'targets.yaml'), 'utf8');
  expect(targets).toContain('  production:\n');
  expect(await readFile(join(specDir, 'samples.yaml'), 'utf8')).toContain('  cellar: "c-7"\n');
  expect(await readdir(join(specDir, 'consumers'))).toEqual(['night-watch.yaml']);
});

test('where nobody sits, nothing is asked, and what was assumed is said', async () => {
  await using folder = await temporaryFolder();
  const { contract, where } = await placeOf(folder.path, WITH_OAUTH);
  const { code, err } = await conform(['init', contract, '--no-run', ...where], { stdin: '1\nc-7\n' });
  expect(code).toBe(0);
  expect(err).not.toContain('Which address');
  expect(err).toContain('Assumed: https://sandbox.lanterns.example/v2');
});

test('a contract that is in the folder already is taken as it is', async () => {
  await using folder = await temporaryFolder();
  const { specDir, where } = await placeOf(folder.path, WITH_KEY);
  await mkdir(specDir);
  const file = join(specDir, 'swagger.json');
  await writeFile(file, JSON.stringify(WITH_KEY));
  const { code } = await conform(['init', '--no-run', ...where]);
  expect(code).toBe(0);
  expect((await readdir(specDir)).sort()).toEqual([
    'consumers',
    'samples.yaml',
    'swagger.json',
    'targets.yaml',
  ]);
  expect(await readFile(file, 'utf8')).toBe(JSON.stringify(WITH_KEY));
});

test('nothing in a spec folder is overwritten', async () => {
  await using folder = await temporaryFolder();
  const { contract, specDir, where } = await placeOf(folder.path, WITH_KEY);
  await mkdir(specDir);
  await writeFile(join(specDir, 'targets.yaml'), 'my own');
  await writeFile(join(specDir, 'notes.txt'), 'notes');
  const { code, err, out } = await conform(['init', contract, ...where]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('nothing in it is overwritten. It has targets.yaml\n');
  expect(err).toContain('--spec-dir');
  expect((await readdir(specDir)).sort()).toEqual(['notes.txt', 'targets.yaml']);
  expect(await readFile(join(specDir, 'targets.yaml'), 'utf8')).toBe('my own');
});

test('a value that is a secret of the process gets into no file', async () => {
  await using folder = await temporaryFolder();
  const { contract, where } = await placeOf(folder.path, WITH_OAUTH);
  // A name that does not say that it holds a secret: that a credential is read from it does.
  const env = { PARTNER_A: 'client-id-for-tests', PARTNER_B: 'opaque-value-for-tests' };
  const args = ['--credential', 'partner=PARTNER_A,PARTNER_B', '--id', 'cellar=opaque-value-for-tests'];
  const { code, err } = await conform(['init', contract, ...args, ...where], { env });
  expect([code, err]).toEqual([2, expect.stringContaining('the file would hold a secret of this process')]);
  expect((await readdir(folder.path)).sort()).toEqual(['vendor.json']);
});

test.each([
  ['no such file', (folder: string) => [join(folder, 'nowhere.yaml')], 'there is no such contract'],
  ['a folder', (folder: string) => [folder], 'this is a folder, not a file'],
  ['a URL', () => ['https://api.example.com/openapi.json'], 'curl -fL -o openapi.yaml URL'],
  ['nothing', () => [], 'no contract is named'],
  ['two', () => ['a.yaml', '--spec', 'b.yaml'], 'name two contracts'],
])('%s is no contract', async (_, args, said) => {
  await using folder = await temporaryFolder();
  const { code, out, err } = await conform([
    'init',
    ...args(folder.path),
    '--spec-dir',
    join(folder.path, 'made'),
  ]);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(said);
  expect(await readdir(folder.path)).toEqual([]);
});

test.each([
  ['no OpenAPI', '{"name": "a package"}', 'is not a contract'],
  ['no YAML', 'a: [', 'does not parse'],
  ['no operations', '{"openapi": "3.0.3", "info": {}, "paths": {}}', 'no operations'],
  ['a bomb', `a: &a [x,x,x,x,x,x,x,x,x]\n${bomb()}openapi: 3.0.3\n`, 'unfolds into more than'],
])('a file with %s leaves nothing behind', async (_, text, said) => {
  await using folder = await temporaryFolder();
  const { contract, where } = await placeOf(folder.path, text);
  const { code, err } = await conform(['init', contract, ...where]);
  expect(code).toBe(2);
  expect(err).toContain(said);
  expect(await readdir(folder.path)).toEqual(['vendor.json']);
});

function bomb(): string {
  const names = 'abcdefghijk'.split('');
  return names
    .slice(1)
    .map(
      (name, index) =>
        `${name}: &${name} [${Array(9)
          .fill(`*${names[index] ?? ''}`)
          .join(',')}]\n`,
    )
    .join('');
}

test('stopped in the middle, it leaves nothing half-written', async () => {
  await using folder = await temporaryFolder();
  const { contract, where } = await placeOf(folder.path, WITH_OAUTH);
  const running = start(['init', contract, ...where]);
  const stopping = setInterval(() => {
    running.stop();
  }, 1);
  const { code } = await running.done;
  clearInterval(stopping);
  expect(code).toBe(130);
  // Either all of it, or nothing; and never a draft.
  const names = await readdir(folder.path);
  expect(names.filter((name) => name.startsWith('.'))).toEqual([]);
  if (names.includes('made')) expect(await readdir(join(folder.path, 'made'))).toHaveLength(4);
});
