import { parse, stringify } from 'yaml';
import { isObject, parseJson, type Json } from '../../json.js';
import type { Random } from '../egress/random.js';
import { RAW, raw } from './odd.js';
import { placesIn, valueAt, withValue } from './structure.js';

/** How a tree is written: each as a function of its text, so that it is the same again. */
const FORMS = {
  plain: (text) => Buffer.from(text),
  'with a byte order mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16, little end first': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16, big end first': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  'Latin-1': (text) => Buffer.from(text, 'latin1'),
  'cut in the middle': (text) => Buffer.from(text.slice(0, text.length / 2)),
  'cut at its end': (text) => Buffer.from(text.slice(0, -2)),
  'written twice': (text) => Buffer.from(text + text),
  'as two documents': (text) => Buffer.from(`${text}\n---\n${text}`),
  'with bytes that are no text': (text) =>
    Buffer.concat([
      Buffer.from(text.slice(0, 40)),
      Buffer.from([0xff, 0xfe, 0xc0, 0x80, 0]),
      Buffer.from(text.slice(40)),
    ]),
  'with carriage returns': (text) => Buffer.from(text.replaceAll('\n', '\r')),
  'with tabs': (text) => Buffer.from(text.replaceAll('  ', '\t')),
} as const satisfies Record<string, (text: string) => Buffer>;

export type Form = { bytes: keyof typeof FORMS; yaml: boolean };

export const PLAIN: Form = { bytes: 'plain', yaml: false };

/** @param yaml whether the file may be YAML */
export function drawForm(random: Random, yaml: boolean): Form {
  const odd = random.next() < 0.15;
  const bytes = odd ? random.pick(Object.keys(FORMS).filter(isForm)) : 'plain';
  return { bytes, yaml: yaml && random.next() < 0.4 };
}

function isForm(name: string): name is keyof typeof FORMS {
  return Object.hasOwn(FORMS, name);
}

/** The bytes of a tree in a form. A half of a character becomes one that stands for it, as in every UTF-8. */
export function written(tree: Json, { bytes, yaml }: Form): Buffer {
  const json = JSON.stringify(tree, undefined, 1);
  const isRaw = json.search(RAW) >= 0;
  // What is written raw is JSON or flow YAML: block YAML would take it for a text.
  const text = yaml && !isRaw ? stringify(tree, { aliasDuplicateObjects: false }) : withRaw(json);
  return FORMS[bytes](text);
}

function withRaw(json: string): string {
  return json.replace(RAW, (_, inner: string) => {
    const text: unknown = JSON.parse(`"${inner}"`);
    return String(text);
  });
}

/** A tree in which one value is an anchor of YAML and another one its alias, so that it may hold itself, or very much. */
export function aliased(tree: Json, random: Random): Json {
  if (random.next() < 0.3) {
    const doublings = random.pick([8, 25, 70]);
    const lines = Array.from(
      { length: doublings },
      (_, at) => `"x${at + 1}": &x${at + 1} [*x${at}, *x${at}]`,
    );
    return isObject(tree) ? { 'x-bomb': raw(`{"x0": &x0 [1], ${lines.join(', ')}}`), ...tree } : tree;
  }
  const inner = placesIn(tree).filter((place) => place.length > 0);
  if (inner.length < 2) return tree;
  const [anchor, alias] = [random.pick(inner), random.pick(inner)];
  const withAlias = withValue(tree, alias, raw('*a'));
  const value = valueAt(withAlias, anchor);
  return value === undefined
    ? tree
    : withValue(withAlias, anchor, raw(`&a ${withRaw(JSON.stringify(value))}`));
}

/** The tree of a text of YAML or JSON. */
export function treeOfYaml(text: string): Json {
  return parseJson(JSON.stringify(parse(text))) ?? null;
}
