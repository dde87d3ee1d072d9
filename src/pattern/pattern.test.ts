import { describe, expect, test } from 'vitest';
import { within } from '../bounded/within.js';
import { seeded, type Random } from '../testing/egress/random.js';
import { SEED } from '../testing/seed.js';
import { THOROUGH } from '../testing/thorough.js';
import { compilePattern } from './pattern.js';

/** So much time that no machine is too busy for it. */
const PLENTY_MS = 120_000;

describe('a pattern means what it means in ECMAScript', () => {
  /** Characters that the two languages, or two versions of Unicode, could see differently. */
  const POINTS = [
    ...Array.from({ length: 0x100 }, (_, point) => point),
    ...[0x1680, 0x180e, 0x2000, 0x200a, 0x200b, 0x2028, 0x2029, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff],
    ...[0x17f, 0x212a, 0x2126, 0x3bc, 0x3c2, 0x3a3, 0x1e9e, 0x130, 0x131, 0x1c5, 0x10400, 0x10428, 0x1f600],
    ...[0xd800, 0xdbff, 0xdc00, 0xdfff, 0xfffd, 0xffff, 0x10ffff],
  ].map((point) => String.fromCodePoint(point));

  test.each([
    ...String.raw`. \s \S \d \D \w \W [] [^] [^\s] [\W_] [^\D] [\b] \0 \t \v \cJ \x41 \u0041 \u{1F600}`.split(
      ' ',
    ),
    ...String.raw`\uD83D\uDE00 [😀-😂] s k [a-z] [^a-z] ß µ σ İ \u{17f} \$ \/ [.] [\]] [-a] [a-] [+--]`.split(
      ' ',
    ),
    ...String.raw`\p{L} \P{Lu} [\p{Nd}a] [^\p{L}] [[:alpha:] [&&a] [a~~b] Q \\Q z (?:a) (?<year>\d)`.split(
      ' ',
    ),
    ...String.raw`a?? a{2} a{0} a{0,2}? $ ^ \b \B a| |`.split(' '),
    '',
  ])('%s', (source) => {
    for (const ignoreCase of [false, true]) {
      const pattern = compilePattern(source, { ignoreCase });
      const truth = new RegExp(source, ignoreCase ? 'iu' : 'u');
      for (const text of [...POINTS, ...POINTS.map((point) => `a${point}b`), '', 'aa', '\n', 'a\n', '\na'])
        expect(pattern.test(text), JSON.stringify(text)).toBe(truth.test(text));
    }
  });

  test(`for patterns and texts drawn at random (seed ${SEED})`, () => {
    const random = seeded(SEED);
    let linear = 0;
    const drawn = THOROUGH ? 100_000 : 1500;
    for (let number = 0; number < drawn; number++) {
      const source = drawPattern(random, 3);
      const ignoreCase = isOneOf(random, 2);
      let truth: RegExp;
      try {
        truth = new RegExp(source, ignoreCase ? 'iu' : 'u');
      } catch {
        expect(() => compilePattern(source, { ignoreCase })).toThrow(SyntaxError);
        continue;
      }
      const compiled = within(PLENTY_MS, () => compilePattern(source, { ignoreCase }));
      if (!compiled.done) throw new Error(`slow to compile: ${source}`);
      const pattern = compiled.value;
      if (pattern.linear) linear += 1;
      for (let count = 0; count < 6; count++) {
        const text = drawText(random);
        const what = `${source} on ${JSON.stringify(text)}`;
        const expected = truthOf(truth, text);
        if (expected === undefined) break;
        expect(
          within(500, () => pattern.test(text)),
          what,
        ).toEqual({ done: true, value: expected });
        expect(
          within(500, () => pattern.groups(text) !== undefined),
          what,
        ).toEqual({ done: true, value: expected });
      }
    }
    expect(linear).toBeGreaterThan(drawn / 3);
  });
});

/** Some are slow, or go too deep, for the engine of JavaScript on texts of six characters. */
function truthOf(expression: RegExp, text: string): boolean | undefined {
  try {
    const came = within(50, () => expression.test(text));
    return came.done ? came.value : undefined;
  } catch {
    return undefined;
  }
}

const isOneOf = (random: Random, count: number) => random.next() < 1 / count;
const drawLength = (random: Random, most: number) => Math.floor(random.next() * most);

