import type { Contract } from '../../contract/contract.js';
import { wholeOf } from '../../contract/follow.js';
import { answeredSchemas } from '../../contract/member-names.js';
import type { Operation } from '../../contract/operation.js';
import { NotApplicable } from '../../drive/drive.js';
import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { count, nameOf } from '../fact.js';
import { laterBy } from '../instants.js';
import { withoutAsking } from '../without-asking.js';

type Code = 'ends-before-it-starts' | 'changed-before-it-was-made';

/** More pairs than these of one operation say nothing new. */
const MOST_PAIRS = 5;

export const dateOrder = check({
  id: 'answer/date-order',
  promise: 'Nothing ends before it starts, or was changed before it was made.',
  source: { kind: 'practice', ref: 'time passes in one direction only' },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 0 },
  messages: {
    'ends-before-it-starts': ({ times, first, second }) =>
      `things of its answer in which “${second}” is earlier than “${first}”: ${times}`,
    'changed-before-it-was-made': ({ times, first, second }) =>
      `things of its answer in which “${second}” is earlier than “${first}”: ${times}`,
  },
  run: withoutAsking(({ operation, host, body, own: { reply } }) => {
    const pairs = pairsOf(operation, host.contract);
    if (pairs.length === 0)
      return new NotApplicable('the contract describes no two dates of which one is the later one');
    if (body === undefined || reply.incomplete !== undefined) return inconclusive('its body is no JSON');
    const things = objectsIn(body);
    const broken = pairs.flatMap(({ code, first, second, toleranceMs }): Broken<Code>[] => {
      const wrong = things.filter((thing) => isBefore(thing[second], thing[first], toleranceMs));
      const facts = { times: count(wrong.length), first: nameOf(first), second: nameOf(second) };
      return wrong.length > 0 ? [{ code, facts }] : [];
    });
    if (broken.length > 0) return { kind: 'failed', broken: broken.slice(0, MOST_PAIRS) };
    const isShown = pairs.some(({ first, second }) =>
      things.some((thing) => typeof thing[first] === 'string' && typeof thing[second] === 'string'),
    );
    return isShown ? passed : inconclusive('nothing in its answer has both dates');
  }),
});

interface Pair {
  code: Code;
  first: string;
  second: string;
  toleranceMs: number;
}

/** A word of a name, and the words that are in its place for the time that comes later. */
const LATER: readonly {
  code: Code;
  words: Readonly<Record<string, readonly string[]>>;
  toleranceMs: number;
}[] = [
  {
    code: 'ends-before-it-starts',
    words: {
      start: ['end', 'finish', 'stop'],
      starts: ['ends'],
      started: ['ended', 'finished', 'stopped', 'completed'],
      begin: ['end'],
      begins: ['ends'],
      from: ['to', 'until', 'till', 'through'],
      since: ['until'],
      opened: ['closed'],
    },
    // Times of two members may be cut to whole seconds in different ways.
    toleranceMs: 1_000,
  },
  {
    code: 'changed-before-it-was-made',
    words: { created: ['updated', 'modified', 'changed', 'deleted'], inserted: ['updated'] },
    // Two machines may have written them, whose clocks differ a little.
    toleranceMs: 60_000,
  },
];

/** The pairs of members of which the contract says that both are days, or both are times, and whose names say which comes later. */
function pairsOf(operation: Operation, contract: Contract): Pair[] {
  const schemas = answeredSchemas(contract, operation);
  const formatOf = (name: string) => formatIn(schemas.get(name) ?? [], contract);
  const byWords = new Map([...schemas.keys()].map((name) => [wordsOf(name).join(' '), name]));
  return [...schemas.keys()].flatMap((first) => {
    const format = formatOf(first);
    const words = wordsOf(first);
    // What is moved goes from one time to another one, which may well be the earlier.
    if (format === undefined || words.some((word) => MOVES.has(word))) return [];
    return LATER.flatMap(({ code, words: later, toleranceMs }) =>
      words.flatMap((word, index) =>
        (Object.hasOwn(later, word) ? (later[word] ?? []) : []).flatMap((other): Pair[] => {
          const second = byWords.get(words.with(index, other).join(' '));
          return second !== undefined && formatOf(second) === format
            ? [{ code, first, second, toleranceMs }]
            : [];
        }),
      ),
    );
  });
}

const MOVES = new Set(['moved', 'move', 'rescheduled', 'postponed', 'shifted', 'transferred', 'changed']);

/** `startDate`, `start_date` and `Start-Date` have the same words. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** Where all that the contract says of a name is that it is a day, or a time: which of them. */
function formatIn(schemas: readonly Json[], { document }: Contract): string | undefined {
  const formats = new Set(
    schemas.map((schema) =>
      wholeOf(document, schema)
        .map((part) => part['format'])
        .find((format) => format === 'date' || format === 'date-time'),
    ),
  );
  const [format, ...others] = formats;
  return others.length === 0 && typeof format === 'string' ? format : undefined;
}

/** So many objects of an answer are looked at. */
const MOST_OBJECTS = 5_000;

function objectsIn(body: Json): JsonObject[] {
  const found: JsonObject[] = [];
  const open: Json[] = [body];
  for (let next = open.pop(); next !== undefined && found.length < MOST_OBJECTS; next = open.pop()) {
    if (isObject(next)) found.push(next);
    if (isObject(next)) open.push(...Object.values(next));
    else if (isArray(next)) open.push(...next);
  }
  return found;
}

function isBefore(second: Json | undefined, first: Json | undefined, toleranceMs: number): boolean {
  if (typeof first !== 'string' || typeof second !== 'string' || [first, second].some(isFiller)) return false;
  const ahead = laterBy(first, second);
  return ahead !== undefined && ahead > toleranceMs;
}

/** What stands for no date at all: the first days of a calendar, or its last ones. */
function isFiller(text: string): boolean {
  const year = Number(text.slice(0, 4));
  return year < 1971 || year > 2999;
}
