/** A token of Python; a text has its prefix and what is between its quotes, as it is written. */
export type Token =
  | { is: 'word' | 'mark' | 'number'; text: string; line: number }
  | { is: 'text'; prefix: string; text: string; line: number }
  | { is: 'newline' | 'indent' | 'dedent' | 'end'; text: ''; line: number };

/**
 * The tokens of a Python file. Comments are none; what is no token is left out, and a text without an end takes the rest
 * of its line.
 *
 * @see https://docs.python.org/3/reference/lexical_analysis.html
 */
export function tokensOf(text: string, firstLine = 1): Token[] {
  const tokens: Token[] = [];
  const indents = [0];
  let line = firstLine;
  let at = 0;
  let brackets = 0;
  let atStart = true;
  const push = (is: 'newline' | 'indent' | 'dedent' | 'end'): void => {
    tokens.push({ is, text: '', line });
  };
  while (at < text.length) {
    if (atStart && brackets === 0) {
      const [blank = ''] = match(INDENT, text, at) ?? [];
      const next = text.charAt(at + blank.length);
      at += blank.length;
      atStart = false;
      if (next === '\n' || next === '\r' || next === '#' || next === '') continue;
      const width = Array.from(blank).reduce((sum, one) => (one === '\t' ? sum + 8 - (sum % 8) : sum + 1), 0);
      if (width > (indents.at(-1) ?? 0)) {
        indents.push(width);
        push('indent');
      }
      while (width < (indents.at(-1) ?? 0)) {
        indents.pop();
        push('dedent');
      }
      continue;
    }
    const character = text.charAt(at);
    if (character === '\n') {
      if (brackets === 0 && tokens.length > 0 && tokens.at(-1)?.is !== 'newline') push('newline');
      line += 1;
      at += 1;
      atStart = true;
    } else if (character === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (character === '\\' && /^\\\r?\n/.test(text.slice(at, at + 3))) {
      at += text.charAt(at + 1) === '\r' ? 3 : 2;
      line += 1;
    } else if (/\s/.test(character)) at += 1;
    else {
      const opening = match(QUOTE, text, at);
      if (opening) {
        const [, prefix = '', quote = ''] = opening;
        const begin = at + opening[0].length;
        const end = endOfText(text, begin, quote, /[ft]/i.test(prefix));
        const inner = text.slice(begin, end.at);
        tokens.push({ is: 'text', prefix: prefix.toLowerCase(), text: inner, line });
        line += inner.split('\n').length - 1;
        at = end.after;
        continue;
      }
      const word = match(WORD, text, at);
      const number = match(NUMBER, text, at);
      const mark = match(MARK, text, at);
      const [found = character] = word ?? number ?? mark ?? [];
      const is = word ? 'word' : number ? 'number' : 'mark';
      tokens.push({ is, text: found, line });
      if (/^[([{]$/.test(found)) brackets += 1;
      if (/^[)\]}]$/.test(found)) brackets = Math.max(0, brackets - 1);
      at += found.length;
    }
  }
  push('newline');
  while (indents.length > 1) {
    indents.pop();
    push('dedent');
  }
  push('end');
  return tokens;
}

const INDENT = /[ \t\f]*/y;
const QUOTE = /([rbuft]{0,2})("""|'''|"|')/iy;
const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /\d[\w.]*/y;
const MARK = /\*\*=|\/\/=|>>=|<<=|\.\.\.|:=|->|==|!=|<=|>=|\*\*|\/\/|<<|>>|[-+*/%@&|^]=|./suy;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Where a text ends, and where the code goes on. */
function endOfText(
  text: string,
  begin: number,
  quote: string,
  isFilled: boolean,
): { at: number; after: number } {
  for (let at = begin; at < text.length; at++) {
    if (text.charAt(at) === '\\') at += 1;
    else if (isFilled && text.startsWith('{{', at)) at += 1;
    else if (isFilled && text.charAt(at) === '{') at = endOfHole(text, at + 1, quote.length > 1);
    else if (text.startsWith(quote, at)) return { at, after: at + quote.length };
    else if (quote.length === 1 && text.charAt(at) === '\n') return { at, after: at };
  }
  return { at: text.length, after: text.length };
}

/**
 * Where the brace ends that something is filled in at: in it, texts can have the quotes of the whole (PEP 701). The place
 * itself where it does not end, so that its quote ends the whole.
 */
function endOfHole(text: string, begin: number, isLong: boolean): number {
  let depth = 0;
  for (let at = begin; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '\n' && !isLong) break;
    if (character === '}' && depth === 0) return at;
    if (/[([{]/.test(character)) depth += 1;
    else if (/[)\]}]/.test(character)) depth -= 1;
    else if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1);
      if (end < 0) break;
      at = end;
    }
  }
  return begin;
}
