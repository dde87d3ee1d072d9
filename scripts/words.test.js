/* global process */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { RuleTester } from 'eslint';
import { describe, expect, test } from 'vitest';
import { BANNED, bannedIn, wordsPlugin } from './words.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Text that is no code: documents, data, templates and scripts of a shell. ESLint reads the code. */
const TEXT = /\.(?:md|ya?ml|hbs|json|sh|service|timer|plist)$/;

/**
 * What is not written here, or follows from what is: text of vendors, pastes, contracts of others, what programs have
 * recorded or generated, and packages.
 */
const NOT_OURS = [
  /(?:^|\/)(?:node_modules|dist|built|cache)\//,
  /^(?:\.|generated|reports|real-contracts|pastes|examples)/,
  /^package-lock\.json$/,
  /^site\/(?:pages|package-lock\.json)/,
  /^src\/testing\/recorded\//,
  /^src\/explain\/pastes\//,
  /^src\/explain\/readers\/.*\.cases\.yaml$/,
  /^signatures\/.*\.yaml$/,
  /^spec\/swagger\.yaml$/,
];
const isOurs = (file) => !NOT_OURS.some((pattern) => pattern.test(file));

/** The files of a folder and of those below it, as paths below the root. */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const file = relative(ROOT, path).replaceAll(sep, '/');
    if (entry.isDirectory()) return isOurs(`${file}/`) ? filesIn(path) : [];
    return entry.isFile() && TEXT.test(file) && isOurs(file) ? [file] : [];
  });
}

test('documents, data and templates have plain words', () => {
  const files = filesIn(ROOT);
  // Some of each kind are among them.
  for (const file of ['README.md', 'docs/glossary.md', 'templates/ticket.md.hbs', 'mutants/gate.yaml'])
    expect(files).toContain(file);
  const wrong = files.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), 'utf8');
    return bannedIn(text, file).map(
      ({ index, found, instead }) =>
        `${file}:${text.slice(0, index).split('\n').length}: “${found}”: write ${instead}`,
    );
  });
  expect(wrong).toEqual([]);
});

describe('a banned word is found', () => {
  const found = (text) => bannedIn(text, 'a.md').map((one) => one.found);

  test.each(BANNED.flatMap(({ words }) => words))('%s', (word) => {
    const capital = word.replace(/^./, (letter) => letter.toUpperCase());
    for (const one of [word, capital, word.toUpperCase()])
      expect(found(`It is ${one}, here.`)).toContain(one);
  });

  test('as part of a name', () => {
    expect(found('toldBy isTold IS_TOLD MENDS addBesides createBesides( MOST_BESIDES besidesIn')).toEqual([
      'told',
      'Told',
      'TOLD',
      'MENDS',
      'Besides',
      'Besides',
      '_BESIDES',
      'besides',
    ]);
  });

  test('across the lines of a comment', () => {
    expect(found('/**\n * what is ours to put\n * right */')).toHaveLength(1);
    expect(found('// what is found\n// gone\n// through')).toHaveLength(1);
  });

  test('and no other', () => {
    const plain =
      'retold amendment recommended bought brought thought marshall sought besides the contract, it goes through the gate; it looks as expected';
    expect(found(plain)).toEqual([]);
  });
});

test('a word that is kept is kept in its file only', () => {
  expect(bannedIn('told', 'src/verdict/signatures.ts')).toEqual([]);
  expect(bannedIn('told amiss', 'src/verdict/signatures.ts')).toHaveLength(1);
  expect(bannedIn('told', 'src/verdict/verdict.ts')).toHaveLength(1);
});

test('ESLint reports names, comments and messages, and names the words to use', () => {
  const report = (found) => ({
    messageId: 'banned',
    data: { found, instead: 'reported, given, distinguished' },
  });
  RuleTester.describe = (_, run) => run();
  RuleTester.it = (_, run) => run();
  new RuleTester({ languageOptions: { ecmaVersion: 2022 } }).run('plain', wordsPlugin.rules.plain, {
    valid: [{ code: 'const reported = 1; // given', filename: join(process.cwd(), 'a.js') }],
    invalid: [
      {
        code: "const isTold = 'He was told.'; // told",
        filename: join(process.cwd(), 'a.js'),
        errors: [report('Told'), report('told'), report('told')],
      },
    ],
  });
});
