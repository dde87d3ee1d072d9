import type { Contract } from '../../contract/contract.js';
import { wholeOf } from '../../contract/follow.js';
import { answeredMembers, answeredSchemas } from '../../contract/member-names.js';
import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import { addToGroup } from '../../groups.js';
import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { plainName, singulars } from '../../probe/id-names.js';
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed, type Result } from '../check.js';
import { count, nameAmong, type Fact } from '../fact.js';
import { isEstimate } from '../list/estimate.js';
import { readsWith, type KeyOf } from '../reads.js';
import { jsonOf, type Subject } from '../subject.js';

type Code = 'fewer-than-there' | 'more-than-there' | 'other-than-listed';

export const countsAgree = check({
  id: 'read/counts-agree',
  promise: 'A member that counts things says how many of them are there.',
  source: { kind: 'practice', ref: 'a count is the number of what it counts' },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 3 },
  messages: {
    'fewer-than-there': ({ member, said, came }) =>
      `the member ${member} says ${said} where ${came} are beside it`,
    'more-than-there': ({ member, said, came }) =>
      `the member ${member} says ${said} where ${came} are beside it, and more are at other things of the answer`,
    'other-than-listed': ({ member, said, came }) =>
      `the member ${member} says ${said} where the list below the thing has ${came}`,
  },
  *run(subject) {
    const { contract } = subject.host;
    const schemas = answeredSchemas(contract, subject.operation);
    const nounOf = (name: string) => countedBy(name, schemas, contract);
    const pairs = pairsIn(subject, subject.body ?? null, nounOf);
    for (const [name, found] of pairs) {
      const broken = disagreeing(found);
      if (broken) return failed(broken.code, factsOf(subject, name, broken.said, broken.there));
    }
    const child = childOf(subject, nounOf);
    if (child) return yield* agreesWithList(subject, child);
    return pairs.size > 0 ? passed : new NotApplicable('it counts nothing that it shows as well');
  },
});

function factsOf(
  { host, operation }: Subject,
  name: string,
  said: number,
  came: number,
): Record<string, Fact> {
  const described = answeredMembers(host.contract, operation);
  return { member: nameAmong(described, name), said: count(said), came: count(came) };
}

/** What a count says, and how many there are. */
interface Pair {
  said: number;
  there: number;
}

/** The counts of an answer that are beside what they count, by their names. */
function pairsIn(subject: Subject, body: Json, nounOf: NounOf): Map<string, Pair[]> {
  const found = new Map<string, Pair[]>();
  // What says how many things a list has in all is the promise of another check.
  const listed = subject.list?.itemsOf(subject.body);
  const look = (value: Json, depth: number): void => {
    if (depth > DEEPEST) return;
    if (isArray(value)) for (const one of value) look(one, depth + 1);
    if (!isObject(value)) return;
    for (const [name, said] of Object.entries(value)) {
      look(said, depth + 1);
      const counted = isCount(said) ? nounOf(name) : undefined;
      const there = counted === undefined ? undefined : arrayOf(value, counted);
      if (isCount(said) && there && there !== listed) addToGroup(found, name, { said, there: there.length });
    }
  };
  look(body, 0);
  return found;
}

const DEEPEST = 6;

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** What a member counts, by its name. */
type NounOf = (name: string) => string | undefined;

/** What a member counts by its name: `trayCount`, `numberOfTrays`, `totalTrays`; undefined where it need not be exact. */
function countedBy(
  name: string,
  schemas: ReturnType<typeof answeredSchemas>,
  { document }: Contract,
): string | undefined {
  const [, behind, before] =
    /^(?:(.+)count|(?:numberof|numof|num|total|countof)(.+))$/.exec(plainName(name)) ?? [];
  const noun = behind ?? before;
  if (noun === undefined || noun.length < SHORTEST) return undefined;
  const stated = (schemas.get(name) ?? [])
    .flatMap((schema) => wholeOf(document, schema))
    .some(({ description }) => typeof description === 'string' && SAYS_OTHERWISE.test(description));
  return stated ? undefined : noun;
}

const SHORTEST = 3;

