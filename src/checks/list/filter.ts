import { resolve } from '../../contract/follow.js';
import type { Parameter } from '../../contract/parameter.js';
import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { plainName } from '../../probe/id-names.js';
import type { Value } from '../../probe/value.js';
import type { Subject } from '../subject.js';
import { memberOf, textsOf, valuesOf } from './thing.js';

/** A parameter that chooses among the things by a member that is called like it. */
export interface Filter {
  name: string;
  /** The plain name of the member, or its place in the thing as a JSON Pointer where somebody has stated it. */
  member: string;
  kind: 'text' | 'choice' | 'flag' | 'number';
  /** The values that the contract allows, where it names them all. */
  choices: readonly string[];
  /** Whether it may only be meant exactly, and not as a bound or a step. */
  isExact: boolean;
  parameter: Parameter;
}

/** So many filters of one operation are tried. */
export const MOST_FILTERS = 3;

/** The filters whose meaning the things themselves show. */
export function filtersOf(subject: Subject, things: readonly Json[]): Filter[] {
  const sent = new URL(subject.probe.request.url).searchParams;
  return (subject.list?.filters ?? [])
    .flatMap((parameter) => filterOf(parameter, subject) ?? [])
    .filter(
      ({ name, member, kind, parameter }) =>
        !parameter.required &&
        !sent.has(name) &&
        things.some((thing) => memberOf(subject, thing, member) !== undefined) &&
        // Times are compared in many ways, and seldom as texts.
        (kind !== 'text' ||
          !things.some((thing) =>
            valuesOf(subject, thing, member).some((value) => /^\d{4}-\d\d/.test(value)),
          )),
    )
    .slice(0, MOST_FILTERS);
}

/** The filters by text that no member of a thing shows directly: what they are compared with may be in one of its members. */
export function unshownTextFilters(subject: Subject, things: readonly Json[]): Filter[] {
  const sent = new URL(subject.probe.request.url).searchParams;
  return (subject.list?.filters ?? [])
    .flatMap((parameter) => filterOf(parameter, subject) ?? [])
    .filter(
      ({ name, member, kind, parameter }) =>
        kind === 'text' &&
        !parameter.required &&
        !sent.has(name) &&
        things.every((thing) => valuesOf(subject, thing, member).length === 0),
    );
}

function filterOf(
  parameter: Parameter,
  { host: { contract }, list }: Pick<Subject, 'host' | 'list'>,
): Filter | undefined {
  const { name } = parameter;
  const schema = schemaOfOne(parameter, contract.document);
  const bare = name.replace(/^filter\[([^\]]+)\]$/, (_, inner: string) => inner);
  const stated = list?.about?.get(name);
  const member = stated ?? plainName(bare);
  // Where nobody has stated what it is about, its name may mislead.
  if (stated === undefined && mayBeNone(parameter, bare)) return undefined;
  const kind = kindOf(schema);
  if (!kind) return undefined;
  const given = isArray(schema['enum']) ? schema['enum'] : [];
  const choices = given.flatMap((one) =>
    typeof one === 'string' || typeof one === 'number' ? [String(one)] : [],
  );
  const isExact =
    kind === 'text' ||
    (kind === 'choice' && !STEPS.test(member)) ||
    (kind === 'number' && member.endsWith('id'));
  return { name, member, kind, isExact, parameter, choices: choices.filter((one) => !EVERYTHING.test(one)) };
}

/** Whether a parameter that is called like a member may yet not choose by it. */
function mayBeNone({ description }: Parameter, bare: string): boolean {
  // It has the name of a member, but only says whether that comes.
  return BOUND.test(bare) || HOW_SHOWN.has(plainName(bare)) || SAYS_WHAT_COMES.test(description);
}

/** A list of one value is written like that value. */
function schemaOfOne({ schema, style }: Parameter, document: JsonObject): Parameter['schema'] {
  const items = resolve(document, schema['items']);
  return schema['type'] === 'array' && style === 'form' && isObject(items) ? items : schema;
}

function kindOf(schema: Parameter['schema']): Filter['kind'] | undefined {
  if (isArray(schema['enum'])) return schema['type'] === 'boolean' ? 'flag' : 'choice';
  if (schema['type'] === 'boolean') return 'flag';
  if (schema['type'] === 'integer' || schema['type'] === 'number') return 'number';
  const isPlain = schema['format'] === undefined && schema['pattern'] === undefined;
  return schema['type'] === 'string' && isPlain ? 'text' : undefined;
}

/** Names of bounds: what lies between them is wanted. */
const BOUND =
  /[a-z\d](From|To|Before|After|Min|Max|Since|Until)$|(^|[_-])(from|to|before|after|min|max|since|until)$|^(min|max)([_-]|[A-Z])/;

/** What descriptions say of a parameter that chooses among the members of things, not among the things. */
const SAYS_WHAT_COMES =
  /\b(include[sd]?|including|omit(s|ted)?|show(s|n)?|hide|hidden|return(s|ed)? (the|also)|fields?|expand(ed)?|embed(ded)?|detail(s|ed)?)\b/i;

/** What says in which form things are shown, although they have a member of that name as well. */
const HOW_SHOWN = new Set([
  ...['currency', 'language', 'locale', 'timezone', 'tz', 'unit', 'units', 'version', 'apiversion', 'view'],
  ...['mode', 'key', 'apikey', 'token', 'page', 'distance', 'radius', 'depth'],
]);

/** What is often asked for as “this or more”. */
const STEPS = /level|severity|priority|rank|grade|rating|importance/;

/** Values that choose nothing, or all but something. */
const EVERYTHING = /^(|all|any|both|every|everything|none|null|default|\*|[!-].*|(not|non|un)[-_ ].*)$/i;

/** Whether a thing is one that was asked for. Texts may be sought in every member, by any of their words. */
export function meets(subject: Subject, { kind, member }: Filter, thing: Json, value: string): boolean {
  return kind === 'text'
    ? holdsText(thing, value)
    : valuesOf(subject, thing, member).some((own) => own.toLowerCase() === value.toLowerCase());
}

/** Whether a search for a text may find something. Of a word, a search may only compare the stem. */
export function holdsText(thing: Json, value: string): boolean {
  const texts = textsOf(thing).map(folded);
  const words = folded(value)
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => (/^\p{L}+$/u.test(word) ? word.slice(0, STEM) : word));
  return words.some((word) => texts.some((text) => text.includes(word)));
}

/** So many letters of a word are its stem. */
const STEM = 4;

/** Without what a search may ignore: case and accents. */
function folded(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** The values of things that some of them meet and some do not, in the order of the things. */
export function dividing(subject: Subject, filter: Filter, things: readonly Json[]): string[] {
  const all = new Set(things.flatMap((thing) => valuesOf(subject, thing, filter.member)));
  const { choices } = filter;
  return [...all].filter(
    (value) =>
      (filter.kind !== 'choice' || choices.includes(value)) &&
      (filter.kind !== 'text' || isPlainText(value)) &&
      !things.every((thing) => meets(subject, filter, thing, value)),
  );
}

/** Whether a text has nothing that a search may take for an operator, and is not cut. */
export function isPlainText(value: string): boolean {
  return (
    value.length <= 80 &&
    value.trim() === value &&
    /^[\p{L}\p{N}][^,;|*?"():!<>=^~\\$[\]{}#\n\r\t…]*$/u.test(value)
  );
}

/** A value of a thing as it is sent, and what is shown in its place. */
export function valueFor({ name }: Filter, sent: string): Value {
  return { sent, shown: `‹${name}›` };
}
