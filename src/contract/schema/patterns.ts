import type { Options } from 'ajv';
import { compilePattern, type Pattern } from '../../pattern/pattern.js';

/** The patterns of a contract, each compiled once. */
export interface Patterns {
  /** The pattern, or why there is none. */
  of: (source: string) => Pattern | string;
}

export function createPatterns(): Patterns {
  const compiled = new Map<string, Pattern | string>();
  return {
    of: (source) => {
      let pattern = compiled.get(source);
      if (pattern === undefined) {
        pattern = compile(source);
        compiled.set(source, pattern);
      }
      return pattern;
    },
  };
}

function compile(source: string): Pattern | string {
  try {
    return compilePattern(source, { lenient: true });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return 'it is no regular expression of ECMAScript';
  }
}

export type RegExpEngine = NonNullable<NonNullable<Options['code']>['regExp']>;

/** That a pattern was not tried, because others have taken too long. */
export class GivenUp extends Error {}

/** What the validator matches by. */
export function patternEngine(patterns: Patterns, hasGivenUp: () => boolean): RegExpEngine {
  const made = new Map<string, ReturnType<RegExpEngine>>();
  const engine = (source: string) => {
    const known = made.get(source);
    if (known) return known;
    const pattern = patterns.of(source);
    if (typeof pattern === 'string') throw new SyntaxError(pattern);
    const { linear, test } = pattern;
    const one = {
      test: (text: string) => {
        if (!linear && hasGivenUp()) throw new GivenUp();
        return test(text);
      },
      // What the validator takes two patterns to be the same by.
      toString: () => source,
    };
    made.set(source, one);
    return one;
  };
  return Object.assign(engine, { code: 'compilePattern' });
}
