/**
 * The words of one command of a shell, up to a pipe, a redirection, the end of a substitution, or what is said of it
 * beside: two spaces or a comment.
 */
export function shellWords(line: string): string[] {
  const words: string[] = [];
  let rest = line.trimStart();
  for (;;) {
    const word = /^(?:'[^']*'|"[^"]*"|[^\s'"|>;)])+/.exec(rest)?.[0];
    if (word === undefined || word.startsWith('#')) return words;
    words.push(word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_, one?: string, two?: string) => one ?? two ?? ''));
    rest = rest.slice(word.length);
    if (!/^ (?! )/.test(rest)) return words;
    rest = rest.slice(1);
  }
}
