import { answeredMembers } from '../../contract/member-names.js';
import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import { isArray, isObject, type Json } from '../../json.js';
import { idNames } from '../../probe/id-names.js';
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { count, nameAmong } from '../fact.js';
import { textsOf, thingsOf } from '../list/thing.js';
import { referencesOf, type Reference } from '../references.js';
import { readsWith, type KeyOf } from '../reads.js';
import { jsonOf, type Subject } from '../subject.js';
import { resourceIn, type Resource } from '../resource.js';

/** So many relations of one list are looked at. */
const MOST_RELATIONS = 2;
/** So many things of each list are asked for. */
const PAGE = 100;
/** Fewer pairs show no rule. */
const LEAST_PAIRS = 20;
/** What is a rule has few exceptions. */
const LEAST_SHARE = 0.95;

export const reciprocal = check({
  id: 'read/reciprocal',
  promise: 'A thing that is named by another one names it back, where nearly all others do.',
  source: { kind: 'practice', ref: 'a relation is the same from both of its ends' },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 1 + MOST_RELATIONS + 2 },
  messages: {
    'one-sided': ({ member, back, held, pairs }) =>
      `the member ${member} names a thing whose member ${back} does not name the first one back, as it does in ${held} of ${pairs} such pairs`,
  },
  *run(subject) {
    const relations = relationsOf(subject).slice(0, MOST_RELATIONS);
    if (relations.length === 0) return new NotApplicable('nothing that it names is seen to name it back');
    const ones = yield* pageOf(subject, 'a page of the things that name others');
    let isRule = false;
    for (const relation of relations) {
      const others = yield* pageOf(relation.other, 'a page of the things that they name');
      const { pairs, held, oneSided } = pairsOf(relation, ones, others);
      if (pairs < LEAST_PAIRS || held / pairs < LEAST_SHARE) continue;
      isRule = true;
      const [first] = oneSided;
      if (!first) continue;
      // The two lists came one after the other, and either may show less of a thing than its read.
      const one = yield* readOf(subject, first.one);
      const other = yield* readOf(relation.other, first.other);
      if (!one || !other || !isOneSided(relation, { one, other }))
        return inconclusive('the reads of the two things do not show what the lists show');
      return failed('one-sided', {
        member: nameIn(subject, relation.path),
        back: nameIn(relation.other, relation.back),
        held: count(held),
        pairs: count(pairs),
      });
    }
    return isRule ? passed : inconclusive('too few pairs of things are seen that name each other as a rule');
  },
});

/** That things of a list name things of another list, which name them back. */
interface Relation {
  /** Where the things of the first list name those of the other one. */
  path: string;
  other: Subject;
  /** Where those of the other list name those of the first. */
  back: string;
}

/** The read of the things that a list lists. */
const thingListed: KeyOf = ({ list, item }) => (list ? item?.operation.id : undefined);

/** The relations that the answers of the run show, each at least once from both ends. */
function relationsOf(subject: Subject): Relation[] {
  const { list, item, host } = subject;
  if (!list || !item) return [];
  const named = new Map(
    allIn(subject).map((one) => [JSON.stringify([one.path, one.target.operation.id]), one]),
  );
  return [...named.values()].flatMap(({ path, target }): Relation[] => {
    const [other] = readsWith(host.reads, thingListed, target.operation.id);
    if (!other) return [];
    const backs = allIn(other).filter((one) => one.target.operation.id === item.operation.id);
    return [...new Set(backs.map((one) => one.path))].map((back) => ({ path, other, back }));
  });
}

function allIn(subject: Subject): Reference[] {
  return (thingsOf(subject, subject.body) ?? []).flatMap((thing) => {
    const members = thingOf(subject, thing)?.members;
    return members ? referencesOf(subject, members) : [];
  });
}

function thingOf({ item, collection }: Subject, value: Json | undefined): Resource | undefined {
  return item && resourceIn(value, idNames(item.parameter, collection), collection);
}

