import type { Operation } from '../contract/operation.js';
import { IDEMPOTENT_METHODS } from '../contract/methods.js';
import { pathBelow } from '../contract/operation-at.js';
import { jsonOf } from '../exchange/record.js';
import { asText, parseJson, type Json } from '../json.js';
import { fill, type Fillers, type Probe } from '../probe/build.js';
import { listingOf, readingOf, type RealWrite } from '../probe/creations.js';
import {
  fitTemplate,
  isTakenBefore,
  parameterIn,
  parametersOf,
  pathFor,
  segmentsOf,
} from '../probe/segments.js';
import { sameShape } from '../probe/path-index.js';
import type { Value } from '../probe/value.js';
import { familyOf } from '../request/body/media-types.js';
import { isSuccess, requestText, type HttpRequest, type Reply } from '../target/reply.js';
import { creationOf, mayHaveCreated, readBack, recognisable, type ReadBack } from './creation.js';
import type { Heard } from '../drive/seen.js';
import type { Asked, Asking } from './observation.js';
import type { Ready } from './ready.js';
import { isShownIn } from './shown-ids.js';

/** One thing that the run has created: that this is so is proven as far as the target lets it be. */
export interface Made {
  by: Asked;
  value: Value;
  entry: number;
  /** The request that removes it; undefined when it may stay. */
  removal: Ready | undefined;
  /** The request that reads it; undefined when the contract has none. */
  reading: Ready | undefined;
  removed: boolean;
}

/** What is known of a creation that has been sent. */
export interface Sent {
  observation: Asked;
  /** The number of its entry in the journal. */
  entry: number;
  write: RealWrite | undefined;
  /** Our marker, when the body holds it. */
  marker: string | undefined;
  made: readonly Made[];
  /** Values of things that were created before. */
  fillers: Fillers;
  /** What its collection held before. */
  listed: Listed | undefined;
}

/** What a collection holds, as far as it could be listed. */
export interface Listed {
  /** What was asked. */
  probe: Probe;
  heard: Heard;
  /** Undefined where the listing failed. */
  body: Json | undefined;
}

/** Asks what lists the things of a collection. */
export async function list(
  { request }: Pick<Probe, 'request'>,
  { operation, fillers, purpose }: { operation: Operation; fillers: Fillers; purpose: string },
  asking: Asking,
): Promise<Listed | undefined> {
  const removal = asking.writes.get(operation.id)?.removal;
  const listing = listingOf(operation, removal, asking.contract.operations);
  if (!listing) return undefined;
  const values = valuesOf(request, operation, asking);
  const filled = fill(listing, {
    ...fillers,
    harvested: (_, parameter) => {
      const sent = values?.get(sameName(listing, operation, parameter) ?? '');
      return sent === undefined ? undefined : shownAs(sent, parameter, [], asking);
    },
  });
  if (!filled.ok || filled.path.sent.includes('{')) return undefined;
  const { baseUrl } = asking.target;
  const came = await asking.conversation.ask(
    {
      operation: listing.id,
      role: 'control',
      purpose,
      request: { method: 'GET', url: baseUrl + filled.path.sent, headers: filled.headers },
      shown: baseUrl + filled.path.shown,
    },
    { token: 'valid', repeatable: true },
  );
  if ('withheld' in came) return undefined;
  const { reply } = came;
  return {
    probe: came.probe,
    heard: came,
    body: reply.kind === 'answer' && isSuccess(reply.status) ? jsonOf(reply) : undefined,
  };
}

/**
 * Finds out what a request has created, and notes in the journal how it is removed. What is not surely a thing of the
 * run is left as it is, and reported.
 */
