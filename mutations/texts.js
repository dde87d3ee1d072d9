// Texts that schemas allow, and texts that they do not.
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { CannotGenerate } from './gather.js';

/** @typedef {import('./merge.js').Demands} Demands */
/** @typedef {import('../dist/src/testing/egress/random.js').Random} Random */

/** Pieces of texts; some are more than one unit of UTF-16, and some have a meaning in JSON Pointers or patterns. */
const PIECES = [
  'a',
  'B',
  'lorem',
  ' ',
  '0',
  '7',
  '-',
  '_',
  '/',
  '~',
  '.',
  'é',
  'ß',
  '\u{1F600}',
  '漢',
  '"',
  '\\',
];
/** So much longer than it has to be, or than nothing, a text can be. */
const LONGER = 12;
const TRIES = 30;

/**
 * For each format, texts that have it, and texts that do not.
 * @type {Record<string, { fits: (random: Random) => string, broken: readonly string[] }>}
 */
const FORMATS = {
  date: { fits: date, broken: ['2026-02-30', '26-01-01', '2026-01-01T00:00:00Z', 'today'] },
  'date-time': {
    fits: (random) => `${date(random)}T${time(random)}${random.pick(['Z', '+02:00', '.5Z', '-07:00'])}`,
    broken: ['2026-01-01', '2026-13-01T00:00:00Z', '2026-01-01T25:00:00Z', 'now'],
  },
  time: { fits: (random) => `${time(random)}Z`, broken: ['25:00:00Z', 'noon'] },
  duration: { fits: (random) => `P${1 + below(random, 30)}D`, broken: ['P', '3 days'] },
  email: { fits: (random) => `someone${below(random, 99)}@example.org`, broken: ['someone', '@example.org'] },
  hostname: { fits: (random) => `host-${below(random, 99)}.example.org`, broken: ['-host-.example', 'a b'] },
  ipv4: { fits: (random) => `192.0.2.${below(random, 256)}`, broken: ['192.0.2.256', '192.0.2', 'host'] },
  ipv6: { fits: (random) => `2001:db8::${below(random, 9999)}`, broken: ['2001:db8', '192.0.2.1', ':::'] },
  uri: {
    fits: (random) => `https://example.org/${below(random, 99)}?a=b`,
    broken: ['example', '/a/b', 'a b'],
  },
  url: { fits: (random) => `https://example.org/${below(random, 99)}`, broken: ['example', 'https://a b'] },
  'uri-reference': { fits: (random) => `/a/${below(random, 99)}#b`, broken: ['a b', '\\\\host'] },
  'uri-template': { fits: (random) => `/a/{id${below(random, 99)}}`, broken: ['/a/{id', '{ }'] },
  uuid: {
    fits: (random) => {
      const digits = random.chance(16);
      return [8, 12, 16, 20, 32].map((end, part) => digits.slice([0, 8, 12, 16, 20][part], end)).join('-');
    },
    broken: ['00000000', '00000000-0000-0000-0000-00000000000g'],
  },
  'json-pointer': { fits: (random) => `/a/${below(random, 99)}`, broken: ['a/b', '/~2'] },
  'relative-json-pointer': { fits: (random) => `${below(random, 9)}/a`, broken: ['a', '/a'] },
  regex: { fits: () => '^a+$', broken: ['(', '['] },
  byte: { fits: (random) => Buffer.from(random.chance(6)).toString('base64'), broken: ['!', 'a b'] },
};

/** @param {Random} random @param {number} end */
function below(random, end) {
  return Math.floor(random.next() * end);
}

/** @param {Random} random @param {number} least @param {number} most */
function twoDigits(random, least, most) {
  return String(least + below(random, most - least + 1)).padStart(2, '0');
}

/** @param {Random} random */
function date(random) {
  return `20${twoDigits(random, 0, 99)}-${twoDigits(random, 1, 12)}-${twoDigits(random, 1, 28)}`;
}

/** @param {Random} random */
function time(random) {
  return `${twoDigits(random, 0, 23)}:${twoDigits(random, 0, 59)}:${twoDigits(random, 0, 59)}`;
}

