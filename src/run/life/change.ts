import type { Changed, Life, Moment } from '../../checks/life.js';
import { differences } from '../../checks/state/as-sent.js';
import type { Heard } from '../../drive/seen.js';
import type { JsonObject } from '../../json.js';
import { header, isSuccess } from '../../target/reply.js';
import { probeFor, type Marked } from '../ask-writes.js';
import type { Step } from '../plan.js';
import type { Made } from '../things/made.js';
import { changesOf, foreignValues, sentIn, takenBy, type Taken } from './bodies.js';
import { change, readOf, until, type ReadRecord, type Stage } from './stage.js';

/** A record that is about to be changed. */
interface Changing {
  thing: Made;
  /** What it was created with. */
  sent: JsonObject | undefined;
  /** Texts by which it is known. */
  kept: readonly string[];
}

/**
 * Changes a record by one operation, then once more in the same way, with a value of a member that is read-only, and on
 * a condition that no longer holds.
 */
export async function changeBy(
  step: Step,
  { thing, sent, kept }: Changing,
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
    ...{ operation, before: before?.record, came, after },
    ...{ again: undefined, foreign: undefined, stale: undefined },
  };
  if (!after) return changed;
  return {
    ...changed,
    again: (await change(plain, body, { purpose: 'the same change again' }, stage))?.heard,
    foreign: await sendForeign(plain, body, { thing, after, taken }, stage),
    stale: await sendStale(step, plain, body, { before: before?.heard, after: after.heard }, stage),
  };
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
  { before, after }: { before: Heard | undefined; after: Heard },
  stage: Stage,
): Promise<Heard | undefined> {
  const isConditional = operation.parameters.some(
    ({ name, in: place }) => place === 'header' && name.toLowerCase() === 'if-match',
  );
  const [old, now] = [strongTag(before), strongTag(after)];
  if (!isConditional || old === undefined || now === undefined || old === now) return undefined;
  const headers = { 'if-match': old };
  const purpose = 'on the condition of an ETag from before';
  return (await change(plain, body, { purpose, headers }, stage))?.heard;
}

/** The ETag of an answer, where it may stand in If-Match (RFC 9110, section 13.1.1). */
function strongTag(heard: Heard | undefined): string | undefined {
  const tag = heard?.reply.kind === 'answer' ? header(heard.reply, 'etag') : undefined;
  return tag?.startsWith('"') === true ? tag : undefined;
}