export async function remember(reply: Reply, sent: Sent, asking: Asking): Promise<Made | undefined> {
  const { observation, entry, write } = sent;
  const { operation, manner } = observation.step;
  const nothing = (): Made | undefined => {
    asking.journal.created(entry, undefined);
    return undefined;
  };
  // The journal keeps the entry open, and cleanup reports it.
  const unclear = (why: string): Made | undefined => {
    asking.onLeft({ operation: operation.id, why, journal: true });
    return undefined;
  };
  if (reply.kind !== 'answer') {
    if (reply.phase === 'connect') return nothing();
    return unclear('no answer came, so something may have been created');
  }
  if (!mayHaveCreated(reply.status)) return nothing();
  const { status } = reply;
  if (asking.policy !== 'full') {
    return unclear(
      `a body that the contract forbids was answered with ${status}: what it has created is not removed, because the policy of the run does not go that far`,
    );
  }
  const removal = write?.removal;
  if (!removal && !write?.leaves) {
    return unclear(
      manner === 'forbidden-body' && operation.method !== 'POST'
        ? `a body that the contract forbids was answered with ${status}, so something may have been created`
        : `it was answered with ${status}, and nothing is known that removes what it creates`,
    );
  }
  const { template, id, read } = namingOf(operation, write, asking);
  const isOurs = (text: string) => isOfRun(text, observation, sent.made);
  const known = knownValues(sent, asking);
  if (!known) return unclear('the ids of what it stands below are not known any more');
  const created = creationOf(reply, {
    template,
    id,
    parts: [...(removal?.others ?? [])].filter(([, { of }]) => of === 'answer').map(([name]) => name),
    known: new Map([...known].map(([name, value]) => [name, value.sent])),
    baseUrl: asking.target.baseUrl,
    requestUrl: observation.probe.request.url,
    // What the run has created itself may have been shown since.
    shown: { has: (text) => asking.shown.has(text) && !isOurs(text) },
  });
  if (created.kind === 'nothing') return nothing();
  if (created.kind === 'unclear') {
    if (removal) return unclear(created.why);
    return leave(undefined, sent, asking);
  }
  const values = new Map(
    [...created.values].map(([name, text]) => [
      name,
      known.get(name) ?? shownAs(text, name === id ? kindOf(operation) : name, sent.made, asking),
    ]),
  );
  const value = values.get(id);
  if (!value) return unclear('its answer does not tell by which id it could be removed');
  // The same creation again may be answered with what is there already.
  if (isOurs(value.sent)) return nothing();
  const remover = removal?.remover;
  const made: Made = {
    by: observation,
    value,
    entry,
    removal: remover && readyFor(remover, values, sent, asking),
    reading: read && readyFor(read, renamed(read, template, values), sent, asking),
    removed: false,
  };
  if (remover && !made.removal)
    return unclear('no path that removes it, and nothing else, can be made of the id in its answer');
  const texts = recognisable(sentValue(observation.probe.request), sent.marker, asking.shown);
  const proof = await prove(made, { texts, above: [...known.values()], sent }, asking);
  if (proof !== 'ours') {
    if (proof === 'not there' && made.reading) observation.unseen = made.reading;
    if (!removal) return leave(undefined, sent, asking);
    if (proof === 'not readable')
      return unclear('nothing that may be read shows it, so it is not sure that this run has created it');
    return unclear(
      proof === 'not there'
        ? 'what its answer names cannot be found, so it is not known what was created'
        : 'what its answer names does not show what was sent, so it may not be a thing of this run',
    );
  }
  // From here on the gate lets the thing be changed and removed.
  for (const [name, text] of created.values) if (!known.has(name)) asking.created.add(text);
  if (!made.removal || !remover) return leave(made, sent, asking);
  asking.journal.created(entry, {
    method: made.removal.request.method,
    path: made.removal.path.sent,
    operation: remover.id,
    // What the environment holds is written nowhere.
    shows: texts.filter((text) => !Object.values(asking.environment).includes(text)),
  });
  return made;
}

/** Whether an id is that of a thing that the run has created by the same operation, and that is still there. */
function isOfRun(text: string, { step }: Asked, made: readonly Made[]): boolean {
  return made.some(
    ({ value, by, removed }) => !removed && value.sent === text && by.step.operation.id === step.operation.id,
  );
}

/** What may stay by the samples needs no entry in the journal; it is reported all the same. */
function leave(made: Made | undefined, { observation, entry }: Sent, asking: Asking): Made | undefined {
  asking.journal.created(entry, undefined);
  asking.onLeft({
    operation: observation.step.operation.id,
    why: 'what it has created stays, as samples.yaml allows',
    journal: false,
  });
  return made;
}

/** The path under which a thing stands, the parameter that names it there, and what reads it. */
function namingOf(operation: Operation, write: RealWrite | undefined, { contract }: Asking) {
  const { removal } = write ?? {};
  if (removal) {
    const template = removal.remover.path;
    return { template, id: removal.id, read: readingOf(template, removal.id, contract.operations) };
  }
  const item = `/${[...segmentsOf(operation.path), '{}'].join('/')}`;
  const read = contract.operations.find(
    ({ method, safe, path }) => method === 'GET' && safe && sameShape(path, item),
  );
  return { template: read?.path, id: parametersOf(read?.path ?? '')?.at(-1) ?? 'id', read };
}

/** The values of the parameters that name what a thing stands below; undefined when one is not known. */
function knownValues(
  { observation, write, made, fillers }: Sent,
  asking: Asking,
): Map<string, Value> | undefined {
  const own = valuesOf(observation.probe.request, observation.step.operation, asking);
  if (!own) return undefined;
  const known = new Map<string, Value>();
  for (const [name, binding] of write?.removal?.others ?? []) {
    if (binding.of === 'answer') continue;
    const text = binding.of === 'creation' ? own.get(binding.parameter) : undefined;
    const value =
      binding.of === 'made' ? fillers.found(binding.by.id) : text && shownAs(text, name, made, asking);
    if (value === undefined || value === '') return undefined;
    known.set(name, value);
  }
  if (!write?.removal) for (const [name, text] of own) known.set(name, shownAs(text, name, made, asking));
  return known;
}

