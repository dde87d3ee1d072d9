import { answeredSchemas } from '../../contract/member-names.js';
import { wholeOf } from '../../contract/follow.js';
import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { idNames } from '../../probe/id-names.js';
import { isSaneId } from '../../probe/segments.js';
import { isOfNothing, isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed, type Result } from '../check.js';
import { nameOf, status } from '../fact.js';
import { jsonOf, type Subject } from '../subject.js';
import { resourceIn } from '../resource.js';

type Code = 'gone' | 'flips' | 'moves';

export const readIsPure = check({
  id: 'read/read-is-pure',
  promise: 'To read a thing changes nothing of it.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 9.2.1',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 3 },
  messages: {
    gone: ({ came }) => `a thing that was just read by its id is answered with ${came} when it is read again`,
    flips: ({ member }) =>
      `the member ${member}, which the contract describes as one of a few values, is another one at each of three reads in a row`,
    moves: ({ member }) => `the number ${member} moves on by the same step at each of three reads in a row`,
  },
  *run(subject) {
    const { operation, list, item, body } = subject;
    if (operation.method !== 'GET') return new NotApplicable('only what GET reads is read again');
    if (list && item) return yield* isKept(subject, item.parameter, item.operation.id);
    if (list || !isObject(body)) return new NotApplicable('its answer is not that of one thing');
    return yield* staysTheSame(subject);
  },
});

/** Reads a thing of a list twice: what is removed by being read is gone the second time. */
function* isKept(
  { list, body, collection, host, request }: Subject,
  parameter: string,
  operation: string,
): Generator<Ask, Result<Code> | NotApplicable, SeenReply> {
  const names = idNames(parameter, collection);
  const ids = (list?.itemsOf(body) ?? []).flatMap(
    (one) => resourceIn(one, names, collection)?.ids[0]?.id ?? [],
  );
  // Other checks have read the first ones: those may be gone already.
  const last = [...new Set(ids.filter(isSaneId))].reverse().slice(0, 2);
  if (last.length === 0) return new NotApplicable('it lists nothing with an id');
  for (const id of last) {
    const below = { sent: id, shown: host.pseudonyms.of(parameter, id) };
    const first = yield request.same('a thing of the list', { below, operation, fresh: true });
    if (first.reply.kind !== 'answer' || !isSuccess(first.reply.status)) continue;
    if (jsonOf(first.reply) === undefined) continue;
    const second = yield request.same('the same thing again', { below, operation, fresh: true });
    const { reply } = second;
    if (reply.kind !== 'answer') return inconclusive('it did not answer when it was asked again');
    if (isOfNothing(reply.status)) return failed('gone', { came: status(reply.status) });
    return isSuccess(reply.status) ? passed : inconclusive('it did not answer with the thing again');
  }
  return inconclusive('no thing of the list could be read by its id');
}

/** Reads one thing three times in a row, and looks for what each of these reads has changed. */
function* staysTheSame(subject: Subject): Generator<Ask, Result<Code> | NotApplicable, SeenReply> {
  const members = judgedMembers(subject);
  if (members.size === 0)
    return new NotApplicable('the contract describes no member of it that could be judged');
  const read: JsonObject[] = [];
  for (let time = 0; time < READS; time += 1) {
    const { reply } = yield subject.request.same('the same again', { fresh: true });
    const body = reply.kind === 'answer' && isSuccess(reply.status) ? jsonOf(reply) : undefined;
    if (!isObject(body)) return inconclusive('it answered otherwise when it was asked again');
    read.push(body);
  }
  const values = (path: Path) => read.map((body) => path.reduce<Json | undefined>(memberOf, body));
  for (const path of pathsIn(read[0] ?? {})) {
    const name = path.at(-1) ?? '';
    const kind = members.get(name);
    if (kind === 'choice' && areAllOther(values(path))) return failed('flips', { member: nameOf(name) });
    if (kind === 'number' && isStepped(values(path))) return failed('moves', { member: nameOf(name) });
  }
  return passed;
}

const READS = 3;

type Path = readonly string[];

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The members of a thing, and of what it is wrapped in or holds directly. */
function pathsIn(body: JsonObject): Path[] {
  return Object.entries(body).flatMap(([name, value]): Path[] =>
    isObject(value) ? Object.keys(value).map((inner) => [name, inner]) : [[name]],
  );
}

/** Whether a value is another one than that before it at each read. */
function areAllOther(values: readonly (Json | undefined)[]): boolean {
  const [one, two, three] = values;
  const isChoice = (value: Json | undefined) => typeof value === 'string' || typeof value === 'boolean';
  return values.every(isChoice) && one !== two && two !== three;
}

/** Whether numbers go up, or down, by one and the same step. */
function isStepped([one, two, three]: readonly (Json | undefined)[]): boolean {
  const isWhole = [one, two, three].every((value) => Number.isSafeInteger(value));
  if (!isWhole || typeof one !== 'number' || typeof two !== 'number' || typeof three !== 'number')
    return false;
  return two !== one && three - two === two - one && Math.abs(one) < TIME;
}

/** Numbers from here on are more likely those of a clock. */
const TIME = 1_000_000_000;

/** The members that say what state a thing is in: one of a few values, or a whole number. */
function judgedMembers({ host: { contract }, operation }: Subject): Map<string, 'choice' | 'number'> {
  const found = new Map<string, 'choice' | 'number'>();
  for (const [name, schemas] of answeredSchemas(contract, operation)) {
    if (VARIES.test(name)) continue;
    const parts = schemas.flatMap((schema) => wholeOf(contract.document, schema));
    const stated = parts.map(({ description }) => description).filter((text) => typeof text === 'string');
    if (stated.some((text) => SAID_TO_VARY.test(text))) continue;
    if (parts.some((part) => isArray(part['enum']) || part['type'] === 'boolean')) found.set(name, 'choice');
    else if (parts.some((part) => part['type'] === 'integer')) found.set(name, 'number');
  }
  return found;
}

/** Names of what may be another one at any time, or is meant to count reads. */
const VARIES =
  /time|stamp|date|now|age$|ttl|expir|elapsed|duration|latency|remain|quota|usage|used|view|visit|hits?$|read|access|request|seq|nonce|random|counter|tick|node|server|host|region|cache|trace|load|online|health|sensor|position/i;

const SAID_TO_VARY =
  /\b(random|varies|viewed|clock|(each|every) (read|request|call|time)|(views|reads|visits|requests))\b/i;