/** It need not be exact, or counts others than those that are shown. */
const SAYS_OTHERWISE =
  /\b(estimat\w*|approx\w*|about|roughly|rounded|cached|eventual\w*|may (lag|differ)|at least|up to|capped|unread|ever|archived|deleted|includ\w*|exclud\w*|active|open|visible|distinct|unique|maximum|allowed)\b/i;

function arrayOf(holder: JsonObject, noun: string): Json[] | undefined {
  const found = Object.entries(holder).find(
    ([name, value]) =>
      isArray(value) && singulars(plainName(name)).some((one) => singulars(noun).includes(one)),
  );
  return isArray(found?.[1]) ? found[1] : undefined;
}

/** The first pair that surely disagrees: fewer may be shown than there are, unless more are shown elsewhere. */
function disagreeing(pairs: readonly Pair[]): (Pair & { code: Code }) | undefined {
  const fewer = pairs.find(({ said, there }) => said < there);
  if (fewer) return { ...fewer, code: 'fewer-than-there' };
  const most = Math.max(...pairs.map(({ there }) => there));
  const more = pairs.filter(({ said, there }) => said > there && there < most);
  const [first] = more;
  return first && more.length >= LEAST_MORE ? { ...first, code: 'more-than-there' } : undefined;
}

/** So many things have to show less than they count: of a single one, some may be hidden. */
const LEAST_MORE = 2;

/** A count of a thing, and the list below the thing of what it counts. */
interface Child {
  name: string;
  list: Subject;
}

function childOf(subject: Subject, nounOf: NounOf): Child | undefined {
  const { body, list, host, operation } = subject;
  if (list || !isObject(body) || operation.method !== 'GET') return undefined;
  const below = readsWith(host.reads, thingOfList, pathOf(subject));
  for (const [name, said] of Object.entries(body)) {
    const noun = isCount(said) ? nounOf(name) : undefined;
    const found = below.find(
      (one) =>
        noun !== undefined &&
        singulars(plainName(one.collection ?? '')).some((word) => singulars(noun).includes(word)),
    );
    if (found) return { name, list: found };
  }
  return undefined;
}

/** The path of the thing below which a list is. */
const thingOfList: KeyOf = (read) => {
  const [path, end] = [pathOf(read), `/${read.collection ?? ''}`];
  return read.list && path.endsWith(end) ? path.slice(0, -end.length) : undefined;
};

function pathOf({ probe }: Subject): string {
  return new URL(probe.request.url).pathname.replace(/\/$/, '');
}

/** Reads the thing, its list, and the thing again: only what has stayed the same is compared. */
function* agreesWithList(
  subject: Subject,
  { name, list: child }: Child,
): Generator<Ask, Result<Code>, SeenReply> {
  const before = yield subject.request.same('the thing that counts', { fresh: true });
  const listed = yield child.request.same('the list of what is counted', { fresh: true });
  const after = yield subject.request.same('the thing that counts, again', { fresh: true });
  const [said, still] = [before, after].map(({ reply }) => {
    const body = reply.kind === 'answer' && isSuccess(reply.status) ? jsonOf(reply) : undefined;
    return isObject(body) ? body[name] : undefined;
  });
  const there = numberIn(child, listed);
  if (!isCount(said) || there === undefined)
    return inconclusive('it is not known how many things the list has');
  if (said === there) return passed;
  return said === still
    ? failed('other-than-listed', factsOf(subject, name, said, there))
    : inconclusive('the thing has changed in the meantime');
}

/** How many things a list has in all, where it says so or cannot have more than it shows. */
function numberIn({ list, operation, host }: Subject, { reply }: SeenReply): number | undefined {
  if (!list || reply.kind !== 'answer' || !isSuccess(reply.status)) return undefined;
  const body = jsonOf(reply);
  const total = list.totalOf(body, reply);
  if (total !== undefined) return isEstimate(host.contract, operation, body) ? undefined : total;
  const isWhole = list.nextOf(body, reply) === undefined && !list.page && !list.size;
  return isWhole ? list.itemsOf(body)?.length : undefined;
}