/** The values of the path parameters of a request that was made for an operation. */
function valuesOf({ url }: HttpRequest, operation: Operation, { target }: Asking) {
  return fitTemplate(operation.path, pathBelow(url, target.baseUrl));
}

function shownAs(sent: string, kind: string, made: readonly Made[], asking: Asking): Value {
  return (
    made.find(({ value }) => value.sent === sent)?.value ?? { sent, shown: asking.pseudonyms.of(kind, sent) }
  );
}

function kindOf({ path }: Operation): string {
  return segmentsOf(path).findLast((segment) => !segment.startsWith('{')) ?? 'thing';
}

/** The parameter of another operation that stands at the place of this one. */
function sameName(operation: Operation, other: Operation, parameter: string): string | undefined {
  const place = segmentsOf(operation.path).indexOf(`{${parameter}}`);
  return parameterIn(segmentsOf(other.path)[place] ?? '');
}

/** Values by the names that the parameters have in an operation whose path begins as the template does. */
function renamed(operation: Operation, template: string | undefined, values: ReadonlyMap<string, Value>) {
  const theirs = segmentsOf(template ?? '');
  const found = new Map<string, Value>();
  for (const [place, segment] of segmentsOf(operation.path).entries()) {
    const name = parameterIn(segment);
    const value = values.get(parameterIn(theirs[place] ?? '') ?? '');
    if (name !== undefined && value) found.set(name, value);
  }
  return found;
}

/** The request of an operation on exactly the thing of these values; undefined when there is no such request. */
function readyFor(
  operation: Operation,
  values: ReadonlyMap<string, Value>,
  { fillers, observation }: Sent,
  asking: Asking,
): Ready | undefined {
  const { baseUrl } = asking.target;
  const path = pathFor(baseUrl, operation.path, new Map([...values].map(([name, { sent }]) => [name, sent])));
  const others = asking.contract.operations.filter(({ method }) => method === operation.method);
  if (
    path === undefined ||
    isTakenBefore(
      operation.path,
      path,
      others.map((other) => other.path),
    )
  )
    return undefined;
  const created = [...values.values()].at(-1);
  const filled = fill(operation, {
    ...fillers,
    harvested: (_, parameter) => values.get(parameter),
    found: (from) => (from === observation.step.operation.id ? created : fillers.found(from)),
  });
  if (!filled.ok || filled.path.sent.replace(/\?.*$/, '') !== path) return undefined;
  return {
    operation,
    path: filled.path,
    request: {
      method: operation.method,
      url: baseUrl + filled.path.sent,
      headers: filled.headers,
      ...(filled.body === undefined ? {} : { body: filled.body }),
    },
  };
}

/** The value of a body as it was sent. */
function sentValue(request: HttpRequest): Json | undefined {
  const text = requestText(request);
  if (text === undefined) return undefined;
  const type = request.headers['content-type'] ?? '';
  // The texts of the parts of a form, or between the tags of XML, stand between their ends.
  if (familyOf(type) === 'multipart')
    return text.split('\r\n').filter((line) => !/^(?:--|Content-)/.test(line));
  return parseJson(text) ?? [...new URLSearchParams(text).values()];
}

/**
 * Reads a thing until it is there, a few times. Where nothing reads it, it has to stand in the list now, in which it did
 * not stand before. On a server that the run has started itself everything is of the run, and so is what is removed from
 * below a thing of the run.
 * @param above the values that name what it stands below
 */
async function prove(
  made: Made,
  { texts, above, sent }: { texts: readonly string[]; above: readonly Value[]; sent: Sent },
  asking: Asking,
): Promise<ReadBack> {
  for (let round = 0; made.reading; round += 1) {
    const reply = await read(made, 'is it ours', asking);
    const proof =
      reply.kind === 'answer' ? readBack(reply.status, textOf(reply), texts) : readBack(null, '', texts);
    if (proof === 'not readable') break;
    const wait = WAITS_MS[round];
    if (proof !== 'not there' || wait === undefined) return proof;
    await asking.clock.sleep(wait);
  }
  const isBelowOurs = above.some(({ sent: id }) =>
    sent.made.some((one) => !one.removed && one.value.sent === id),
  );
  if (asking.target.serve !== undefined || isBelowOurs) return 'ours';
  if (sent.listed?.body === undefined) return 'not readable';
  const { operation } = sent.observation.step;
  const { fillers } = sent;
  const now = await list(sent.observation.probe, { operation, fillers, purpose: 'is it ours' }, asking);
  if (now) made.by.after = [...(made.by.after ?? []), now.heard.exchange];
  return isShownIn(now?.body, made.value.sent) ? 'ours' : 'not readable';
}

