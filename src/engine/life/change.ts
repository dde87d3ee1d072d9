import { NOT_TRIED, type Changed, type Life, type Moment, type ReadRecord } from '../../checks/life.js';
import { differences, isNothing, isSame, unlikeWhereSent } from '../../checks/state/as-sent.js';
import { isVersioned, strongTag, versionOf } from '../../checks/state/version.js';
import type { Operation } from '../../contract/operation.js';
import type { SeenReply } from '../../drive/seen.js';
import type { JsonObject } from '../../json.js';
import { replaced } from '../../probe/other-values.js';
import { sameShape } from '../../probe/path-index.js';
import { segmentsOf } from '../../probe/segments.js';
import { isSuccess } from '../../targets/reply.js';
import { probeFor, type Marked } from '../ask-writes.js';
import type { Step } from '../plan.js';
import type { Made } from '../created/made.js';
import { sendReady } from '../created/send.js';
import {
  type Taken,
  changesOf,
  foreignValues,
  holdsOneOf,
  mayBeDefaultOf,
  saysItReplaces,
  sentIn,
  takenBy,
} from './bodies.js';
import { lookBeside, type Beside } from './neighbour.js';
import { asideOf, change, readOf, recordIn, until, type Stage } from './stage.js';

/** A record that is about to be changed. */
interface Changing {
  thing: Made;
  /** What it was created with. */
  sent: JsonObject | undefined;
  /** Texts by which it is known. */
  kept: readonly string[];
  /** Another record, which is left alone. */
  beside: Beside | undefined;
}

/**
 * Changes a record by one operation, then once more in the same way, with a value of a member that is read-only, and on
 * a condition that no longer holds.
 */
export async function changeBy(
  step: Step,
  { thing, sent, kept, beside }: Changing,
  { declared }: Pick<Life, 'declared'>,
  stage: Stage,
): Promise<Changed | undefined> {
  const { made, ids, asking } = stage;
  const { operation } = step;
  const plain = probeFor(step, made, ids, asking);
  const taken = takenBy(operation, asking.contract);
  if ('why' in plain || !taken) return undefined;
  const before = await readOf(thing, 'read before a change', stage);
  const came = await firstTaken(
    changesOf(operation.method, { sent, example: sentIn(plain) }, taken, kept),
    plain,
    stage,
  );
  if (!came?.sent) return undefined;
  const { sent: body, heard } = came;
  const isKept = (one: ReadRecord | undefined) =>
    !one?.record || differences(body, one.record, declared, before?.record).length === 0;
  const after = isSuccess(heard.exchange.status)
    ? await until(() => readOf(thing, 'read after a change', stage), isKept, asking)
    : undefined;
  const changed: Changed = {
    ...{ operation, before: before?.record, readBefore: before?.heard, came, after },
    ...NOT_TRIED,
  };
  if (!after) return changed;
  const hasVersion = [before, after].every((one) => one !== undefined && isVersioned(versionOf(one)));
  const still = hasVersion ? await readOf(thing, 'read once more, without a change', stage) : undefined;
  const former = await readFormer(thing, { before, after }, stage);
  const neighbour = await lookBeside(beside, 'another record after a change', stage);
  const again = (await change(plain, body, { purpose: 'the same change again' }, stage))?.heard;
  const isAsAfter = (one: ReadRecord | undefined) =>
    !one?.record || !after.record || unlikeWhereSent(body, after.record, one.record).length === 0;
  return {
    ...{ ...changed, still, former, neighbour, again },
    repeated:
      operation.method === 'PUT' && again && isSuccess(again.exchange.status)
        ? await until(() => readOf(thing, 'read after the same change again', stage), isAsAfter, asking)
        : undefined,
    foreign: await sendForeign(plain, body, { thing, after, taken }, stage),
    stale: await sendStale(step, plain, body, { before: before?.heard, after: after.heard }, stage),
    replaced: await leaveOut(operation, plain, body, { thing, after, taken, kept, declared }, asideOf(stage)),
  };
}

/**
 * The version from before a change, where the contract has a read of versions below that of the record, and the present one
 * shows that it reads them.
 */
async function readFormer(
  { reading }: Made,
  { before, after }: { before: ReadRecord | undefined; after: ReadRecord },
  { asking }: Stage,
): Promise<Changed['former']> {
  const old = before && versionOf(before).id;
  const { id } = versionOf(after);
  if (!reading || old === undefined || id === undefined || old === id) return undefined;
  const operation = versionReadingOf(reading.operation, asking.contract.operations);
  if (!operation) return undefined;
  const word = segmentsOf(operation.path).at(-2) ?? '';
  const [url = '', path = ''] = [reading.request.url, reading.path.shown].map((one) =>
    one.replace(/\?.*$/, ''),
  );
  const below = asking.target.baseUrl.length;
  const read = (version: string, purpose: string) => {
    const sent = `${url}/${word}/${encodeURIComponent(version)}`;
    const ready = {
      operation,
      request: { ...reading.request, url: sent },
      path: { sent: sent.slice(below), shown: `${path}/${word}/‹version›` },
    };
    return sendReady(ready, purpose, true, asking);
  };
  const present = await read(id, 'the present version');
  if (!present || !isSuccess(present.exchange.status)) return undefined;
  const heard = await read(old, 'the version from before the change');
  return heard && { came: { heard, record: recordIn(heard, reading.operation) }, present };
}

