import { Lexer } from 'yaml';
import { parseJson } from '../json.js';

/** No indentation of a file that people read is wider. */
const WIDEST = 500;
/** Lists in the style of JSON, in a file that is YAML otherwise. */
const DEEPEST_FLOW = 100;

/**
 * Whether a YAML or JSON text is nested so deep that a parser that goes down into it could end the process: a stack
 * that ends in the middle of a regular expression cannot be caught. It is found by the tokens of the text, one after
 * the other; of blocks, by how far they are indented.
 */
export function isNestedTooDeep(text: string): boolean {
  if (/^\s*[[{]/.test(text) && parseJson(text) !== undefined) return false;
  let flow = 0;
  let indentation = 0;
  let isLineStart = true;
  for (const token of new Lexer().lex(text)) {
    const wasLineStart = isLineStart;
    isLineStart = false;
    if (token === '[' || token === '{') flow += 1;
    else if (token === ']' || token === '}') flow -= 1;
    else if (token === '-' || token === '?') indentation += 1;
    else if (token === '\n' || token === '\r\n') {
      isLineStart = true;
      indentation = 0;
    } else if (wasLineStart && /^ +$/.test(token)) indentation = token.length;
    if (flow > DEEPEST_FLOW || indentation > WIDEST) return true;
  }
  return false;
}
