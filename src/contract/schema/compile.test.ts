import { expect, test } from 'vitest';
import { createCompiler } from './compile.js';
import { createPatterns, patternEngine } from './patterns.js';
import { fragmentOf } from './targets.js';

const reference = (name: string) => ({ $ref: fragmentOf(`/${name}`) });

/** Two things that refer to what both have, and one that refers to nothing. */
const ROOT = {
  one: { type: 'object', properties: { shared: reference('shared'), self: reference('one') } },
  other: { type: 'object', properties: { shared: reference('shared') } },
  shared: { type: 'string' },
  alone: { type: 'number' },
};

function compiler() {
  const made = createCompiler({
    root: ROOT,
    dialect: '3.0',
    direction: 'answer',
    regExp: patternEngine(createPatterns(), () => false),
    onUnchecked: () => undefined,
  });
  /** Whether a schema is the one that was compiled, and not made again. */
  const isKept = (place: string, before: unknown) => made.compile(place) === before;
  return { ...made, isKept };
}

test('what none of the schemas needs is let go of, and compiled again when it is needed', () => {
  const { compileAll, compile, keepOnly, isKept } = compiler();
  keepOnly(['/one']);
  compileAll('/one');
  keepOnly(['/alone']);
  const [one, shared] = [compile('/shared'), compile('/one')];
  keepOnly(['/alone']);
  expect(isKept('/one', one)).toBe(false);
  expect(isKept('/shared', shared)).toBe(false);
  compileAll('/one');
  expect(compile('/one')?.({ shared: 1 })).toBe(false);
  expect(compile('/one')?.({ shared: 'text', self: {} })).toBe(true);
});

test('what one of them refers to is kept, also over several calls', () => {
  const { compileAll, compile, keepOnly, isKept } = compiler();
  compileAll('/one');
  const shared = compile('/shared');
  for (const place of ['/other', '/one', '/other']) {
    keepOnly([place]);
    expect(isKept('/shared', shared)).toBe(true);
  }
  keepOnly([]);
  expect(isKept('/shared', shared)).toBe(false);
});

test('a schema that was compiled refers to what was compiled again since', () => {
  const { compileAll, compile, keepOnly } = compiler();
  compileAll('/shared');
  keepOnly(['/shared']);
  compileAll('/one');
  const one = compile('/one');
  keepOnly(['/alone']);
  compileAll('/shared');
  expect(one?.({ shared: 1 })).toBe(false);
  expect(one?.({ shared: 'text' })).toBe(true);
});
