import { spawnSync } from 'node:child_process';
import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { temporaryFolder } from '../testing/folder.js';

/** What somebody writes who adds a check by the recipe of CONTRIBUTING.md. */
const CHECK = `
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';

export const answersAgain = check({
  id: 'http/answers-again',
  promise: 'A read that has failed once fails for a reason.',
  source: { kind: 'practice', ref: 'who asks twice is answered twice' },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 1 },
  messages: { 'not-again': ({ came }) => \`it answers \${came} when it is asked again\` },
  *run({ request }) {
    const { reply } = yield request.same('again', { fresh: true });
    if (reply.kind !== 'answer') return inconclusive('it did not answer');
    if (reply.status === 418) return failed('not-again', { came: status(reply.status) });
    return isSuccess(reply.status) ? passed : inconclusive('it answered in a way that may have another reason');
  },
});
`;
const CHECK_TEST = `
import { expect, test } from 'vitest';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { answersAgain } from './answers-again.js';

test.each([[200, 'passed'], [418, 'not-again'], [403, 'inconclusive']] as const)('%s', async (status, gives) => {
  let asked = 0;
  const host = () => answer(asked++ === 0 ? 200 : status, {});
  expect((await checkOn(answersAgain, { paths: '/things: { get: {} }', operation: 'GET /things', host })).gives).toBe(gives);
});
`;
const LISTED_TEST = `
import { expect, test } from 'vitest';
import { conform } from '../testing/conform.js';

test('it is listed, with what it finds', async () => {
  const { code, out } = await conform(['checks']);
  expect(code).toBe(0);
  expect(out).toMatch(/^http\\/answers-again {2}o/m);
  expect(out).toContain('finds: not-again');
});
`;

test('a check that is added as CONTRIBUTING says is one of the family, and is listed', async () => {
  await using folder = await temporaryFolder();
  const copy = (name: string) => cp(join(PACKAGE_ROOT, name), join(folder.path, name), { recursive: true });
  await Promise.all(
    ['src', 'docs', 'spec', 'signatures', 'package.json', 'tsconfig.json', 'vitest.config.ts'].map(copy),
  );
  await symlink(join(PACKAGE_ROOT, 'node_modules'), join(folder.path, 'node_modules'));
  const at = (name: string) => join(folder.path, 'src/checks', name);
  await writeFile(at('http/answers-again.ts'), CHECK);
  await writeFile(at('http/answers-again.test.ts'), CHECK_TEST);
  await writeFile(at('listed.test.ts'), LISTED_TEST);
  const index = await readFile(at('index.ts'), 'utf8');
  const start = 'export const CHECKS: readonly Check[] = [';
  expect(index).toContain(start);
  const imported = `import { answersAgain } from './http/answers-again.js';\n${index}`;
  await writeFile(
    at('index.ts'),
    imported.replace(start, () => `${start}\n  answersAgain,`),
  );
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...['node_modules/vitest/vitest.mjs', 'run', '--project', 'fast'],
      ...[
        'src/checks/family.test.ts',
        'src/checks/http/answers-again.test.ts',
        'src/checks/listed.test.ts',
        '-u',
      ],
    ],
    { cwd: folder.path, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1', VITEST: undefined } },
  );
  expect(status, stdout + stderr).toBe(0);
  expect(await readFile(join(folder.path, 'docs/checks.md'), 'utf8')).toContain('| `http/answers-again`');
});
