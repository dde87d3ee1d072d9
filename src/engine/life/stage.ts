import type { Moment, ReadRecord, Sight } from '../../checks/life.js';
import { resourceIn } from '../../checks/resource.js';
import type { Operation } from '../../contract/operation.js';
import type { SeenReply } from '../../drive/seen.js';
import { jsonOf } from '../../exchange/record.js';
import type { JsonObject } from '../../json.js';
import { listingOf } from '../../probe/creations.js';
import { idNames } from '../../probe/id-names.js';
import { parametersOf } from '../../probe/segments.js';
import { lastFixed } from '../../probe/sources.js';
import type { Value } from '../../probe/value.js';
import { fillersFor, probeFor, sendWrite, type Marked } from '../ask-writes.js';
import type { Asking } from '../observation.js';
import type { Step } from '../plan.js';
import { isShownIn } from '../shown-ids.js';
import { list, type Listed } from '../created/list.js';
import type { Made } from '../created/made.js';
import { sendReady, WAITS_MS } from '../created/send.js';
import { isWhole, sightInAll } from './whole-list.js';

/** What is there while a record lives: what the run has created, and how it asks. */
export interface Stage {
  /** The operation that creates the record. */
  creation: Step;
  /** Everything that was created for this life: it is removed at its end. */
  made: Made[];
  /** Ids from earlier answers, by operation. */
  ids: ReadonlyMap<string, Value[]>;
  asking: Asking;
  /** Asks in the same way, but what comes is held to no description: of a record that was made to lack something. */
  aside: Asking['conversation'];
}

/** The same, for records of which it is clear that they lack something. */
export function asideOf(stage: Stage): Stage {
  return { ...stage, asking: { ...stage.asking, conversation: stage.aside } };
}

/** A new request of the operation that creates the record; undefined where none can be made. */
export function newCreation({ creation, made, ids, asking }: Stage): Marked | undefined {
  const marked = probeFor(creation, made, ids, asking);
  return 'why' in marked ? undefined : marked;
}

/** @param before what the collection held, where it is known */
export async function create(
  marked: Marked,
  { creation, made, ids, asking }: Stage,
  before?: Listed,
): Promise<{ heard: SeenReply; thing: Made | undefined } | undefined> {
  const came = await sendWrite(creation, marked, { made, ids, listed: before }, asking);
  return came.asked ? { heard: came, thing: made.find(({ by }) => by === came) } : undefined;
}

/** Looks again until what is seen is as it should be, for as long as a host may lag. */
export async function until<Seen>(
  look: () => Promise<Seen>,
  isDone: (seen: Seen) => boolean,
  { clock, signal }: Asking,
): Promise<Seen> {
  for (let round = 0; ; round += 1) {
    const seen = await look();
    const wait = WAITS_MS[round];
    if (isDone(seen) || wait === undefined || signal.aborted) return seen;
    await clock.sleep(wait);
  }
}

/** Reads a record by its id; undefined where nothing reads it. */
export async function readOf(
  { reading }: Made,
  purpose: string,
  { asking }: Stage,
): Promise<ReadRecord | undefined> {
  const heard = reading && (await sendReady(reading, purpose, true, asking));
  return heard && { heard, record: recordIn(heard, reading.operation) };
}

/** The record in an answer: itself, or what is wrapped in it. */
export function recordIn({ reply }: SeenReply, { path }: Operation): JsonObject | undefined {
  if (reply.kind !== 'answer' || reply.status !== 200) return undefined;
  const collection = lastFixed(path);
  const names = idNames(parametersOf(path)?.at(-1) ?? 'id', collection);
  return resourceIn(jsonOf(reply), names, collection)?.members;
}

/** What the collection of the record holds; undefined where the contract has nothing that lists it. */
export function listed(
  marked: Marked,
  purpose: string,
  { creation, made, ids, asking }: Stage,
): Promise<Listed | undefined> {
  const { operation, write } = creation;
  return list(marked.probe, { operation, fillers: fillersFor(write, made, ids, asking), purpose }, asking);
}

/** Whether the list has a record, once it should have it or should not. */
export async function sightOf(
  thing: Made,
  marked: Marked,
  { purpose, isExpected }: { purpose: string; isExpected: boolean },
  stage: Stage,
): Promise<Sight | undefined> {
  const { creation, asking } = stage;
  const listing = listingOf(creation.operation, creation.write?.removal, asking.contract.operations);
  if (!listing) return undefined;
  const look = async (): Promise<Sight | undefined> => {
    const came = await listed(marked, purpose, stage);
    if (came?.body === undefined) return undefined;
    const whole = { ...came, body: came.body };
    const seen = {
      heard: came.heard,
      there: isShownIn(came.body, thing.value.sent),
      whole: isWhole(listing, whole, asking),
    };
    if (seen.there || seen.whole || !isExpected) return seen;
    return (await sightInAll(thing.value.sent, listing, whole, asking)) ?? seen;
  };
  const isDone = (seen: Sight | undefined) =>
    seen === undefined || seen.there === isExpected || (isExpected && !seen.whole);
  return until(look, isDone, asking);
}

/** Changes the record with a body. @returns undefined where the request was not let out */
export async function change(
  marked: Marked,
  body: JsonObject,
  { purpose, headers }: { purpose: string; headers?: Record<string, string> },
  { asking }: Stage,
): Promise<Moment | undefined> {
  const { probe } = withBody(marked, body, headers);
  const came = await asking.conversation.ask(
    { ...probe, role: 'control', purpose },
    { token: 'valid', repeatable: false, atMost: 'full' },
  );
  return 'withheld' in came ? undefined : { sent: body, heard: came };
}

/** A request with another body, and further headers. */
export function withBody(
  { probe, marker }: Marked,
  body: JsonObject | undefined,
  headers: Record<string, string> = {},
): Marked {
  const { request } = probe;
  return {
    marker,
    probe: {
      ...probe,
      request: {
        ...request,
        headers: { ...request.headers, ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
    },
  };
}

/** A request with another text as its body, which need be nothing that can be read, and of another type. */
export function withText({ probe, marker }: Marked, text: string, type?: string): Marked {
  const { request } = probe;
  const headers = type === undefined ? request.headers : { ...request.headers, 'content-type': type };
  return { marker, probe: { ...probe, request: { ...request, headers, body: text } } };
}
