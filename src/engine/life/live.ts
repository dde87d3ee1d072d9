import { validAccepted } from '../../checks/input/valid-accepted.js';
import { emptyLife, type Life, type ReadRecord } from '../../checks/life.js';
import { differences } from '../../checks/state/as-sent.js';
import type { SeenReply } from '../../drive/seen.js';
import { operationAt, pathBelow } from '../../contract/operation-at.js';
import type { Value } from '../../probe/value.js';
import { header, isSuccess } from '../../targets/reply.js';
import { askWrite, type Marked } from '../ask-writes.js';
import { recognisable } from '../creation.js';
import type { Asking } from '../observation.js';
import type { Step } from '../plan.js';
import type { Made } from '../created/made.js';
import { isGone, removeRest } from '../created/remove.js';
import { sendReady } from '../created/send.js';
import { declaredBy, defaultsOf, sentIn } from './bodies.js';
import { changeBy } from './change.js';
import { keyedTwinOf, tryForbidden, tryLargest, tryUnreadable, tryValid, twinOf } from './creations.js';
import { lookBeside, neighbourOf, type Beside } from './neighbour.js';
import { asideOf, create, listed, newCreation, readOf, sightOf, until, type Stage } from './stage.js';

/** How the life of a record goes: what it is below, what creates it, and what changes it. */
export interface Course {
  parents: readonly Step[];
  creation: Step;
  changes: readonly Step[];
}

/**
 * Creates a record, reads it, changes it, tries what should be refused, and removes it. What was created for that is
 * removed in any case.
 * @returns what came of all that; undefined where no such record could be created
 */
export async function live(
  { parents, creation, changes }: Course,
  ids: ReadonlyMap<string, Value[]>,
  asking: Asking,
): Promise<Life | undefined> {
  const made: Made[] = [];
  const reads: Life['reads'] = [];
  const conversation = asChecks(asking, (one) => reads.push(one));
  const aside = asChecks(asking, () => undefined);
  const stage: Stage = { creation, made, ids, asking: { ...asking, conversation }, aside };
  try {
    for (const parent of parents) {
      const came = await askWrite(parent, made, ids, stage.asking);
      if (!made.some(({ by }) => by === came)) return undefined;
    }
    const marked = newCreation(stage);
    const life = marked && (await lived(marked, changes, stage));
    return life && { ...life, reads };
  } finally {
    await removeRest(made, stage.asking);
  }
}

/**
 * What is asked for checks is counted as that, but for removals.
 * @param onRead called with every answer to a read, and the operation whose it is
 */
function asChecks(
  { conversation, contract, target }: Asking,
  onRead: (read: Life['reads'][0]) => void,
): Asking['conversation'] {
  return {
    ...conversation,
    ask: async (probe, options) => {
      const came = await conversation.ask(probe, { kind: 'checks', ...options });
      const { method, url } = probe.request;
      const read = operationAt(method, pathBelow(url, target.baseUrl), contract.operations)?.operation;
      if (read?.method === 'GET' && !('withheld' in came)) onRead({ operation: read, heard: came });
      return came;
    },
  };
}

async function lived(marked: Marked, changes: readonly Step[], stage: Stage): Promise<Life | undefined> {
  const { creation, asking } = stage;
  const came = await create(marked, stage);
  const thing = came?.thing;
  if (!thing) return undefined;
  const sent = sentIn(marked);
  const kept = recognisable(sent, marked.marker, asking.shown);
  const reading = thing.reading?.operation;
  const declared = declaredBy(reading, asking.contract);
  const isAsSent = (one: ReadRecord | undefined) =>
    !one?.record || !sent || differences(sent, one.record, declared).length === 0;
  const read = await until(() => readOf(thing, 'read after its creation', stage), isAsSent, asking);
  const life: Life = {
    ...emptyLife(),
    ...{ creation: creation.operation, reading, remover: thing.removal?.operation, declared },
    created: { sent, heard: came.heard },
    read,
    located: await leadOf(came.heard, thing, asking),
    listed: await sightOf(thing, marked, { purpose: 'listed after its creation', isExpected: true }, stage),
    defaults: sent ? defaultsOf(creation.operation, sent, asking.contract) : new Map(),
  };
  const before = await listed(marked, 'what is there before', stage);
  // A change that reaches the record behind it is seen where there is one.
  life.twin = await twinOf(marked, thing, before, stage);
  const beside = changes.length > 0 || thing.removal ? await neighbourOf(before, stage) : undefined;
  const upToIt = { ...stage, made: stage.made.slice(0, stage.made.indexOf(thing) + 1) };
  for (const step of changes) {
    const changed = await changeBy(step, { thing, sent, kept, beside }, life, upToIt);
    if (changed) life.changes.push(changed);
  }
  life.keyed = await keyedTwinOf(before, stage);
  const tried = await tryForbidden(await listed(marked, 'what is there before', stage), stage);
  life.attempts = tried.attempts;
  life.kept = tried.kept;
  life.unreadable = await tryUnreadable(before, stage);
  life.largest = await tryLargest(before, stage);
  life.removal = await remove(thing, { marked, beside }, stage);
  // Each of these is removed at once, which may reach other records too; so only who asks for it has them created.
  if (asking.lifeChecks.includes(validAccepted)) life.valid = await tryValid(before, asideOf(stage));
  return life;
}

/** What the Location of a creation leads to, where that is this host and can be read. */
async function leadOf(
  { reply }: SeenReply,
  { reading }: Made,
  asking: Asking,
): Promise<SeenReply | undefined> {
  const address = reply.kind === 'answer' ? header(reply, 'location') : undefined;
  if (address === undefined || !reading || !URL.canParse(address, reading.request.url)) return undefined;
  const { href, origin } = new URL(address, reading.request.url);
  if (origin !== new URL(reading.request.url).origin) return undefined;
  // It is shown as the address that it should be: the text of an answer may hold anything.
  const ready = { ...reading, request: { ...reading.request, url: href } };
  return sendReady(ready, 'what its Location leads to', true, asking);
}

async function remove(
  thing: Made,
  { marked, beside }: { marked: Marked; beside: Beside | undefined },
  stage: Stage,
): Promise<Life['removal']> {
  const { asking } = stage;
  if (!thing.removal || thing.removed) return undefined;
  const came = await sendReady(thing.removal, 'removal', false, asking);
  if (!came) return undefined;
  await isGone(thing, came.reply, asking);
  if (!isSuccess(came.exchange.status)) return { came, read: undefined, listed: undefined };
  return {
    came,
    read: thing.reading && (await sendReady(thing.reading, 'read after its removal', true, asking)),
    listed: await sightOf(thing, marked, { purpose: 'listed after its removal', isExpected: false }, stage),
    neighbour: await lookBeside(beside, 'another record after a removal', stage),
  };
}
