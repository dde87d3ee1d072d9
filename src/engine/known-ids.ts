import type { Contract } from '../contract/contract.js';
import type { Operation } from '../contract/operation.js';
import type { Parameter } from '../contract/parameter.js';
import type { Json } from '../json.js';
import { evaluate } from '../probe/expression.js';
import { exampleTexts, fits, onlyValue } from '../probe/fits.js';
import { harvest, idOf, idText, type Harvest, type Item } from '../probe/harvest.js';
import { idNames } from '../probe/id-names.js';
import { isEnv, isFrom } from '../probe/samples.js';
import { fitTemplate, isIdForReading, isSaneId, parameterIn, segmentsOf } from '../probe/segments.js';
import { collectionOf, lastFixed, sharedParameters, type Source } from '../probe/sources.js';
import type { Value } from '../probe/value.js';
import { header, type Answer } from '../targets/reply.js';
import type { Asking } from './observation.js';
import type { Step } from './plan.js';

/** What an id in a path is taken from. */
export type Origin =
  | 'sample'
  /** The contract leaves the parameter no other value. */
  | 'contract constant'
  | 'contract example'
  /** By a link of the contract, from an answer of this run. */
  | 'link'
  /** From an answer of this run that lists such things. */
  | 'answer by collection'
  /** From an answer of this run that is about other things. */
  | 'answer by name';

export interface IdOrigin {
  parameter: string;
  origin: Origin;
  /** Whether an answer of this run says that there is such a thing. */
  strength: 'strong' | 'weak';
}

/** An id, where it is from, and the operation that has listed it as one of its collection in this run. */
export interface KnownId extends Value, Omit<IdOrigin, 'parameter'> {
  listing: string | undefined;
}

type Path = ReadonlyMap<string, KnownId>;

/** What is kept of an answer for the paths of others. */
export interface Answered {
  harvest: Harvest;
  /** The ids that were in its own path. */
  path: Path;
  /** What its links give: parameters of an operation. */
  given: readonly { to: string; values: ReadonlyMap<string, string> }[];
}

/** What a success says of ids. */
export function readAnswer(
  { operation, links }: Step,
  { path, baseUrl }: { path: Path; baseUrl: string },
  answer: Answer,
  body: Json,
): Answered {
  const spoken = {
    body,
    header: (name: string) => header(answer, name),
    path: new Map([...path].map(([name, { sent }]) => [name, sent])),
  };
  const status = String(answer.status);
  const exact = links.filter((link) => link.status === status || link.status === `${status.charAt(0)}XX`);
  const counting = exact.length > 0 ? exact : links.filter((link) => link.status === 'DEFAULT');
  return {
    harvest: harvest(body, lastFixed(collectionOf(operation))),
    path,
    given: counting.map(({ to, expressions }) => {
      const values = [...expressions].flatMap(([name, expression]): [string, string][] => {
        const value = evaluate(expression, spoken);
        const address = typeof value === 'string' ? valuesIn(value, to.path, name, baseUrl) : undefined;
        const text = address?.get(name) ?? idText(value);
        return text === undefined ? [] : [[name, text]];
      });
      return { to: to.id, values: new Map(values) };
    }),
  };
}

/**
 * The values that the address of a thing gives to the parameters of a template, up to the one that names the thing. An
 * address on another host is that of another thing.
 */
