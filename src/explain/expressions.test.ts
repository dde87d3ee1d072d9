import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { compilePattern } from '../pattern/pattern.js';
import { PACKAGE_ROOT } from '../package.js';
import { readSignatures, textsOf } from '../verdict/signatures.js';
import { sourceOf } from './words.js';

const FOLDER = join(PACKAGE_ROOT, 'src/explain');

/** The regular expressions that are in a file. */
function expressionsIn(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('x.ts', code, ts.ScriptTarget.Latest));
  return found;
}

/** Whether something that repeats without end is within something that does: what makes an engine go back for ever. */
function repeatsWithinRepeats(expression: string): boolean {
  const bare = expression.replace(/\\[^]|\[(?:\\[^]|[^\]\\])*\]/g, 'x');
  const open: boolean[] = [];
  for (let at = 0; at < bare.length; at++) {
    const character = bare[at] ?? '';
    if (character === '(') open.push(false);
    else if (character === ')') {
      const repeats = open.pop() ?? false;
      if (repeats && isEndless(bare.slice(at + 1))) return true;
      if (repeats && open.length > 0) open[open.length - 1] = true;
    } else if (isEndless(bare.slice(at)) && open.length > 0) open[open.length - 1] = true;
  }
  return false;
}

function isEndless(rest: string): boolean {
  return /^(?:[*+]|\{\d+,\})/.test(rest);
}

test.each([
  ['/^(a+)+$/', true],
  ['/(?:a*b)*/', true],
  ['/((a+)b)+/', true],
  ['/(?:[^a]{1,5}b)+/', false],
  ['/(?:ab)+c*/', false],
  ['/[(a+]+(b)/', false],
])('%s repeats within repeats: %s', (expression, repeats) => {
  expect(repeatsWithinRepeats(expression)).toBe(repeats);
});

test('no expression that reads a paste repeats something without end within something that does', async () => {
  const names = (await readdir(FOLDER, { recursive: true })).filter((name) => /(?<!\.test)\.ts$/.test(name));
  const all = await Promise.all(names.map(async (name) => readFile(join(FOLDER, name), 'utf8')));
  const expressions = all.flatMap(expressionsIn);
  expect(expressions.length).toBeGreaterThan(100);
  expect(expressions.filter(repeatsWithinRepeats)).toEqual([]);
});

test('what clients say is searched in linear time', async () => {
  const { clients } = await readSignatures(FOLDER);
  const slow = clients
    .flatMap(({ says }) => textsOf(says))
    .filter((text) => !compilePattern(sourceOf(text), { ignoreCase: true }).linear);
  expect(slow).toEqual([]);
});
