import type { Attempt, Life, Twin, Unreadable, ValidAttempt } from '../../checks/life.js';
import { covers } from '../../contract/media-type.js';
import type { SeenReply } from '../../drive/seen.js';
import { jsonOf } from '../../exchange/record.js';
import { asText, isObject, type JsonObject } from '../../json.js';
import { brokenBodies } from '../../probe/broken-bodies.js';
import { harvest, harvestIds } from '../../probe/harvest.js';
import { largestBody } from '../../probe/largest-body.js';
import { lastFixed } from '../../probe/sources.js';
import { validBodies, type ValidBody } from '../../probe/valid-bodies.js';
import { isSuccess } from '../../targets/reply.js';
import type { Marked } from '../ask-writes.js';
import { recognisable } from '../creation.js';
import type { Listed } from '../created/list.js';
import type { Made } from '../created/made.js';
import { removeRest } from '../created/remove.js';
import { sentIn, takenBy, type Taken } from './bodies.js';
import { create, listed, newCreation, withBody, withText, type Stage } from './stage.js';

/** The same creation once more. @param thing what the first has made */
export async function twinOf(
  marked: Marked,
  thing: Made,
  before: Listed | undefined,
  stage: Stage,
): Promise<Twin | undefined> {
  const came = await create(marked, stage, before);
  if (!came) return undefined;
  if (came.thing) return { came: came.heard, same: false };
  return { came: came.heard, same: names(came.heard, thing) ? true : undefined };
}

/** Whether an answer names a thing that was there already. */
function names({ reply }: SeenReply, { value }: Made): boolean {
  const body = reply.kind === 'answer' && isSuccess(reply.status) ? jsonOf(reply) : undefined;
  const layers = isObject(body) ? [body, ...Object.values(body).filter(isObject)] : [];
  return layers.some((one) => Object.values(one).some((member) => asText(member) === value.sent));
}

/** Two creations with the same idempotency key, where the contract has a header for one. */
export async function keyedTwinOf(before: Listed | undefined, stage: Stage): Promise<Twin | undefined> {
  const { creation, asking } = stage;
  const parameter = creation.operation.parameters.find(
    ({ name, in: place }) => place === 'header' && /^(?:x-)?idempotency-?key$/i.test(name),
  );
  const other = parameter && newCreation(stage);
  if (!other) return undefined;
  const headers = { [parameter.name.toLowerCase()]: keyFrom(asking.chance(16)) };
  const keyed = withBody(other, sentIn(other), headers);
  const came = await create(keyed, stage, before);
  return came?.thing && twinOf(keyed, came.thing, before, stage);
}

/** A UUID of version 4 (RFC 9562, section 5.4), which most hosts want as a key. @param hex 32 digits */
function keyFrom(hex: string): string {
  const part = (from: number, to: number) => hex.slice(from, to);
  return [part(0, 8), part(8, 12), `4${part(13, 16)}`, `8${part(17, 20)}`, part(20, 32)].join('-');
}

/** A creation, what it sends, and what the contract says of that. */
interface Described {
  marked: Marked;
  body: JsonObject;
  taken: Taken;
}

/** @returns undefined where a new creation sends no JSON that is described */
function describedCreation(stage: Stage): Described | undefined {
  const marked = newCreation(stage);
  const body = marked && sentIn(marked);
  const taken = takenBy(stage.creation.operation, stage.asking.contract);
  return body && taken ? { marked, body, taken } : undefined;
}

/** Creations with bodies that the contract forbids, and whether anything came of those that were refused. */
export async function tryForbidden(
  before: Listed | undefined,
  stage: Stage,
): Promise<Pick<Life, 'attempts' | 'kept'>> {
  const attempts: Attempt[] = [];
  const given = describedCreation(stage);
  if (!given) return { attempts, kept: undefined };
  const { marked, body, taken } = given;
  for (const { how, member, body: broken } of brokenBodies(body, taken.breaks, marked.marker)) {
    const came = await create(withBody(marked, broken), stage, before);
    if (!came) continue;
    attempts.push({ how, member, came: came.heard });
    // One that is taken shows it; more of them would only fill the host.
    if (isSuccess(came.heard.exchange.status)) return { attempts, kept: undefined };
  }
  return { attempts, kept: attempts.length === 0 ? undefined : await keptOf(marked, before, stage) };
}

