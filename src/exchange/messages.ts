import { isObject, isTooDeep, parseJson, type Json } from '../json.js';
import type { Body } from './body.js';
import { pairsIn } from './pairs.js';

/**
 * The messages of a body, each whole: the strings of JSON, the lines of a text, what is between the tags of a page.
 * An error text is looked for in these, and not anywhere: a word of a gateway also is inside of longer words, and
 * in sentences of applications. Takes time in proportion to the length of the body.
 */
export function messagesOf(body: Body): string[] {
  switch (body.kind) {
    case 'empty':
    case 'binary':
      return [];
    case 'json':
      return distinct(stringsOf(body.value, 0).flatMap((text) => withItsLines(text)));
    case 'html':
      return distinct(readPage(body.text.slice(0, LONGEST_SEARCHED)).flatMap((text) => withItsLines(text)));
    case 'xml':
      return distinct([
        ...readPage(body.text.slice(0, LONGEST_SEARCHED)).flatMap((text) => withItsLines(text)),
        ...valuesOfAttributes(body.text.slice(0, LONGEST_SEARCHED)),
      ]);
    default: {
      const text = body.text.slice(0, LONGEST_SEARCHED);
      const pairs = pairsIn(text) ?? [];
      return distinct([
        ...pairs.map(([, value]) => value),
        ...withItsLines(text),
        ...jsonStringsIn(text),
        ...(TAG.test(text) ? readPage(text) : []),
      ]);
    }
  }
}

/** What elements of FHIR and of the status of SAML hold: it is in an attribute. */
function valuesOfAttributes(text: string): string[] {
  return [...text.matchAll(/\svalue="([^"<>]{1,4000})"/gi)].map(([, value = '']) => decodeEntities(value));
}

/** A page of which the beginning is missing, or has words before it, is read as one. */
const TAG = /<\/?(?:html|head|title|body|h[1-6]|p|div|br|center)\b/i;

/** An error is near the beginning of an answer; a page of megabytes is not searched whole. */
const LONGEST_SEARCHED = 64 * 1024;
const LONGEST_MESSAGE = 4_000;
const MOST_MESSAGES = 300;
const DEEPEST = 4;
const MOST_ITEMS = 5;
const MOST_MEMBERS = 20;

function distinct(messages: readonly string[]): string[] {
  const trimmed = messages.map((message) => message.trim()).filter((message) => message !== '');
  return [...new Set(trimmed)].slice(0, MOST_MESSAGES).map(cut);
}

/** A message that was cut must not be taken for one that ends there. */
function cut(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
}

function withItsLines(text: string): string[] {
  return text.includes('\n') ? [text, ...text.split('\n')] : [text];
}

function stringsOf(value: Json, depth: number): string[] {
  if (typeof value === 'string') return [value.slice(0, LONGEST_SEARCHED), ...stringsWithin(value, depth)];
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).flatMap((item) => stringsOf(item, depth + 1));
  if (!isObject(value)) return [];
  return Object.values(value)
    .slice(0, MOST_MEMBERS)
    .flatMap((member) => stringsOf(member, depth + 1));
}

/** The strings of an answer that somebody passes on as a string. */
function stringsWithin(text: string, depth: number): string[] {
  if (depth > DEEPEST || !/^\s*[[{]/.test(text) || text.length > LONGEST_SEARCHED || isTooDeep(text))
    return [];
  const value = parseJson(text);
  return value === undefined ? [] : stringsOf(value, depth + 1);
}

/** Values of JSON that are in a text, as in a line of a log, also where their quotes are escaped. */
function jsonStringsIn(text: string): string[] {
  const matches = text.replaceAll('\\"', '"').matchAll(/[:[,]\s{0,20}"([^"\n]{1,1000})"/g);
  return [...matches].map(([, value = '']) => value);
}

/** Elements that are inside of a sentence, and do not end it. */
const INLINE = new Set(
  [
    'a',
    'abbr',
    'b',
    'code',
    'em',
    'font',
    'i',
    'ins',
    'kbd',
    'samp',
    'small',
    'span',
    'strong',
    'tt',
    'u',
  ].flatMap((name) => [name, `/${name}`]),
);
/** Elements whose content nobody reads. */
const UNREAD = new Set(['script', 'style']);

/**
 * What a page says: each piece between two tags, each sentence that goes through tags inside of it, and the addresses
 * that it loads, which tell the products that made it.
 */
function readPage(page: string): string[] {
  const found: string[] = [];
  let sentence: string[] = [];
  const endSentence = () => {
    if (sentence.length > 1) found.push(sentence.join(''));
    sentence = [];
  };
  const lower = page.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  let at = 0;
  while (at < page.length) {
    const open = indexOr(lower, '<', at, page.length);
    if (open > at) {
      const text = decodeEntities(page.slice(at, open)).replace(/\s+/g, ' ');
      found.push(text);
      sentence.push(text);
    }
    if (lower.startsWith('<!--', open)) {
      at = indexOr(lower, '-->', open, page.length - 3) + 3;
      continue;
    }
    if (lower.startsWith('<![cdata[', open)) {
      const end = indexOr(lower, ']]>', open, page.length);
      found.push(page.slice(open + '<![CDATA['.length, end));
      at = end + 3;
      continue;
    }
    const close = indexOr(lower, '>', open, page.length);
    const name = /^<(\/?[a-z][a-z0-9]*)/.exec(lower.slice(open, open + 20))?.[1] ?? '';
    found.push(...addressIn(page.slice(open, close)));
    at = close + 1;
    if (!INLINE.has(name)) endSentence();
    if (UNREAD.has(name)) at = indexOr(lower, `</${name}`, at, page.length);
  }
  endSentence();
  return found;
}

function indexOr(text: string, wanted: string, from: number, otherwise: number): number {
  const index = text.indexOf(wanted, from);
  return index < 0 ? otherwise : index;
}

function addressIn(tag: string): string[] {
  const [, address] = /\ssrc=["']?([^"'\s>]{1,500})/i.exec(tag.slice(0, 2_000)) ?? [];
  return address === undefined ? [] : [decodeEntities(address)];
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return NAMED[name.toLowerCase()] ?? whole;
    // So few digits are a number of Unicode in any case.
    return String.fromCodePoint(typeof decimal === 'string' ? Number(decimal) : parseInt(String(hex), 16));
  });
}
