import type { Contract } from '../contract/contract.js';
import { linksOf, type Link } from '../contract/links.js';
import type { Operation } from '../contract/operation.js';
import { addToGroup } from '../groups.js';
import { isArray, isObject, type Json } from '../json.js';
import { onceFor } from '../once.js';
import { percentDecoded } from '../percent.js';
import { evaluate } from '../probe/expression.js';
import { fits } from '../probe/fits.js';
import { idText } from '../probe/harvest.js';
import { idNames, plainName, singulars } from '../probe/id-names.js';
import { isSaneId, parameterIn, segmentsOf } from '../probe/segments.js';
import { header } from '../targets/reply.js';
import type { Subject } from './subject.js';

/** The ids under one name by which an answer refers to things of another collection. */
export interface References {
  /** The member that holds them, or the parameter that a link of the contract gives. */
  name: string;
  /** The read of such a thing, which has worked in this run. */
  target: Subject;
  /** Each once. */
  ids: string[];
}

/**
 * What an answer refers to, as far as nothing else can be meant: by a link of the contract, by a member that is called
 * like the id of exactly one read (`boatId`, `/boats/{id}`), or by a text `Boat/1` in a member `reference`.
 */
export function referencesIn(subject: Subject): References[] {
  const found = new Map<string, References>();
  const add = ({ name, target, id }: Reference): void => {
    const one = found.get(`${name} ${target.operation.id}`) ?? { name, target, ids: [] };
    if (!one.ids.includes(id)) one.ids.push(id);
    found.set(`${name} ${target.operation.id}`, one);
  };
  for (const [name, operation, id] of linked(subject)) {
    const target = targetOf(subject, operation);
    if (target && isOther(subject, target, id)) add({ path: name, name, target, id });
  }
  for (const one of referencesOf(subject, subject.body ?? null)) add(one);
  return [...found.values()];
}

/** One id by which a value refers to a thing of another collection. */
export interface Reference extends Pick<References, 'name' | 'target'> {
  /** The names of the members that lead to it, joined by dots: those of lists have no numbers. */
  path: string;
  id: string;
}

/** What a value in an answer refers to by its members. */
export function referencesOf(subject: Subject, value: Json): Reference[] {
  const reads = readsOf(subject.host.contract);
  return [...named(value)].flatMap(([path, id]): Reference[] => {
    const name = path.at(-1) ?? '';
    const [type, ofType] = /^([A-Z][A-Za-z]{1,60})\/([A-Za-z\d.-]{1,64})$/.exec(id)?.slice(1) ?? [];
    const isTyped = plainName(name) === 'reference' && type !== undefined && ofType !== undefined;
    const operation = isTyped
      ? only(reads.byType.get(plainName(type)))
      : only(reads.byMember.get(plainName(name)) ?? reads.byMember.get(plainName(name).replace(/s$/, '')));
    const target = operation && targetOf(subject, operation);
    const meant = isTyped ? ofType : id;
    return target && isOther(subject, target, meant)
      ? [{ path: path.join('.'), name, target, id: meant }]
      : [];
  });
}

function isOther(subject: Subject, target: Subject, id: string): boolean {
  return !isOwn(subject, target) && isLikeOf(id, target);
}

/** The reads of single things, by how other things name their ids. Several of one name leave open which is meant. */
interface Reads {
  byMember: ReadonlyMap<string, readonly Operation[]>;
  byType: ReadonlyMap<string, readonly Operation[]>;
  /** The links of the contract to reads, by the operation that they start from. */
  linksFrom: ReadonlyMap<Operation, readonly Link[]>;
}

const readsOf = onceFor((contract: Contract): Reads => {
  const byMember = new Map<string, Operation[]>();
  const byType = new Map<string, Operation[]>();
  for (const operation of contract.operations) {
    const [last = '', collection = ''] = segmentsOf(operation.path).reverse();
    const parameter = parameterIn(last);
    if (operation.method !== 'GET' || parameter === undefined || collection.includes('{')) continue;
    // Where things are read by another property of theirs, what others name as their ids leads nowhere.
    if (idNames(parameter, collection).byId === 'not') continue;
    for (const noun of singulars(plainName(collection))) {
      addToGroup(byMember, `${noun}id`, operation);
      addToGroup(byType, noun, operation);
    }
  }
  const linksFrom = new Map<Operation, Link[]>();
  for (const link of linksOf(contract)) if (link.to.method === 'GET') addToGroup(linksFrom, link.from, link);
  return { byMember, byType, linksFrom };
});

function only(operations: readonly Operation[] = []): Operation | undefined {
  return operations.length === 1 ? operations[0] : undefined;
}

/** The read of such things where it has worked, and needs nothing but an id. */
function targetOf({ host }: Subject, { id, path }: Operation): Subject | undefined {
  const parameters = segmentsOf(path).filter((segment) => segment.includes('{'));
  return parameters.length === 1 && /\}\/?$/.test(path) ? host.reads?.get(id) : undefined;
}

/** Whether things are of the collection that is read anyway. */
function isOwn({ operation, item }: Subject, target: Subject): boolean {
  return [operation.id, item?.operation.id].includes(target.operation.id);
}

/** Whether an id has the form of one that is known to be read, and is none that stands for nothing. */
function isLikeOf(id: string, { operation, probe, host }: Subject): boolean {
  if (!isSaneId(id) || STANDS_FOR_NOTHING.test(id)) return false;
  const [template = ''] = segmentsOf(operation.path).reverse();
  const parameter = operation.parameters.find(({ name }) => name === parameterIn(template));
  const known = percentDecoded(segmentsOf(new URL(probe.request.url).pathname).at(-1) ?? '');
  return (
    formOf(id) === formOf(known) &&
    (parameter === undefined || fits(id, parameter, host.contract.validators.request))
  );
}

const STANDS_FOR_NOTHING = /^([0-]+|-1|null|none|unknown|undefined|n\.?a\.?)$/i;

function formOf(id: string): 'number' | 'uuid' | 'text' {
  if (/^\d+$/.test(id)) return 'number';
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id) ? 'uuid' : 'text';
}

/** What links of the contract give of an answer. */
function linked({ host, operation, own, body }: Subject): [string, Operation, string][] {
  const spoken = { body, header: (name: string) => header(own.reply, name), path: new Map<string, string>() };
  return (readsOf(host.contract).linksFrom.get(operation) ?? []).flatMap(({ to, expressions }) =>
    [...expressions].flatMap(([name, expression]): [string, Operation, string][] => {
      const id = idText(evaluate(expression, spoken));
      return id === undefined ? [] : [[name, to, id]];
    }),
  );
}

/** The short texts and numbers of an answer, each with the names of the members that lead to it. */
function* named(
  value: Json,
  path: readonly string[] = [],
  depth = 0,
): Generator<[path: readonly string[], id: string]> {
  if (depth > DEEPEST) return;
  if (isArray(value)) {
    for (const one of value) yield* named(one, path, depth + 1);
  } else if (isObject(value)) {
    for (const [own, one] of Object.entries(value)) yield* named(one, [...path, own], depth + 1);
  } else {
    const id = idText(value);
    if (id !== undefined) yield [path, id];
  }
}

const DEEPEST = 8;