/** @param {Demands} demands @param {Random} random @returns {string} */
export function textFor(demands, random) {
  const { patterns, formats, minLength, maxLength } = demands;
  const known = formats.filter((format) => format in FORMATS);
  const expressions = patterns.map(expressionOf);
  for (let number = 0; number < TRIES; number++) {
    const text = draw(demands, known[0], patterns[0], random);
    const length = lengthOf(text);
    if (length < minLength || length > maxLength) continue;
    if (expressions.every((expression) => expression.test(text))) return text;
  }
  for (const example of demands.examples) {
    if (typeof example !== 'string' || lengthOf(example) < minLength || lengthOf(example) > maxLength)
      continue;
    if (expressions.every((expression) => expression.test(example))) return example;
  }
  throw new CannotGenerate(
    `no text was found (${[...patterns, ...formats].join(', ')}, length ${minLength} to ${maxLength})`,
  );
}

/** @param {Demands} demands @param {string | undefined} format @param {string | undefined} pattern @param {Random} random */
function draw({ minLength, maxLength }, format, pattern, random) {
  if (format !== undefined) return FORMATS[format]?.fits(random) ?? '';
  if (pattern !== undefined) return random.pick(matchesOf(pattern));
  const length = minLength + below(random, Math.min(maxLength - minLength, LONGER) + 1);
  let text = '';
  while (lengthOf(text) < length) text += random.pick(PIECES);
  return [...text].slice(0, length).join('');
}

/** The length as JSON Schema counts it: in characters (RFC 8259). @param {string} text */
export function lengthOf(text) {
  return [...text].length;
}

/** @type {Map<string, readonly string[]>} */
const matches = new Map();

/** Texts that match a pattern. @param {string} pattern @returns {readonly string[]} */
function matchesOf(pattern) {
  let known = matches.get(pattern);
  if (!known) {
    known = [...matchesOfLength(pattern, 'xsmall'), ...matchesOfLength(pattern, 'medium')];
    matches.set(pattern, known);
  }
  if (known.length === 0) throw new CannotGenerate(`no text is known to match ${pattern}`);
  return known;
}

/** How many texts are drawn for a pattern. */
const DRAWN = 20;

/** @param {string} pattern @param {'xsmall' | 'medium'} size @returns {readonly string[]} */
function matchesOfLength(pattern, size) {
  try {
    return fc.sample(fc.stringMatching(expressionOf(pattern), { size }), { seed: 1, numRuns: DRAWN });
  } catch (error) {
    if (error instanceof CannotGenerate) throw error;
    // It has something that texts are not made for: a look-ahead, a reference back.
    return [];
  }
}

/** @param {string} pattern */
function expressionOf(pattern) {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    throw new CannotGenerate(`${pattern} is no pattern of ECMAScript`);
  }
}

/** Texts that match few patterns. */
const STRANGE = ['', ' ', '\u0000', '¤¤¤', '¤'.repeat(40), 'x', '0', '-', 'X y'];

/** A text that does not match one of the patterns; undefined if none was found. @param {Demands} demands @param {string} text @param {Random} random */
export function textThatDoesNotMatch({ patterns, minLength, maxLength }, text, random) {
  const candidates = [...STRANGE, `${text}¤`, `¤${text}`, ` ${text} `].filter((candidate) =>
    patterns.some((pattern) => !expressionOf(pattern).test(candidate)),
  );
  const ofLength = candidates.filter(
    (candidate) => lengthOf(candidate) >= minLength && lengthOf(candidate) <= maxLength,
  );
  if (candidates.length === 0) return undefined;
  return random.pick(ofLength.length > 0 ? ofLength : candidates);
}

/** A text that does not have one of the formats; undefined if every text has them. @param {Demands} demands @param {Random} random */
export function textOfOtherFormat({ formats }, random) {
  const broken = formats.flatMap((format) => FORMATS[format]?.broken ?? []);
  return broken.length === 0 ? undefined : random.pick(broken);
}
