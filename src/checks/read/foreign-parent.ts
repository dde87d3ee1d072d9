import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import type { JsonObject } from '../../json.js';
import { percentDecoded } from '../../percent.js';
import { idText } from '../../probe/harvest.js';
import { idNames, plainName } from '../../probe/id-names.js';
import { isSaneId, parameterIn, segmentsOf } from '../../probe/segments.js';
import { isSuccess, type Reply } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { nameOf, status } from '../fact.js';
import { pathOfGet, readsWith } from '../reads.js';
import { jsonOf, type Subject } from '../subject.js';
import { resourceIn, type Resource } from '../resource.js';

export const foreignParent = check({
  id: 'read/foreign-parent',
  promise: 'What belongs to one thing is not found below another one.',
  source: { kind: 'contract', ref: 'the ids in the path' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 2 },
  messages: {
    'found-below-another': ({ parent, came }) =>
      `it answers ${came} with what belongs to one ${parent} where it is read below another ${parent}`,
  },
  *run(subject) {
    const { operation, body, request, host } = subject;
    const place = placeOf(operation.path);
    if (operation.method !== 'GET' || !place)
      return new NotApplicable('its path is not that of a thing below another one');
    const child = resourceIn(body, idNames(place.child, place.children), place.children);
    const asked = askedIds(subject);
    const id = asked.get(place.child);
    const parent = asked.get(place.parent);
    if (!child || id === undefined || parent === undefined || !has(child, id))
      return new NotApplicable('its answer does not show the id that was asked for');
    const other = otherParent(subject, place, parent);
    if (other === undefined) return new NotApplicable('no other thing is known that it could be below');
    const last = { sent: other, shown: host.pseudonyms.of(place.parent, other) };
    const { reply } = yield request.same(`below another ${place.parent}`, { last, behind: 2 });
    if (reply.kind !== 'answer' || reply.incomplete !== undefined)
      return inconclusive('it did not answer to the end');
    if (ABSENT.has(reply.status)) return passed;
    const found = thingOf(reply, place);
    if (!found || !has(found, id)) return inconclusive('it answered in a way that may have another reason');
    // Things may belong to several others, and each of them may count what belongs to it from 1 on.
    const isListed = yield* listsIt(subject, place, last, id);
    const names = idNames(place.parent, place.parents).anywhere;
    const isNamed = namesIt(found.members, names, parent) && !namesIt(found.members, names, other);
    if (isListed === true) return inconclusive('it may belong to both');
    if (!isNamed && !(isListed === false && isSame(found, child)))
      return inconclusive('it is not seen to whom it belongs');
    return failed('found-below-another', { parent: nameOf(place.parent), came: status(reply.status) });
  },
});

const ABSENT = new Set([403, 404, 410]);

/** What is where at the end of a path: `/parents/{parent}/children/{child}`. */
interface Place {
  parents: string;
  parent: string;
  children: string;
  child: string;
}

function placeOf(path: string): Place | undefined {
  const [last = '', children = '', before = '', parents = ''] = segmentsOf(path).reverse();
  const [child, parent] = [parameterIn(last), parameterIn(before)];
  const isFixed = [children, parents].every((segment) => segment !== '' && !segment.includes('{'));
  return child !== undefined && parent !== undefined && isFixed
    ? { parents, parent, children, child }
    : undefined;
}

/** The ids that were asked for, by parameter. */
function askedIds({ operation, probe }: Subject): Map<string, string> {
  const templates = segmentsOf(operation.path);
  // The base URL may have a path of its own.
  const sent = segmentsOf(new URL(probe.request.url).pathname).slice(-templates.length);
  return new Map(
    templates.flatMap((template, index): [string, string][] => {
      const name = parameterIn(template);
      return name === undefined ? [] : [[name, percentDecoded(sent[index] ?? '')]];
    }),
  );
}

/** Another thing of the list that has the parent. Where that one is not in it, it may be there under another id. */
function otherParent({ host, operation }: Subject, place: Place, parent: string): string | undefined {
  const path = operation.path
    .split('/')
    .slice(0, operation.path.endsWith('/') ? -5 : -4)
    .join('/');
  for (const { list, body } of readsWith(host.reads, pathOfGet, `${path}/${place.parents}`)) {
    const names = idNames(place.parent, place.parents);
    const ids = (list?.itemsOf(body) ?? []).flatMap(
      (one) => resourceIn(one, names, place.parents)?.ids[0]?.id ?? idText(one) ?? [],
    );
    if (ids.includes(parent)) return ids.find((one) => one !== parent && isSaneId(one));
  }
  return undefined;
}

/**
 * Whether the list below the other parent has the thing.
 * @returns undefined where there is no such list, or it may go on
 */
function* listsIt(
  { host, operation }: Subject,
  place: Place,
  other: { sent: string; shown: string },
  id: string,
): Generator<Ask, boolean | undefined, SeenReply> {
  const path = operation.path.replace(/\/\{[^{}]+\}\/?$/, '');
  const [known] = readsWith(host.reads, pathOfGet, path);
  if (!known?.list) return undefined;
  const { list } = known;
  const { reply } = yield known.request.same(`the list below another ${place.parent}`, {
    last: other,
    behind: 1,
  });
  const listed = reply.kind === 'answer' && isSuccess(reply.status) ? jsonOf(reply) : undefined;
  const items = list.itemsOf(listed);
  if (!items || reply.kind !== 'answer') return undefined;
  const names = idNames(place.child, place.children);
  const isThere = items.some((one) => {
    const thing = resourceIn(one, names, place.children);
    return thing ? has(thing, id) : idText(one) === id;
  });
  if (isThere) return true;
  const total = list.totalOf(listed, reply);
  const isWhole = list.nextOf(listed, reply) === undefined && (total === undefined || total === items.length);
  return isWhole && (items.length === 0 || !list.size) ? false : undefined;
}

function thingOf(reply: Reply, { child, children }: Place): Resource | undefined {
  const body = reply.kind === 'answer' && isSuccess(reply.status) ? jsonOf(reply) : undefined;
  return resourceIn(body, idNames(child, children), children);
}

function has({ ids }: Resource, id: string): boolean {
  return ids.some((one) => one.id.toLowerCase() === id.toLowerCase());
}

/** Whether a thing has a parent's id in a member that can mean nothing else. */
function namesIt(members: JsonObject, names: readonly string[], id: string): boolean {
  return Object.entries(members).some(
    ([name, value]) => names.includes(plainName(name)) && idText(value)?.toLowerCase() === id.toLowerCase(),
  );
}

/** Whether two answers show the very same thing, and not two that have the same number. */
function isSame(one: Resource, other: Resource): boolean {
  return JSON.stringify(one.members) === JSON.stringify(other.members);
}
