import { DEEPEST_JSON, isTooDeep, parseJson, type Json } from '../json.js';
import { header, type Answer } from '../targets/reply.js';

/** What the body of an answer turned out to be. Holds it as it came; never kept. */
export type Body =
  | { kind: 'empty' }
  | { kind: 'json'; value: Json; text: string }
  | { kind: 'html' | 'xml' | 'text'; text: string }
  /** Bytes that are no text, or a text in a charset that nobody names. */
  | { kind: 'binary'; bytes: Buffer }
  | { kind: 'unreadable'; why: string; text: string };

/** Reads the body of an answer by what it is, not only by what its content type says. */
export function readBody(answer: Pick<Answer, 'headers' | 'body' | 'incomplete'>): Body {
  if (answer.incomplete !== undefined) {
    return { kind: 'unreadable', why: `the body is ${answer.incomplete}`, text: '' };
  }
  if (answer.body.length === 0) return { kind: 'empty' };
  const type = header(answer, 'content-type') ?? '';
  const isJson = /\bjson\b/i.test(type);
  const charset = /;\s*charset="?([^";\s]+)/i.exec(type)?.[1];
  const text = decode(answer.body, isJson, charset);
  if (text === undefined) {
    if (isJson) return { kind: 'unreadable', why: 'the body is not valid UTF-8', text: '' };
    if (charset === undefined || !isKnownCharset(charset)) return { kind: 'binary', bytes: answer.body };
    return { kind: 'unreadable', why: 'the body is not in the charset that it is said to be in', text: '' };
  }
  const trimmed = text.trim();
  if (/^[[{"]/.test(trimmed) || isJson) {
    if (isTooDeep(trimmed)) {
      return { kind: 'unreadable', why: `the body is nested deeper than ${DEEPEST_JSON} levels`, text: '' };
    }
    const value = parseJson(trimmed);
    if (value !== undefined) return { kind: 'json', value, text };
    if (isJson) return { kind: 'unreadable', why: 'the body is not JSON', text };
  }
  if (/^<(!doctype html|html|head|body)/i.test(trimmed) || /\bhtml\b/i.test(type))
    return { kind: 'html', text };
  if (trimmed.startsWith('<')) return { kind: 'xml', text };
  return { kind: 'text', text };
}

/**
 * The text of a body, or nothing: a text of which a part is guessed is no evidence. JSON is UTF-8 whatever its content
 * type says (RFC 8259, section 8.1); another text is in the charset that it names, or in UTF-8.
 */
function decode(bytes: Buffer, isJson: boolean, charset: string | undefined): string | undefined {
  if (charset === undefined || !isKnownCharset(charset)) return decodeAs('utf-8', bytes);
  if (isJson) return decodeAs('utf-8', bytes) ?? decodeAs(charset, bytes);
  return decodeAs(charset, bytes);
}

function decodeAs(charset: string, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function isKnownCharset(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== '';
  } catch {
    return false;
  }
}
