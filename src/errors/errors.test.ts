import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { Problem, Problems } from '../problem.js';
import { conform } from '../testing/conform.js';
import { shellWords } from '../testing/shell-words.js';
import { ERROR_GROUPS, entryOfCode, PROBLEMS } from './catalogue.js';
import { allCodes, markdownIndex, markdownPage, pageName, pagePath } from './page.js';

const ENTRIES = ERROR_GROUPS.flatMap(({ entries }) => Object.entries(entries));
const FOLDER = join(PACKAGE_ROOT, 'docs/errors');

const pretty = (page: string): Promise<string> => format(page, { parser: 'markdown', printWidth: 120 });

/** The code of the program, without its tests and without the catalogue. */
async function program(): Promise<string> {
  const roots = ['src', 'packages']
    .map((name) => join(PACKAGE_ROOT, name))
    .filter((root) => existsSync(root));
  const texts: string[] = [];
  for (const root of roots)
    for (const name of await readdir(root, { recursive: true }))
      if (/\.ts$/.test(name) && !/\.test\.ts$|^errors\/|^testing\/|node_modules|\bdist\//.test(name))
        texts.push(await readFile(join(root, name), 'utf8'));
  return texts.join('\n');
}

test('each error of the program is in the catalogue, and each of the catalogue is one of the program', async () => {
  const text = await program();
  const used = new Set(text.match(/\bCONFORM_E_[A-Z_]*[A-Z]\b/g));
  expect([...used].sort()).toEqual(allCodes().sort());
  expect(new Set(allCodes()).size).toBe(allCodes().length);
});

test('each has its page in the docs, and no page is of an error that there is not', async () => {
  await expect(await pretty(markdownIndex())).toMatchFileSnapshot('../../docs/errors/README.md');
  for (const [code, entry] of ENTRIES)
    await expect(await pretty(markdownPage(code, entry))).toMatchFileSnapshot(
      `../../docs/errors/${pageName(code)}`,
    );
  const known = ['README.md', ...allCodes().map(pageName)];
  expect((await readdir(FOLDER)).filter((page) => !known.includes(page))).toEqual([]);
});

test.each(ENTRIES)(
  '%s says what happened, why, and what to do',
  (code, { title, what, why, fix, example }) => {
    expect(code).toMatch(/^CONFORM_E(_[A-Z]+)+$/);
    expect(title).toMatch(/^[A-Z`].*[^.]$/);
    for (const text of [what, why, fix]) expect(text).toMatch(/^[A-Z`“].*\.$/s);
    if (example.given !== undefined) expect(example.given).toMatch(/\.$/);
    expect(example.run).toMatch(/^conform /);
    expect(example.prints).toMatch(new RegExp(`^error ${code}: \\S`));
  },
);

describe('an example that fails everywhere', () => {
  const everywhere = ENTRIES.filter(([, { example }]) => example.given === undefined);

  test.each(everywhere)('of %s prints what its page shows', async (code, { exitCode, example }) => {
    const result = await conform(shellWords(example.run).slice(1));
    expect(result.err).toBe(`${example.prints}\n  More: conform help ${code}\n`);
    expect([result.code, result.out]).toEqual([exitCode, '']);
  });

  test('is given for most errors of the command line', () => {
    expect(everywhere.length).toBeGreaterThan(15);
  });
});

describe('a problem', () => {
  test('ends the process with the exit code of its kind', () => {
    for (const [code, { exitCode }] of Object.entries(PROBLEMS)) {
      expect([2, 3]).toContain(exitCode);
      expect(entryOfCode(code)?.exitCode).toBe(exitCode);
    }
    expect(new Problem('CONFORM_E_TARGET_UNKNOWN', 'x').exitCode).toBe(2);
    expect(new Problem('CONFORM_E_CREDENTIALS_MISSING', 'x').exitCode).toBe(3);
  });

  test('among several, what is configured wrongly decides, and gives them its code', () => {
    const unreachable = new Problem('CONFORM_E_DATABASE_UNREACHABLE', 'x');
    const unknown = new Problem('CONFORM_E_TARGET_UNKNOWN', 'y');
    expect(new Problems([unreachable, unknown])).toMatchObject({ code: unknown.code, exitCode: 2 });
    expect(new Problems([unreachable, unreachable])).toMatchObject({ code: unreachable.code, exitCode: 3 });
  });

  test('cannot be made without a code of the catalogue: the compiler refuses it', () => {
    // @ts-expect-error the first argument is a code
    expect(() => new Problem('there is no such file')).toThrow(TypeError);
    // @ts-expect-error an internal error is nothing that a person can correct
    expect(() => new Problem('CONFORM_E_INTERNAL', 'x')).toThrow(TypeError);
    expect(pagePath('CONFORM_E_TARGET_UNKNOWN')).toBe('docs/errors/target-unknown.md');
  });
});
