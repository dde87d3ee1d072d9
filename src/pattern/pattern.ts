import { RE2JS } from 're2js';
import { within } from '../bounded/within.js';
import { forUnicodeFlag } from './lenient.js';
import { translate } from './translate.js';

/** A regular expression of a file that others wrote. */
export interface Pattern {
  source: string;
  /** False when the pattern is valid without the flag `u` only. */
  strict: boolean;
  /** Whether its time grows with the text only. Where not, it is used within `src/bounded` only. */
  linear: boolean;
  test: (text: string) => boolean;
  /** What the named groups matched, by name; undefined where the text does not match. */
  groups: (text: string) => Record<string, string> | undefined;
}

export interface PatternOptions {
  ignoreCase?: boolean;
  /** Takes also what is valid without the flag `u` only, and reads it so (ECMA-262, annex B.1.2). */
  lenient?: boolean;
}

/**
 * Compiles a pattern as ECMAScript with the flag `u` means it, which is what JSON Schema wants (2020-12, core, section
 * 6.4). It runs on RE2, in linear time, where RE2 can say the same; elsewhere on the engine of JavaScript, which can
 * take for ever.
 * @throws SyntaxError when it is no pattern of ECMAScript, or one that its engine cannot take
 */
export function compilePattern(
  source: string,
  { ignoreCase = false, lenient = false }: PatternOptions = {},
): Pattern {
  refuseDepth(source);
  const { expression, strict } = parse(source, { ignoreCase, lenient });
  const compile = expression.unicode ? linearly(expression.source, ignoreCase) : undefined;
  if (!compile) {
    warm(expression);
    return {
      source,
      strict,
      linear: false,
      test: (text) => expression.test(text),
      groups: (text) => groupsOf(expression.exec(text)),
    };
  }
  let engine: RE2JS | undefined;
  /** The engine grows while it works. One that was interrupted there is not used again. */
  const use = <T>(work: (one: RE2JS) => T): T => {
    const own = engine ?? compile();
    engine = undefined;
    const value = work(own);
    engine = own;
    return value;
  };
  return {
    source,
    strict,
    linear: true,
    test: (text) => use((one) => one.test(text)),
    groups: (text) =>
      use((one) => {
        // Whether it matches at all is known much sooner than where.
        if (!one.test(text)) return undefined;
        const matcher = one.matcher(text);
        if (!matcher.find()) return undefined;
        return Object.fromEntries(
          Object.keys(one.namedGroups()).flatMap((name) => {
            const part = matcher.group(name);
            return part === null ? [] : [[name, part]];
          }),
        );
      }),
  };
}

/** The pattern for the engine of JavaScript, with the flag `u` wherever it can be had. */
function parse(
  source: string,
  { ignoreCase, lenient }: Required<PatternOptions>,
): { expression: RegExp; strict: boolean } {
  const flags = ignoreCase ? 'i' : '';
  const withFlag = (text: string) => new RegExp(text, `${flags}u`);
  if (!lenient) return { expression: withFlag(source), strict: true };
  const attempts = [
    { strict: true, parsed: () => withFlag(source) },
    { strict: false, parsed: () => withFlag(forUnicodeFlag(source)) },
  ];
  for (const { strict, parsed } of attempts) {
    try {
      return { expression: parsed(), strict };
    } catch {
      // The next attempt asks for less.
    }
  }
  return { expression: new RegExp(source, flags), strict: false };
}

/** What compiles the pattern for RE2, or undefined where RE2 does not take it. */
function linearly(source: string, ignoreCase: boolean): (() => RE2JS) | undefined {
  const translated = translate(source, ignoreCase);
  if (!translated) return undefined;
  const compile = () => RE2JS.compile(translated.re2, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  try {
    compile();
    return compile;
  } catch {
    // RE2 has limits of its own: repeats within repeats.
    return undefined;
  }
}

function groupsOf(match: RegExpExecArray | null): Record<string, string> | undefined {
  return match ? { ...match.groups } : undefined;
}

/** Groups within groups. V8 goes down into them, and ends the process where its stack ends. */
const DEEPEST = 200;

function refuseDepth(source: string): void {
  let depth = 0;
  for (const [token] of source.matchAll(/\\[^]|\[(?:\\[^]|[^\]\\])*\]|[()]/g)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    if (depth > DEEPEST) throw new SyntaxError(`groups are nested deeper than ${DEEPEST} levels`);
  }
}

/**
 * V8 compiles an expression when it is first used, for either kind of text. Here it is known what that does: an
 * expression that is too large throws, and on a stack that is nearly used up the process would end.
 * @throws SyntaxError
 */
function warm(expression: RegExp): void {
  within(WARM_MS, () => ['', '\u0100'].map((text) => expression.test(text)));
}

const WARM_MS = 1_000;

/**
 * Why no engine of ECMAScript compiles a pattern, neither with the flag `u` nor without; undefined for one that can be
 * compiled.
 */
export function whyNoPattern(source: string): string | undefined {
  try {
    refuseDepth(source);
    // Without the flag, more is taken for a letter; properties of letters there are only with it.
    if (!isUnicodePattern(source)) new RegExp(source);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: \/.*\/: /s, '') : '';
  }
}

function isUnicodePattern(source: string): boolean {
  try {
    return new RegExp(source, 'u').unicode;
  } catch {
    return false;
  }
}
