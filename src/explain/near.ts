import { isObject } from '../json.js';
import { documentAt } from './document.js';
import { literalAt, unescaped } from './literal.js';

/** A body that is beside what is said of an answer, and where. */
export interface NearBody {
  text: string;
  from: number;
  to: number;
}

/** What a body is announced by, with an equals sign or a colon. */
const STRONG =
  /\b(?:(?:server|raw|http|error)[ _-]?)?response(?:[ _.-]?(?:data|body|text|content|payload))?["']?\s{0,4}(?:[:=]|is:|was:)\s{0,8}|\b(?:response_?)?body["']?\s{0,4}[:=]\s{0,8}/gi;
/** What announces a body only where one follows that can be nothing else. */
const WEAK =
  /\b(?:data|payload|raw|page|html|content|details?|output|text|message|error|reason|returned|response|got|received|saying|with)["']?\s{0,4}[:=]?\s{0,8}(?=[{<]|\[\s{0,8}[{"'])/gi;

/**
 * The body that is in a part of a text behind what is said of an answer: announced by a word (`Response data:`), or right
 * behind it.
 * @param from the offset of what is said
 * @param begins where it has to begin at the latest
 * @param limit where the next thing begins
 */
export function bodyBehind(text: string, from: number, begins: number, limit: number): NearBody | undefined {
  const part = text.slice(0, limit);
  const strong = whole(part, from, begins) ?? announced(part, from, begins, STRONG, true);
  if (strong) return strong;
  const weak = announced(part, from, begins, WEAK, false);
  if (!weak) return bare(part, from);
  // What announces a body may be a member of it.
  const around = documentBehind(part, from, 2);
  return around && around.from < weak.from && weak.from < around.to ? around : weak;
}

/** What announces the body again where a client has cut it before. */
const WHOLE =
  /\b(?:full|complete|whole|entire|raw)(?: (?:http )?response)?(?: (?:body|text))?\s{0,4}:\s{0,8}(?=\S)/i;

/** A body of which it is said that it is the whole one: a document, or all up to a blank line. */
function whole(text: string, from: number, begins: number): NearBody | undefined {
  const part = text.slice(from, begins);
  if (!CUT.test(part)) return undefined;
  const match = WHOLE.exec(part);
  if (!match) return undefined;
  const at = from + match.index + match[0].length;
  const found = documentAt(text, at);
  const rest = text.slice(at, at + 20_000).split(/\n[ \t]*\n/, 1)[0] ?? '';
  // Where it begins within the body, its beginning is before the cut.
  const beginning = found ? '' : (/<[!?a-z][^]*$/i.exec(part.slice(0, part.search(CUT)))?.[0] ?? '');
  const shown = found ?? { text: `${beginning}\n${rest.trimEnd()}`.trimStart(), to: at + rest.length };
  return { ...shown, from: from + match.index };
}

const CUT = /\(truncated\.{3}\)|\[truncated\]|\.{3} ?\(\d{1,9} more|…/i;

function announced(
  text: string,
  from: number,
  begins: number,
  by: RegExp,
  takesText: boolean,
): NearBody | undefined {
  for (const match of text.slice(from, begins).matchAll(by)) {
    const at = from + match.index + match[0].length;
    const start = at + (/^\s*/.exec(text.slice(at, at + 200))?.[0].length ?? 0);
    const found = valueAt(text, start, takesText && !text.slice(at, start).includes('\n'));
    if (found) return { ...found, from: from + match.index };
  }
  return undefined;
}

/** A document, a text in quotes, or the rest of the line. */
function valueAt(text: string, at: number, takesText: boolean): { text: string; to: number } | undefined {
  const found = documentAt(text, at);
  if (found) return found;
  if (/^b?["']/.test(text.slice(at, at + 2))) {
    const quoted = literalAt(text, at);
    if (typeof quoted?.value !== 'string' || quoted.value.trim() === '') return undefined;
    const [first = ''] = quoted.value.trim();
    return takesText || first === '{' || first === '<' ? { text: quoted.value, to: quoted.to } : undefined;
  }
  if (!takesText) return undefined;
  const line = lineAt(text, at);
  const stated = line.trim();
  // A number is a length or a status; a name in brackets stands for what was not printed.
  if (stated === '' || /^(?:\d{1,9}\b|\[|<|\{|undefined|null|none|https?:)/i.test(stated)) return undefined;
  return { text: unescaped(stated), to: at + line.length };
}

/** A document on the same line, or at the beginning of one of the next lines. */
function bare(text: string, from: number): NearBody | undefined {
  const line = lineAt(text, from);
  for (const match of line
    .slice(0, 4_000)
    .matchAll(/[{[]\s{0,8}\\?["'{]|[{[](?=\n|$)|<(?:!doctype|html|\?xml|[A-Z]\w+>)/gi)) {
    const at = from + match.index;
    // Spring and Feign put the body in brackets of their own.
    const inner = text.startsWith('[{', at) ? documentAt(text, at + 1) : undefined;
    const found = inner && text[inner.to] === ']' ? inner : documentAt(text, at);
    if (found) return { text: found.text, from: at, to: found.to };
    const cut = cutAt(text, at, from + line.length);
    if (cut) return { ...cut, from: at };
  }
  return documentBehind(text, from, 2);
}

/** JSON that a client has cut to some length, as far as it goes: `[{"error":"invalid_token","trace":"d0... (418 bytes)]`. */
function cutAt(text: string, at: number, end: number): { text: string; to: number } | undefined {
  const inner = text.startsWith('[{', at) ? at + 1 : at;
  if (!/^\{\s{0,8}"[\w.-]{1,60}"\s{0,4}:/.test(text.slice(inner, inner + 90))) return undefined;
  const shown = text.slice(inner, end).replace(/\s{0,4}(?:\.{3}|…)[^"}]{0,60}$/, '');
  const value = literalAt(shown, 0)?.value;
  return isObject(value) && Object.keys(value).length > 0
    ? { text: JSON.stringify(value), to: end }
    : undefined;
}

/** A document at the beginning of one of the next lines; header fields that are printed as an object are passed over. */
function documentBehind(text: string, from: number, tries: number): NearBody | undefined {
  const behind =
    /^(?:[^\n]*\n){1,3}?[ \t]{0,8}(?=\{\s{0,80}["']|\{\n|\[\s{0,8}\{|<(?:!doctype|html|\?xml|(?:[\w-]{1,20}:)?(?:envelope|fault|error(?:response)?|operationoutcome)[\s>]))/i.exec(
      text.slice(from, from + 12_000),
    );
  if (!behind) return undefined;
  const at = from + behind[0].length;
  const found = documentAt(text, at);
  if (!found) return undefined;
  const isOfFields = /^\{\s{0,80}["'](?:content-type|date|server|x-[\w-]+)["']\s{0,4}:/i.test(found.text);
  if (!isOfFields) return { text: found.text, from: at, to: found.to };
  return tries > 1 ? documentBehind(text, found.to, tries - 1) : undefined;
}

/** The rest of a line, as far as it has to be understood. */
function lineAt(text: string, from: number): string {
  return text.slice(from, from + 20_000).split('\n', 1)[0] ?? '';
}

/** The document that ends right before an offset, as what `curl --fail-with-body` prints before it says what failed. */
export function bodyBefore(text: string, to: number, limit: number): NearBody | undefined {
  const start = Math.max(limit, to - 20_000);
  const end = start + text.slice(start, to).trimEnd().length;
  if (!/[}>]/.test(text[end - 1] ?? '')) return undefined;
  const beginnings = [...text.slice(start, end).matchAll(/(?<![^\n])(?=\{|<[!?a-z])/gi)].slice(-20).reverse();
  for (const { index } of beginnings) {
    const found = documentAt(text, start + index, end);
    if (found?.to === end) return { text: found.text, from: start + index, to: end };
  }
  return undefined;
}

/** The method and the address of a request that is named in a text: `GET https://host/path`. */
export function requestIn(text: string): { method: string; url: string } | undefined {
  const [, method, url] =
    /\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)[\])]?:?[ \t]{1,4}(?:to |on |request to |request for )?["'`[(<]?((?:https?:\/\/|\/(?=[\w%{]))[^\s"'`<>\])]{1,2000})/.exec(
      text.slice(0, 20_000),
    ) ?? [];
  return method === undefined || url === undefined ? undefined : { method, url: trimmedUrl(url) };
}

/** An address without the punctuation of the sentence that it is in. */
export function trimmedUrl(url: string): string {
  return url.replace(/[.,;:!?]{1,3}$/, '');
}