/** What reads one version of what another operation reads: its path, a word for versions, and a parameter. */
function versionReadingOf({ path }: Operation, operations: readonly Operation[]): Operation | undefined {
  return operations.find((one) => {
    const word = segmentsOf(one.path).at(-2) ?? '';
    const bare = path.replace(/\/$/, '');
    return one.method === 'GET' && VERSIONS.test(word) && sameShape(one.path, `${bare}/${word}/{version}`);
  });
}

const VERSIONS = /^_?(?:history|versions?|revisions?)$/i;

/** A PUT without a member that the record has, where the contract says that it replaces the record. */
async function leaveOut(
  operation: Operation,
  plain: Marked,
  body: JsonObject,
  {
    thing,
    after,
    taken,
    kept,
    declared,
  }: Pick<Changing, 'thing' | 'kept'> & Pick<Life, 'declared'> & { after: ReadRecord; taken: Taken },
  stage: Stage,
): Promise<Changed['replaced']> {
  const { record } = after;
  if (operation.method !== 'PUT' || !record || !saysItReplaces(operation, stage.asking.contract))
    return undefined;
  const isKept = holdsOneOf(kept);
  const mayBeDefault = mayBeDefaultOf(operation, stage.asking.contract);
  const found = Object.entries(body).find(
    ([name, value]) =>
      declared.has(name) &&
      !isKept(value) &&
      !isNothing(value) &&
      !mayBeDefault(name, value) &&
      isSame(record[name] ?? null, value) &&
      taken.allows(replaced(body, [name], undefined)),
  );
  if (!found) return undefined;
  const [member, value] = found;
  const purpose = 'the same change without a member';
  const came = await change(plain, replaced(body, [member], undefined), { purpose }, stage);
  if (!came) return undefined;
  const isGone = (one: ReadRecord | undefined) => !isSame(one?.record?.[member] ?? null, value);
  const now = isSuccess(came.heard.exchange.status)
    ? await until(() => readOf(thing, 'read after that', stage), isGone, stage.asking)
    : undefined;
  // What follows is about a whole record again.
  await change(plain, body, { purpose: 'the whole of it again' }, stage);
  return now && { member, was: value, came: came.heard, after: now };
}

/** What is refused may be refused for one of its values: then the next body is tried. */
async function firstTaken(
  bodies: readonly JsonObject[],
  plain: Marked,
  stage: Stage,
): Promise<Moment | undefined> {
  let came: Moment | undefined;
  for (const body of bodies) {
    came = await change(plain, body, { purpose: 'a change' }, stage);
    if (came && isSuccess(came.heard.exchange.status)) break;
  }
  return came;
}

async function sendForeign(
  plain: Marked,
  body: JsonObject,
  { thing, after, taken }: { thing: Made; after: ReadRecord; taken: Taken },
  stage: Stage,
): Promise<Changed['foreign']> {
  const reading = thing.reading?.operation;
  if (!after.record || !reading) return undefined;
  for (const [member, value] of foreignValues(reading, after.record, stage.asking.contract)) {
    const whole = { ...body, [member]: value };
    // What the contract forbids for more than that a client may not set it says nothing.
    if (taken.breaks(whole).some((keyword) => keyword !== 'readOnly')) continue;
    const purpose = 'with a value of a member that is read-only';
    const came = await change(plain, whole, { purpose }, stage);
    const read = came && (await readOf(thing, 'read after that', stage));
    return read && { member, value, came: came.heard, after: read.record, read: read.heard };
  }
  return undefined;
}

async function sendStale(
  { operation }: Step,
  plain: Marked,
  body: JsonObject,
  { before, after }: { before: SeenReply | undefined; after: SeenReply },
  stage: Stage,
): Promise<SeenReply | undefined> {
  const isConditional = operation.parameters.some(
    ({ name, in: place }) => place === 'header' && name.toLowerCase() === 'if-match',
  );
  const [old, now] = [strongTag(before), strongTag(after)];
  if (!isConditional || old === undefined || now === undefined || old === now) return undefined;
  const headers = { 'if-match': old };
  const purpose = 'on the condition of an ETag from before';
  return (await change(plain, body, { purpose, headers }, stage))?.heard;
}
