import { DEEPEST_JSON, isTooDeep, parseJson, type Json } from '../json.js';
import { header, type Answer } from '../target/reply.js';

/** What the body of an answer turned out to be. Holds it as it came; never kept. */
export type Body =
  | { kind: 'empty' }
  | { kind: 'json'; value: Json; text: string }
  | { kind: 'html' | 'xml' | 'text'; text: string }
  | { kind: 'unreadable'; why: string; text: string };

/** Reads the body of an answer by what it is, not only by what its content type says. */
export function readBody(answer: Answer): Body {
  if (answer.incomplete !== undefined) {
    return { kind: 'unreadable', why: `the body is ${answer.incomplete}`, text: '' };
  }
  if (answer.body.length === 0) return { kind: 'empty' };
  const text = decode(answer.body);
  if (text === undefined) return { kind: 'unreadable', why: 'the body is not valid UTF-8', text: '' };
  const trimmed = text.trim();
  const type = header(answer, 'content-type') ?? '';
  if (/^[[{"]/.test(trimmed) || /\bjson\b/i.test(type)) {
    if (isTooDeep(trimmed)) {
      return { kind: 'unreadable', why: `the body is nested deeper than ${DEEPEST_JSON} levels`, text: '' };
    }
    const value = parseJson(trimmed);
    if (value !== undefined) return { kind: 'json', value, text };
    if (/\bjson\b/i.test(type)) return { kind: 'unreadable', why: 'the body is not JSON', text };
  }
  if (/^<(!doctype html|html|head|body)/i.test(trimmed) || /\bhtml\b/i.test(type))
    return { kind: 'html', text };
  if (trimmed.startsWith('<')) return { kind: 'xml', text };
  return { kind: 'text', text };
}

/** UTF-8, or nothing: a text of which a part is guessed is no evidence. */
function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