/** How long what a host lags behind is waited for, look after look: three seconds in all. */
export const WAITS_MS: readonly number[] = [300, 600, 900, 1200];

/** What an answer says, as it stands there and as JSON reads it. */
export function textOf(reply: Reply): string {
  if (reply.kind !== 'answer') return '';
  const value = jsonOf(reply);
  const strings: string[] = [];
  const collect = (one: unknown): void => {
    if (typeof one === 'string') strings.push(one);
    else if (typeof one === 'object' && one !== null) Object.values(one).forEach(collect);
  };
  collect(value);
  return [reply.body.toString('utf8'), ...strings].join('\n');
}

async function read({ by, reading }: Made, purpose: string, asking: Asking): Promise<Reply> {
  if (!reading) throw new Error('nothing reads it');
  return send(by, reading, purpose, true, asking);
}

/** That nothing was sent: for what it was sent for, the same as no answer. */
const WITHHELD: Reply = {
  kind: 'silence',
  at: new Date(0),
  durationMs: 0,
  code: 'WITHHELD',
  phase: 'aborted',
};

async function send(
  by: Asked,
  ready: Ready,
  purpose: string,
  repeatable: boolean,
  asking: Asking,
): Promise<Reply> {
  const came = await sendReady(ready, purpose, repeatable, asking);
  if (!came) return WITHHELD;
  by.after = [...(by.after ?? []), came.exchange];
  return came.reply;
}

/** Sends a request that reads or removes a thing of the run. @returns undefined where it was not let out */
export async function sendReady(
  { request, path, operation }: Ready,
  purpose: string,
  repeatable: boolean,
  asking: Asking,
): Promise<Heard | undefined> {
  const probe: Probe = {
    operation: operation.id,
    role: 'control',
    purpose,
    request,
    shown: asking.target.baseUrl + path.shown,
  };
  const came = await asking.conversation.ask(probe, {
    token: 'valid',
    repeatable,
    evenWhenStopped: true,
    ...(operation.safe ? {} : { kind: 'removal', atMost: 'full' }),
  });
  return 'withheld' in came ? undefined : came;
}

/** Removes what is still there, the newest first. What cannot be removed is reported. */
export async function removeRest(made: readonly Made[], asking: Asking): Promise<void> {
  for (const one of made.filter(({ removed }) => !removed).toReversed()) {
    const { removal } = one;
    if (!removal) continue;
    const { method } = removal.request;
    const reply = await send(one.by, removal, 'removal', IDEMPOTENT_METHODS.has(method), asking);
    if (await isGone(one, reply, asking)) continue;
    const what = reply.kind === 'answer' ? `was answered with ${reply.status}` : 'got no answer';
    tell(one, `its removal ${what}`, asking);
  }
}

/**
 * Notes that a removal was obeyed, after a look whether it was.
 * @returns whether it was answered as one that was
 */
export async function isGone(one: Made, reply: Reply, asking: Asking): Promise<boolean> {
  if (reply.kind !== 'answer') return false;
  const wasNot = reply.status === 404 || reply.status === 410;
  if (!isSuccess(reply.status) && !wasNot) return false;
  one.removed = true;
  for (let round = 0; one.reading; round += 1) {
    if (!hasSucceeded(await read(one, 'is it gone', asking))) break;
    const wait = WAITS_MS[round];
    if (wait === undefined) {
      tell(one, 'it can still be read after its removal', asking);
      return true;
    }
    // A removal may be no more than accepted (RFC 9110, section 9.3.5).
    await asking.clock.sleep(wait);
  }
  asking.journal.removed(one.entry);
  return true;
}

function tell({ by }: Made, why: string, asking: Asking): void {
  asking.onLeft({ operation: by.step.operation.id, why, journal: true });
}

export function hasSucceeded(reply: Reply): boolean {
  return reply.kind === 'answer' && isSuccess(reply.status);
}

/** The thing that a request removes: exactly this one, with exactly this method. */
export function removedBy({ method, url }: HttpRequest, made: readonly Made[]): Made | undefined {
  return made.find(
    ({ removed, removal }) => !removed && removal?.request.method === method && removal.request.url === url,
  );
}

/** The value of a sample that is written down, as it stands in a path. */
export function literal(sample: unknown): string | undefined {
  return typeof sample === 'string' || typeof sample === 'number' || typeof sample === 'boolean'
    ? asText(sample)
    : undefined;
}
