/**
 * In how many ways a backtracking engine can try a regular expression from one place of a text: what it takes at the most
 * before it says that the text does not match. An estimate from above, for expressions that are to be tried on texts of a
 * known length without a limit of time.
 * @param longest the length of the longest text
 * @returns Infinity where a repetition is within another one, or repeats what can match in several ways: such an expression
 *   can take for ever
 */
export function waysIn(source: string, longest: number): number {
  const tokens = [...source.matchAll(TOKEN)].map(([token]) => token);
  let at = 0;
  const alternatives = (): number => {
    let all = 0;
    let one = 1;
    for (; at < tokens.length && tokens[at] !== ')'; at++) {
      if (tokens[at] === '|') {
        all += one;
        one = 1;
        continue;
      }
      let ways = 1;
      if (tokens[at]?.startsWith('(') === true) {
        at += 1;
        ways = alternatives();
      }
      const count = countsOf(tokens[at + 1]);
      if (count !== undefined) at += 1;
      one *= count === undefined ? ways : repeated(ways, count, longest);
    }
    return all + one;
  };
  const ways = alternatives();
  // A bracket too many: it is no expression.
  return at < tokens.length ? Infinity : ways;
}

function repeated(ways: number, { least, most }: Counts, longest: number): number {
  if (most > 1 && ways > 1) return Infinity;
  return Math.min(most, longest) - Math.min(least, longest) + ways;
}

interface Counts {
  least: number;
  most: number;
}

/** How often a quantifier repeats what is before it; undefined where the token is none. */
function countsOf(token: string | undefined): Counts | undefined {
  if (token === undefined) return undefined;
  const [, sign, least, comma, most] = QUANTIFIER.exec(token) ?? [];
  if (sign !== undefined) return { least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity };
  if (least === undefined) return undefined;
  const from = Number(least);
  if (comma === undefined) return { least: from, most: from };
  return { least: from, most: most === undefined || most === '' ? Infinity : Number(most) };
}

const QUANTIFIER = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??$/;
/** An escape, a class, the begin of a group with what says of which kind it is, a quantifier, or one character. */
const TOKEN =
  /\\[^]|\[(?:\\[^]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<[^>]*>))?|(?:[*+?]|\{\d+(?:,\d*)?\})\??|[^]/g;
