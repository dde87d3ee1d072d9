import type { Parameter } from '../../contract/parameter.js';
import type { Json } from '../../json.js';
import { plainName } from '../../probe/id-names.js';
import { instantOf } from '../instants.js';
import type { Subject } from '../subject.js';
import { memberOf } from './thing.js';

/** A parameter that is the least or the greatest of what comes, and the member that it is about. */
export interface Bound {
  parameter: Parameter;
  side: 'least' | 'greatest';
  /** The plain name of the member. */
  member: string;
  kind: 'time' | 'number';
  /** Whether the contract says that what lies on the bound comes as well. */
  isInclusive: boolean;
}

/** The bounds whose names say which member of the things they are about. */
export function boundsOf({ list, probe, collection, item }: Subject, things: readonly Json[]): Bound[] {
  const sent = new URL(probe.request.url).searchParams;
  return (list?.filters ?? []).flatMap((parameter) => {
    const { name, required, description, schema } = parameter;
    const found = sideOf(name);
    if (!found || required || sent.has(name) || SAYS_OTHERWISE.test(description)) return [];
    const member = namesOf(found.stem).find((one) =>
      things.some((thing) => memberOf({ list, collection, item }, thing, one) !== undefined),
    );
    if (member === undefined) return [];
    const values = things.flatMap((thing) => memberOf({ list, collection, item }, thing, member) ?? []);
    const type = schema['type'] ?? 'string';
    const isTime = type === 'string' && values.every((one) => typeof one === 'string' && isTimeText(one));
    const isNumber =
      (type === 'integer' || type === 'number') && values.every((one) => typeof one === 'number');
    if (schema['pattern'] !== undefined || schema['enum'] !== undefined || (!isTime && !isNumber)) return [];
    const kind = isTime ? ('time' as const) : ('number' as const);
    return [{ parameter, side: found.side, member, kind, isInclusive: INCLUSIVE.test(description) }];
  });
}

/** A name that ends, or begins, in the word of a bound, and what is beside that. */
function sideOf(name: string): { side: Bound['side']; stem: string } | undefined {
  for (const [side, words] of [
    ['least', 'from|after|since|min|gte?'],
    ['greatest', 'to|before|until|max|lte?'],
  ] as const) {
    const behind = new RegExp(`^(.+?)(?:[_-](?:${words})|\\[(?:${words})\\])$`, 'i').exec(name);
    const capital = new RegExp(`^(.*[a-z\\d])(${words})$`, 'i').exec(name);
    const before = /^(min|max)[_-]?(.+)$/i.exec(name);
    if (behind?.[1] !== undefined) return { side, stem: plainName(behind[1]) };
    // Where all letters are capital ones, none of them begins a word.
    if (capital?.[1] !== undefined && /[a-z\d]$/.test(capital[1]) && /^[A-Z]/.test(capital[2] ?? ''))
      return { side, stem: plainName(capital[1]) };
    const [, word = '', stem = ''] = before ?? [];
    if (
      stem !== '' &&
      word.toLowerCase() === (side === 'least' ? 'min' : 'max') &&
      /^([_-]|.{3}[A-Z_-])/.test(name)
    )
      return { side, stem: plainName(stem) };
  }
  return undefined;
}

/** How a member may be called that a bound of this name is about. */
function namesOf(stem: string): string[] {
  return [
    ...['', 'at', 'on', 'date', 'time', 'datetime'].map((end) => stem + end),
    ...['', 'at', 'on', 'date', 'time'].map((end) => `last${stem}${end}`),
  ];
}

/** A day, or a time of it: what is written in another way is not compared. */
function isTimeText(text: string): boolean {
  return instantOf(text) !== undefined;
}

/** Things of a span of time may lie within a bound with a part of it only. */
const SAYS_OTHERWISE = /\b(overlap\w*|running|active|during|relative|duration|ago|ignored|exclusive of)\b/i;

const INCLUSIVE =
  /\b(inclusive(ly)?|or equal( to)?|(on|at) or (after|later|before|earlier)|(not|no) (earlier|later|less|more|before|after))\b|>=|<=|≥|≤/i;