/** A thing, and what it names. */
interface Naming {
  /** As it is sent. */
  id: string;
  /** As it is compared: in lower case, like those that it names. */
  key: string;
  /** The ids that it names, by the paths of its members. A list of nothing names nothing, and null leaves it open. */
  names: ReadonlyMap<string, ReadonlySet<string>>;
  /** All texts in it, without the type before an id, in lower case. */
  texts: ReadonlySet<string>;
}

function namingIn(subject: Subject, value: Json | undefined): Naming | undefined {
  const thing = thingOf(subject, value);
  const [first] = thing?.ids ?? [];
  if (!thing || !first) return undefined;
  const names = new Map([...emptyIn(thing.members)].map((path) => [path, new Set<string>()]));
  for (const { path, id } of referencesOf(subject, thing.members))
    names.set(path, (names.get(path) ?? new Set()).add(id.toLowerCase()));
  const texts = textsOf(thing.members).map((text) => text.replace(/^[A-Z][A-Za-z]*\//, '').toLowerCase());
  return { id: first.id, key: first.id.toLowerCase(), names, texts: new Set(texts) };
}

const DEEPEST = 4;

/** The paths of the lists of nothing in a value. */
function* emptyIn(value: Json, path: readonly string[] = []): Generator<string> {
  if (path.length > DEEPEST) return;
  if (isArray(value) && value.length === 0) yield path.join('.');
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) yield* emptyIn(member, [...path, name]);
}

function* pageOf(subject: Subject, purpose: string): Generator<Ask, Naming[], SeenReply> {
  const { list, request } = subject;
  const maximum = list?.size?.schema['maximum'];
  const size = typeof maximum === 'number' ? Math.min(PAGE, maximum) : PAGE;
  const { reply } = yield request.same(
    purpose,
    list?.size ? { query: { [list.size.name]: String(size) } } : {},
  );
  if (reply.kind !== 'answer' || !isSuccess(reply.status)) return [];
  return (thingsOf(subject, jsonOf(reply)) ?? []).flatMap((thing) => namingIn(subject, thing) ?? []);
}

function* readOf(subject: Subject, { id }: Naming): Generator<Ask, Naming | undefined, SeenReply> {
  const { item, host, request } = subject;
  if (!item) return undefined;
  const { reply } = yield request.same('one of the two things', {
    below: { sent: id, shown: host.pseudonyms.of(item.parameter, id) },
    operation: item.operation.id,
    fresh: true,
  });
  if (reply.kind !== 'answer' || !isSuccess(reply.status)) return undefined;
  const found = namingIn(subject, jsonOf(reply));
  return found?.id === id ? found : undefined;
}

interface Pair {
  one: Naming;
  other: Naming;
}

interface Pairs {
  pairs: number;
  /** How many of them name each other. */
  held: number;
  oneSided: Pair[];
}

/** The pairs of things of which the first names the other one, and that one says what it names. */
function pairsOf({ path, back }: Relation, ones: readonly Naming[], others: readonly Naming[]): Pairs {
  const byKey = new Map(others.map((other) => [other.key, other]));
  const longest = Math.max(...others.map(({ names }) => names.get(back)?.size ?? 0));
  const found: Pairs = { pairs: 0, held: 0, oneSided: [] };
  for (const one of ones) {
    for (const key of one.names.get(path) ?? []) {
      const other = byKey.get(key);
      const named = other?.names.get(back);
      if (!other || !named) continue;
      const holds = named.has(one.key);
      // A list that has as many as the longest one may be cut, and an id of another form may be elsewhere.
      const isOpen = (longest > 1 && named.size === longest) || other.texts.has(one.key);
      if (!holds && isOpen) continue;
      found.pairs += 1;
      if (holds) found.held += 1;
      else found.oneSided.push({ one, other });
    }
  }
  return found;
}

function isOneSided({ path, back }: Relation, { one, other }: Pair): boolean {
  const named = other.names.get(back);
  return one.names.get(path)?.has(other.key) === true && named !== undefined && !other.texts.has(one.key);
}

function nameIn({ host, operation }: Subject, path: string) {
  return nameAmong(answeredMembers(host.contract, operation), path.split('.').at(-1) ?? '');
}