async function keptOf(marked: Marked, before: Listed | undefined, stage: Stage): Promise<Life['kept']> {
  const { creation, made } = stage;
  if (before?.body === undefined) return undefined;
  const after = await listed(marked, 'whether what was refused is there', stage);
  if (after?.body === undefined) return undefined;
  const { heard, body } = after;
  // Below a thing of the run nobody else creates anything; elsewhere only our own text shows whose a thing is.
  if ((creation.write?.creators.size ?? 0) === 0)
    return { heard, there: marked.marker !== undefined && JSON.stringify(body).includes(marked.marker) };
  const collection = lastFixed(creation.operation.path);
  const old = new Set(harvestIds(harvest(before.body, collection)));
  const isNew = (id: string) => !old.has(id) && !made.some(({ value }) => value.sent === id);
  return { heard, there: harvestIds(harvest(body, collection)).some(isNew) };
}

/** Creations with bodies that are said to be of a type that the contract has not, and that break off. */
export async function tryUnreadable(before: Listed | undefined, stage: Stage): Promise<Unreadable[]> {
  const described = Object.keys(stage.creation.operation.body?.content ?? {});
  const found: Unreadable[] = [];
  for (const how of ['other-type', 'broken-json'] as const) {
    if (how === 'other-type' && described.some((range) => covers(range, OTHER_TYPE))) continue;
    const given = describedCreation(stage);
    if (!given) return found;
    const { marked, body } = given;
    const text = JSON.stringify(body);
    const odd =
      how === 'other-type' ? withText(marked, text, OTHER_TYPE) : withText(marked, text.slice(0, -1));
    const came = await create(odd, stage, before);
    if (came) found.push({ how, came: came.heard });
  }
  return found;
}

/** One that no host reads as JSON by mistake, and that every host knows. */
const OTHER_TYPE = 'text/plain';

/** A creation with the longest texts and the largest numbers that the contract allows. */
export async function tryLargest(before: Listed | undefined, stage: Stage): Promise<SeenReply | undefined> {
  const given = describedCreation(stage);
  if (!given) return undefined;
  const { marked, body, taken } = given;
  const { creation, asking } = stage;
  const largest = largestBody(creation.operation, body, asking.contract, taken.allows);
  return largest && (await create(withBody(marked, largest), stage, before))?.heard;
}

/** So many refusals of what the contract allows say enough. */
const MOST_REFUSED = 3;

/**
 * Creations with bodies that the contract allows, each of a record of its own, which is removed at once. After a refusal a
 * plain one shows whether anything can still be created.
 */
export async function tryValid(before: Listed | undefined, stage: Stage): Promise<ValidAttempt[]> {
  const attempts: ValidAttempt[] = [];
  for (let place = 0; attempts.filter(isRefused).length < MOST_REFUSED; place += 1) {
    // Each has a text of its own: a host may want no two records of the same name.
    const given = describedCreation(stage);
    const one = given && variantsOf(given, stage)[place];
    if (!one) break;
    const came = await createdAlone(withBody(given.marked, one.body), before, stage);
    if (!came) break;
    const attempt: ValidAttempt = {
      ...{ how: one.how, member: one.path.join('.'), listed: one.listed, came, plainWorks: false },
    };
    attempts.push(attempt);
    if (!isRefused(attempt)) continue;
    const plain = newCreation(stage);
    const control = plain && (await createdAlone(plain, before, stage));
    attempt.plainWorks = isSuccess(control?.exchange.status ?? null);
    if (!attempt.plainWorks) break;
  }
  return attempts;
}

function variantsOf({ marked, body, taken }: Described, { creation, asking }: Stage): ValidBody[] {
  const kept = recognisable(body, marked.marker, asking.shown);
  return validBodies(creation.operation, body, asking.contract, { allows: taken.allows, kept });
}

function isRefused({ came }: Pick<ValidAttempt, 'came'>): boolean {
  return !isSuccess(came.exchange.status);
}

/** Creates a record and removes it at once: a host may hold few of them. */
async function createdAlone(
  marked: Marked,
  before: Listed | undefined,
  stage: Stage,
): Promise<SeenReply | undefined> {
  const came = await create(marked, stage, before);
  if (came?.thing) await removeRest([came.thing], stage.asking);
  return came?.heard;
}
