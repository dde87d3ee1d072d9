/**
 * A pattern that is valid only without the flag `u` (ECMA-262, annex B.1.2), written so that it is valid with the flag and
 * matches the same texts: escapes that nobody needs (`\-`), brackets and braces that stand for themselves, and a hyphen
 * beside a set (`[\w-.]`). What cannot be written so is left as it is.
 */
export function forUnicodeFlag(source: string): string {
  const tokens = [...source.matchAll(TOKEN)].map(([token]) => token);
  let inClass = false;
  return tokens
    .map((token, index) => {
      if (token.startsWith('\\')) return NEEDLESS.test(token) ? bare(token, inClass) : token;
      if (inClass) {
        if (token === ']') inClass = false;
        const isBesideSet = SET.test(tokens[index - 1] ?? '') || SET.test(tokens[index + 1] ?? '');
        return token === '-' && isBesideSet ? '\\-' : token;
      }
      if (token === '[') inClass = true;
      return token === ']' || token === '{' || token === '}' ? `\\${token}` : token;
    })
    .join('');
}

/** An escape, a quantifier, or one character. */
const TOKEN = /\\u\{[0-9A-Fa-f]+\}|\\[pP]\{[^}]*\}|\\k<[^>]*>|\\[^]|\{\d+(?:,\d*)?\}|[^]/gu;
const SET = /^\\[dDsSwW]$/;
/** What means only itself behind a backslash, and may not be there with the flag. */
const NEEDLESS = /^\\[^$^\\.*+?()[\]{}|/dDsSwWbBfnrtv0-9cxukpP]$/u;

function bare(escape: string, inClass: boolean): string {
  const character = escape.slice(1);
  return inClass && character === '-' ? escape : character;
}