const COMMON = [
  ...String.raw`a b A é ſ K 😀 0 _ . \s \S \d \D \w \b ^ $ [ab] [^a] [a-z0-9] [^\s\d] [] [^] [\w-]`.split(
    ' ',
  ),
  ...String.raw`\n \u{1F600} \x41 \. - / ,`.split(' '),
  ' ',
];
/** What RE2 cannot say, or what is no pattern at all. */
const RARE = String.raw`\p{L} \W \B (?=a) (?!b) (?<=a) \1 \- } (?i) \Q \z \A [[:alpha:]]`.split(' ');

const QUANTIFIERS = [
  '',
  '',
  '',
  '',
  '*',
  '+',
  '?',
  '*?',
  '+?',
  '??',
  '{2}',
  '{0,2}',
  '{1,}',
  '{1,3}?',
  '{2000}',
];

function drawPattern(random: Random, depth: number): string {
  let source = '';
  for (let left = 1 + drawLength(random, 4); left > 0; left--) {
    const isGroup = depth > 0 && isOneOf(random, 3);
    const atom = isGroup
      ? `${random.pick(['(', '(?:'])}${drawPattern(random, depth - 1)})`
      : random.pick(isOneOf(random, 40) ? RARE : COMMON);
    source += atom + random.pick(QUANTIFIERS);
  }
  return isOneOf(random, 4) ? `${source}|${random.pick(COMMON)}` : source;
}

const LETTERS = [...Array.from('aabbABéÉſsKk😀09_ \n\r\u2028\ufeff-.z'), '\ud83d', '\ude00'];

function drawText(random: Random): string {
  return Array.from({ length: drawLength(random, 7) }, () => random.pick(LETTERS)).join('');
}

test('what is in a named group is given, and where one did not take part, nothing', () => {
  const pattern = compilePattern('no (?<what>\\w+?) for (?<whom>[a-z ]{2,9})(?<end>!)?', {
    ignoreCase: true,
  });
  expect(pattern.linear).toBe(true);
  expect(pattern.groups('There is NO Room for us all.')).toEqual({ what: 'Room', whom: 'us all' });
  expect(pattern.groups('There is room.')).toBeUndefined();
});

test.each([['(a+)+$'], ['^(a|aa)+$'], ['(.*a){12}b'], ['^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*$']])(
  'a slow pattern takes no longer for a long text: %s',
  (source) => {
    const pattern = compilePattern(source);
    expect(pattern.linear).toBe(true);
    expect(pattern.test(`${'a'.repeat(100_000)}!`)).toBe(new RegExp(source, 'u').test('aaa!'));
  },
);

test.each([
  ['(?=a)b'],
  ['(?<!a)b'],
  ['(a)\\1'],
  ['\\B'],
  ['(?<x>a)\\k<x>'],
  ['a{1001}'],
  ['(?:(?:a{100}){100}){10}'],
  ['\\p{Script=Greek}'],
  ['\\ud800'],
])('what RE2 cannot say runs on the engine of JavaScript: %s', (source) => {
  const pattern = compilePattern(source);
  expect(pattern.linear).toBe(false);
  expect(pattern.test('b')).toBe(new RegExp(source, 'u').test('b'));
});

test.each([['('], ['[a'], ['a{2,1}'], ['\\Q'], ['(?i)a'], ['(?P<a>b)'], ['\\z'], ['*a'], ['a**'], ['\\-']])(
  'what is no pattern of ECMAScript is none here: %s',
  (source) => {
    expect(() => compilePattern(source)).toThrow(SyntaxError);
  },
);

test.each([
  ['(?:a|'.repeat(20_000) + ')'.repeat(20_000)],
  [`[(]${'(?:(?=\\()'.repeat(300)}a${')'.repeat(300)}`],
  [`(?=a)${'a?'.repeat(20_000)}`],
])('a pattern that would end the process is refused (case %#)', (source) => {
  expect(() => compilePattern(source)).toThrow(SyntaxError);
});

test('brackets in classes and behind backslashes are no groups', () => {
  expect(compilePattern(`${'[(]'.repeat(300)}${'\\('.repeat(300)}`).test('('.repeat(600))).toBe(true);
});

test.each([
  ['^\\d{3}\\-\\d{4}$', ['555-0100'], ['5550100']],
  ['^[\\w-.]+$', ['a-.'], ['a b']],
  ['^a\\_b]{$', ['a_b]{'], ['ab']],
  ['^(?=a)*b$', ['b'], ['c']],
])(
  'a pattern that is valid only without the flag u is read so, where that is asked for: %s',
  (source, right, wrong) => {
    const pattern = compilePattern(source, { lenient: true });
    expect(pattern.strict).toBe(false);
    for (const text of right) expect(pattern.test(text)).toBe(true);
    for (const text of wrong) expect(pattern.test(text)).toBe(false);
  },
);
