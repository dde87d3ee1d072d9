/**
 * A text as plain words: in small letters, each between blanks, names of codes taken apart (`RATE_LIMITED`, `InvalidApiKey`,
 * `auth/id-token-expired`). Sentences end with a bar. Addresses and lines of stacks are left out.
 */
export function plainWordsOf(text: string): string {
  const words = text
    .slice(0, LONGEST_READ)
    .replace(/^\s{0,40}(?:at |File "|Traceback ).*$/gm, ' ')
    .replace(/\b[a-z]{2,10}:\/\/\S*/gi, ' ')
    .replace(/[’']/g, '')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[.;!?。](?=\s|$)|\n/g, ' | ')
    .replace(/[^\p{L}\p{N}|]+/gu, ' ')
    .trim();
  return ` ${words} `;
}

/** What says in plain words why it refuses says it in some sentences. */
const LONGEST_READ = 1_000;

/**
 * Compiles words in the form of `plainWordsOf`: `|` between phrases of which one is enough, parentheses around some of them
 * within a phrase, `*` for any beginning or ending of a word, `…` for up to six other words of the same sentence.
 * @throws SyntaxError where parentheses are not closed
 */
export function compileWords(words: string): RegExp {
  const pieces = words.split(/\s*…\s*/).map((piece) => {
    const source = piece.replace(/[^\p{L}\p{N}*()| ]/gu, '').replaceAll('(', '(?:');
    return `(?:${source.replaceAll('*', '[^\\s|]*')})`;
  });
  return new RegExp(` ${pieces.join('(?: [^\\s|]+){0,6} ')} `, 'u');
}