function valuesIn(
  address: string,
  template: string,
  parameter: string,
  baseUrl: string,
): ReadonlyMap<string, string> | undefined {
  const segments = segmentsOf(template);
  const item = `/${segments.slice(0, segments.indexOf(`{${parameter}}`) + 1).join('/')}`;
  // A step up would be gone from a URL that has been read.
  if (!/^(?:https?:\/)?\//i.test(address) || /\/\.{1,2}(?:\/|$)/.test(address)) return undefined;
  if (!URL.canParse(baseUrl) || !URL.canParse(address, baseUrl)) return undefined;
  const base = new URL(baseUrl);
  const { origin, pathname } = new URL(address, baseUrl);
  if (origin !== base.origin) return undefined;
  const root = base.pathname.replace(/\/$/, '');
  const below = pathname.startsWith(`${root}/`) ? pathname.slice(root.length) : pathname;
  return fitTemplate(item, below, 'any');
}

/**
 * The ids for the path of a read, all of them from things that belong together: a thing is only sought below the thing
 * below which it was found. Best first: what the samples say, what a link gives, what a collection lists, the examples
 * of the contract, and what other things have as a member of that name. For an operation that changes something neither
 * samples nor examples count.
 */
export function idsFor({ operation, sources }: Step, asking: Asking): Path | { missing: string } {
  const parameters = pathParameters(operation);
  const constants = new Map<string, KnownId>();
  const open: Parameter[] = [];
  for (const parameter of parameters) {
    const only = onlyValue(parameter);
    if (only === undefined || !isFitting(only, parameter, { operation, asking })) open.push(parameter);
    else constants.set(parameter.name, constant(only));
  }
  const last = open.at(-1);
  if (last === undefined) return constants;
  const seeking: Seeking = { operation, sources, open, last, constants, asking };
  const chosen = choose(seeking);
  if (!chosen) {
    // What the thing is below is named first.
    const missing = open.find(
      (one, index) => !choose({ ...seeking, open: open.slice(0, index + 1), last: one }),
    );
    return { missing: (missing ?? last).name };
  }
  const found = open.flatMap(({ name }): [string, KnownId][] => {
    const id = chosen.get(name);
    return id ? [[name, { ...id, listing: id.listing ?? listingOf(name, chosen, seeking) }]] : [];
  });
  return new Map([...constants, ...found]);
}

/** What is sought: a value for each parameter of a path up to the last of these. */
interface Seeking {
  operation: Operation;
  sources: Step['sources'];
  /** The parameters that can have more than one value, in the order of the path. */
  open: readonly Parameter[];
  last: Parameter;
  constants: Path;
  asking: Asking;
}

function choose(seeking: Seeking): Path | undefined {
  const { operation, sources, last } = seeking;
  const sampled: Path = operation.safe ? sampledIds(seeking) : new Map<string, KnownId>();
  const own = sources.get(last.name) ?? [];
  const listed = own.flatMap((source) => (source.kind === 'collection' ? fromListing(source, seeking) : []));
  return (
    bySamples(sampled, listed, seeking) ??
    [
      ...own.flatMap((source) => (source.kind === 'link' ? fromLink(source, seeking) : [])),
      ...listed,
      ...(operation.safe ? fromExamples(seeking) : []),
      ...own.flatMap((source) => (source.kind === 'elsewhere' ? fromElsewhere(source, seeking) : [])),
    ].find((path) => agrees(path, sampled, last))
  );
}

function pathParameters({ path, parameters }: Operation): Parameter[] {
  return parameters
    .filter(({ in: where, name }) => where === 'path' && path.includes(`{${name}}`))
    .sort((one, other) => path.indexOf(`{${one.name}}`) - path.indexOf(`{${other.name}}`));
}

/** Whether a text can be in the path of an operation. Where something is changed, no server may read it otherwise. */
function isFitting(
  text: string,
  parameter: Parameter,
  { operation, asking: { contract } }: Pick<Seeking, 'operation' | 'asking'>,
): boolean {
  const isId = isSaneId(text) || (operation.safe && isIdForReading(text, fixedSegments(contract)));
  return isId && fits(text, parameter, contract.validators.request);
}

function fixedSegments({ operations }: Contract): Set<string> {
  const segments = operations.flatMap(({ path }) => segmentsOf(path));
  return new Set(segments.filter((segment) => parameterIn(segment) === undefined));
}

function constant(only: string): KnownId {
  return { sent: only, shown: only, origin: 'contract constant', strength: 'strong', listing: undefined };
}

/** A path with an id for each of its parameters; undefined where one is missing or does not fit. */
function whole({ operation, open, asking }: Seeking, ids: Path): Path | undefined {
  return open.every((parameter) => {
    const id = ids.get(parameter.name);
    return id !== undefined && isFitting(id.sent, parameter, { operation, asking });
  })
    ? ids
    : undefined;
}

/** Whether a path has the values that the samples give for what the thing is below. */
function agrees(path: Path, sampled: Path, last: Parameter): boolean {
  return [...sampled].every(([name, { sent }]) => name === last.name || path.get(name)?.sent === sent);
}

function sampledIds({ operation, open, asking }: Seeking): Path {
  const { samples, environment } = asking;
  return new Map(
    open
      .flatMap((parameter): [string, KnownId][] => {
        const { name } = parameter;
        const sample = samples.parameter(operation.id, 'path', name);
        if (sample === undefined) return [];
        const from = { origin: 'sample' as const, strength: 'weak' as const, listing: undefined };
        if (isFrom(sample)) {
          const found = asking.ids.get(sample.from)?.[0];
          if (!found) return [];
          const { as = '{id}' } = sample;
          const written = (id: string) => as.replace('{id}', () => id);
          return [[name, { ...from, sent: written(found.sent), shown: written(found.shown) }]];
        }
        if (isEnv(sample)) {
          const value = environment[sample.env];
          return value === undefined || value === ''
            ? []
            : [[name, { ...from, sent: value, shown: `$${sample.env}` }]];
        }
        return [[name, { ...from, ...valueOf(String(sample), name, operation.path, asking) }]];
      })
      .filter(([name, { sent }]) => {
        const parameter = open.find((one) => one.name === name);
        return parameter !== undefined && isFitting(sent, parameter, { operation, asking });
      }),
  );
}

/** An id as it is sent, and as it is shown: by the name of the collection that it is from. */
function valueOf(id: string, parameter: string, path: string, { pseudonyms }: Asking): Value {
  const before = path.slice(0, path.indexOf(`{${parameter}}`));
  return { sent: id, shown: pseudonyms.of(lastFixed(before) ?? parameter, id) };
}

/**
 * The path that the samples give: all of it, or one that a listing has shown, by the id of the thing. A thing of the
 * samples is not sought below a thing of something else.
 */
function bySamples(sampled: Path, listed: readonly Path[], seeking: Seeking): Path | undefined {
  const { last } = seeking;
  const id = sampled.get(last.name);
  if (!id) return undefined;
  const shown = listed.find((path) => path.get(last.name)?.sent === id.sent && agrees(path, sampled, last));
  return shown ? new Map([...shown, ...sampled]) : whole(seeking, sampled);
}

/** The things that a collection lists, below the things below which it was asked. */
function fromListing({ operation: listing }: Source, seeking: Seeking): Path[] {
  const { last, asking } = seeking;
  const answered = asking.answers.get(listing.id);
  if (!answered?.harvest.isList) return [];
  const collection = lastFixed(collectionOf(listing));
  const names = idNames(last.name, collection);
  return answered.harvest.items.flatMap((item) => {
    const given = idOf(item, names);
    const parents = parentsOf(item, listing, answered, seeking);
    const addressed = given ? undefined : addressOf(item, seeking, parents);
    const id = given?.id ?? addressed;
    if (id === undefined) return [];
    const isSure = addressed !== undefined || given?.by !== 'id' || names.byId === 'surely';
    const known: KnownId = {
      sent: id,
      shown: asking.pseudonyms.of(lastFixed(listing.path) ?? 'thing', id),
      origin: 'answer by collection',
      strength: isSure ? 'strong' : 'weak',
      listing: isSure ? listing.id : undefined,
    };
    return whole(seeking, new Map([...parents, [last.name, known]])) ?? [];
  });
}

/** The id in the address that a thing gives of itself, where the address is below the same parents. */
function addressOf(
  { addresses }: Item,
  { operation, last, constants, asking }: Seeking,
  parents: Path,
): string | undefined {
  for (const address of addresses) {
    const values = valuesIn(address, operation.path, last.name, asking.target.baseUrl);
    const id = values?.get(last.name);
    const same = [...(values ?? [])].every(
      ([name, value]) => name === last.name || (parents.get(name) ?? constants.get(name))?.sent === value,
    );
    if (id !== undefined && same) return id;
  }
  return undefined;
}

/** What a thing is below: what was in the path of the listing, or what the thing says itself. */
function parentsOf(item: Item, listing: Operation, { path }: Answered, seeking: Seeking): Path {
  const { operation, open, last, asking } = seeking;
  const shared = sharedParameters(operation.path, listing.path);
  return new Map(
    open.flatMap((parameter): [string, KnownId][] => {
      const { name } = parameter;
      if (name === last.name) return [];
      const same = path.get(shared.get(name) ?? '');
      if (same) return [[name, same]];
      const before = operation.path.slice(0, operation.path.indexOf(`{${name}}`));
      const member = idNames(name, lastFixed(before)).anywhere.find((one) => item.members.has(one));
      const id = member === undefined ? undefined : item.members.get(member);
      if (id === undefined) return [];
      const value = valueOf(id, name, operation.path, asking);
      return [[name, { ...value, origin: 'answer by name', strength: 'weak', listing: undefined }]];
    }),
  );
}

/** What the contract says that an answer gives. */
function fromLink({ operation: from }: Source, seeking: Seeking): Path[] {
  const { operation, asking } = seeking;
  const answered = asking.answers.get(from.id);
  const shared = sharedParameters(operation.path, from.path);
  return (answered?.given ?? [])
    .filter(({ to }) => to === operation.id)
    .flatMap(({ values }) => {
      const ids = seeking.open.flatMap(({ name }): [string, KnownId][] => {
        const text = values.get(name);
        const same = answered?.path.get(shared.get(name) ?? '');
        if (text === undefined) return same ? [[name, same]] : [];
        if (same?.sent === text) return [[name, same]];
        const value = valueOf(text, name, operation.path, asking);
        return [[name, { ...value, origin: 'link', strength: 'strong', listing: undefined }]];
      });
      return whole(seeking, new Map(ids)) ?? [];
    });
}

/** The examples of the contract, which belong together where it has one for each parameter. */
function fromExamples(seeking: Seeking): Path[] {
  const { operation, open, asking } = seeking;
  const ids = open.flatMap((parameter): [string, KnownId][] => {
    const text = exampleTexts(parameter).find((one) => isFitting(one, parameter, seeking));
    if (text === undefined) return [];
    const value = valueOf(text, parameter.name, operation.path, asking);
    return [[parameter.name, { ...value, origin: 'contract example', strength: 'weak', listing: undefined }]];
  });
  return [whole(seeking, new Map(ids))].filter((path) => path !== undefined);
}

/** What other things have as a member of that name. */
function fromElsewhere({ operation: listing }: Source, seeking: Seeking): Path[] {
  const { operation, last, asking } = seeking;
  const answered = asking.answers.get(listing.id);
  if (!answered) return [];
  const before = operation.path.slice(0, operation.path.indexOf(`{${last.name}}`));
  const { anywhere } = idNames(last.name, lastFixed(before));
  return answered.harvest.items.flatMap((item) => {
    const id = anywhere.flatMap((name) => item.members.get(name) ?? [])[0];
    if (id === undefined) return [];
    const value = valueOf(id, last.name, operation.path, asking);
    const known: KnownId = { ...value, origin: 'answer by name', strength: 'weak', listing: undefined };
    return (
      whole(seeking, new Map([...parentsOf(item, listing, answered, seeking), [last.name, known]])) ?? []
    );
  });
}

/** The operation that has listed an id of a path in its collection, below the same things. */
function listingOf(name: string, chosen: Path, seeking: Seeking): string | undefined {
  const index = seeking.open.findIndex((parameter) => parameter.name === name);
  const open = seeking.open.slice(0, index + 1);
  const last = open.at(-1);
  if (!last) return undefined;
  const paths = (seeking.sources.get(name) ?? []).flatMap((source) =>
    source.kind === 'collection' ? fromListing(source, { ...seeking, open, last }) : [],
  );
  const same = paths.find((path) =>
    open.every((one) => path.get(one.name)?.sent === chosen.get(one.name)?.sent),
  );
  return same?.get(name)?.listing;
}

/** The operation that has listed the thing of a path, where every id of the path has been listed in this run. */
export function listingOfAll(path: Path): string | undefined {
  const ids = [...path.values()].filter(({ origin }) => origin !== 'contract constant');
  return ids.every(({ listing }) => listing !== undefined) ? ids.at(-1)?.listing : undefined;
}

/** Where the ids of a path are from. */
export function originsOf(path: Path): IdOrigin[] {
  return [...path].map(([parameter, { origin, strength }]) => ({ parameter, origin, strength }));
}
