import type { Operation } from '../../contract/operation.js';
import { NotApplicable, type Ask } from '../../drive/drive.js';
import type { SeenReply } from '../../drive/seen.js';
import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { idNames } from '../../probe/id-names.js';
import { isSaneId, parameterIn, segmentsOf } from '../../probe/segments.js';
import { isSuccess, type Reply } from '../../targets/reply.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameAmong, nameOf, status } from '../fact.js';
import { NO_SUCH_VALUE } from '../list/ignored-filter.js';
import { areSame, thingsOf } from '../list/thing.js';
import { jsonOf, type Subject } from '../subject.js';
import { resourceIn } from '../resource.js';

type Code = 'search-not-there' | 'read-not-there' | 'parameter-ignored';

/** So many claims of each kind are looked at. */
const MOST = 3;
/** So many things that cannot be read are more than one that was removed meanwhile. */
const LEAST = 2;

export const claimTrue = check({
  id: 'read/claim-true',
  promise: 'What a host claims in its capability statement can be asked, and is not ignored.',
  source: {
    kind: 'standard',
    ref: 'FHIR R4, section 5.2',
    url: 'https://hl7.org/fhir/R4/capabilitystatement.html',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: MOST + LEAST * MOST + MOST },
  messages: {
    'search-not-there': ({ type, came }) =>
      `it claims that ${type} can be searched, and the search is answered with ${came}`,
    'read-not-there': ({ type, came }) =>
      `it claims that each ${type} can be read by its id, and two that its list shows are answered with ${came}`,
    'parameter-ignored': ({ type, parameter }) =>
      `it claims that ${type} can be searched by ‘${parameter}’, and the same things come for a value that none has`,
  },
  *run(subject) {
    const claimed = claimsIn(subject.body);
    if (!claimed) return new NotApplicable('it is no capability statement');
    const { broken, isJudged, isOpen } = yield* judge(subject, claimed);
    if (broken.length > 0) return { kind: 'failed', broken };
    if (isJudged) return passed;
    return isOpen
      ? inconclusive('what it claims was not answered in a way that shows it')
      : new NotApplicable(
          'of what the contract is about it claims nothing that the contract does not describe',
        );
  },
});

/** What is claimed of one type of resource. */
interface Claims {
  type: string;
  interactions: ReadonlySet<string>;
  /** The types of the parameters of its search, by their names. */
  parameters: ReadonlyMap<string, string>;
}

/** What a CapabilityStatement claims of a server (FHIR R4), or a Conformance (DSTU2); undefined where it is neither. */
function claimsIn(body: Json | undefined): Claims[] | undefined {
  if (!isObject(body) || !STATEMENTS.some((type) => type === body['resourceType'])) return undefined;
  const server = objectsIn(body['rest']).filter(({ mode }) => mode === 'server');
  return server.flatMap(({ resource }) =>
    objectsIn(resource).flatMap(({ type, interaction, searchParam }): Claims[] => {
      if (typeof type !== 'string') return [];
      const parameters = objectsIn(searchParam).flatMap((one): [string, string][] =>
        typeof one['name'] === 'string' && typeof one['type'] === 'string'
          ? [[one['name'], one['type']]]
          : [],
      );
      const interactions = new Set(
        objectsIn(interaction).flatMap(({ code }) => (typeof code === 'string' ? [code] : [])),
      );
      return [{ type, interactions, parameters: new Map(parameters) }];
    }),
  );
}

const STATEMENTS = ['CapabilityStatement', 'Conformance'];

function objectsIn(value: Json | undefined): JsonObject[] {
  return isArray(value) ? value.filter(isObject) : [];
}

/** What came of the claims that no other check looks at. */
interface Judged {
  broken: Broken<Code>[];
  /** Whether the answer to one of them showed that it is true. */
  isJudged: boolean;
  /** Whether one was asked for. */
  isOpen: boolean;
}

/**
 * Looks at what is claimed of the types that the contract has paths for, as far as it does not describe that itself: what it
 * describes is asked by the run, and its parameters are those of `list/filter-works`.
 */
function* judge(subject: Subject, claimed: readonly Claims[]): Generator<Ask, Judged, SeenReply> {
  const all = claimed.filter(({ type }) => typesOf(subject).has(type));
  const results: (Broken<Code> | boolean | undefined)[] = [];
  for (const claims of all.filter((one) => isUndescribed(subject, one, 'search-type')).slice(0, MOST))
    results.push(yield* canBeSearched(subject, claims));
  const listed = all.flatMap((claims) => {
    const list = [...(subject.host.reads?.values() ?? [])].find((read) => isSearchOf(read, claims));
    return list ? [{ list, claims }] : [];
  });
  for (const { list, claims } of listed
    .filter(({ claims }) => isUndescribed(subject, claims, 'read'))
    .slice(0, MOST))
    results.push(yield* canBeRead(list, claims));
  for (const one of listed.flatMap(({ list, claims }) => trialsOf(list, claims)).slice(0, MOST))
    results.push(yield* isApplied(one));
  return {
    broken: results.flatMap((one) => (typeof one === 'object' ? [one] : [])),
    isJudged: results.includes(true),
    isOpen: results.length > 0,
  };
}

/** The fixed words of the paths of the contract. */
function typesOf({ host }: Subject): ReadonlySet<string> {
  return new Set(
    host.contract.operations.flatMap(({ path }) => segmentsOf(path)).filter((one) => !one.includes('{')),
  );
}

/** Whether an interaction is claimed, and the contract has no operation for it. */
function isUndescribed(
  { host }: Subject,
  { type, interactions }: Claims,
  interaction: 'search-type' | 'read',
): boolean {
  const isIt = ({ method, path }: Operation): boolean => {
    const [last = '', before] = segmentsOf(path).reverse();
    if (method !== 'GET') return false;
    return interaction === 'read' ? before === type && parameterIn(last) !== undefined : last === type;
  };
  return interactions.has(interaction) && !host.contract.operations.some(isIt);
}

function isSearchOf({ operation, list }: Subject, { type }: Claims): boolean {
  return list !== undefined && segmentsOf(operation.path).at(-1) === type;
}

/** What says that there is no such thing as was asked for, whoever asks. */
const NOT_THERE = new Set([404, 405, 410, 501]);

function isThere(reply: Reply): boolean | undefined {
  if (reply.kind !== 'answer' || reply.incomplete !== undefined) return undefined;
  if (NOT_THERE.has(reply.status)) return false;
  return isSuccess(reply.status) ? true : undefined;
}

function* canBeSearched(
  subject: Subject,
  { type }: Claims,
): Generator<Ask, Broken<Code> | boolean | undefined, SeenReply> {
  const base = baseOf(subject);
  // Who may read the statement need not say who it is.
  const beside = [...(subject.host.reads?.values() ?? [])].find(
    (read) => read.list !== undefined && read.token === 'valid' && baseOf(read) === base,
  );
  const { reply, ...seen } = yield (beside ?? subject).request.same('a search that it claims', {
    last: { sent: type, shown: type },
    query: { _count: '1' },
    operation: `GET ${base}/${type}`,
  });
  if (isThere(reply) !== false) return isThere(reply);
  const facts = { type: nameAmong(typesOf(subject), type), came: status(seen.exchange.status) };
  return { code: 'search-not-there', facts, at: { seen: [seen] } };
}

/** What is before the last segment of its path. */
function baseOf({ operation: { path } }: Subject): string {
  return segmentsOf(path)
    .slice(0, -1)
    .map((segment) => `/${segment}`)
    .join('');
}

function* canBeRead(
  list: Subject,
  { type }: Claims,
): Generator<Ask, Broken<Code> | boolean | undefined, SeenReply> {
  const names = idNames('id', list.collection);
  const ids = (thingsOf(list, list.body) ?? []).flatMap(
    (thing) => resourceIn(thing, names, list.collection)?.ids.slice(0, 1) ?? [],
  );
  const shown: SeenReply[] = [];
  for (const { id } of ids.filter((one) => isSaneId(one.id)).slice(0, LEAST)) {
    const heard = yield list.request.same('a read that it claims', {
      below: { sent: id, shown: list.host.pseudonyms.of(type, id) },
      operation: `${list.operation.id}/{id}`,
    });
    if (isThere(heard.reply) !== false) return isThere(heard.reply);
    shown.push(heard);
  }
  if (shown.length < LEAST) return undefined;
  const facts = { type: nameAmong(typesOf(list), type), came: status(shown.at(-1)?.exchange.status ?? null) };
  return { code: 'read-not-there', facts, at: { seen: shown } };
}

/** A parameter of a search that is claimed, and a value for which nothing may come. */
interface Trial {
  list: Subject;
  type: string;
  name: string;
  value: string;
}

/** Only parameters of known names are tried: of another one the name cannot be shown. */
function trialsOf(list: Subject, { type, parameters }: Claims): Trial[] {
  const described = new Set(list.operation.parameters.map(({ name }) => name));
  return [...parameters].flatMap(([name, kind]): Trial[] => {
    const value = NOTHING_BY[kind];
    return value === undefined || described.has(name) || !COMMON.has(name)
      ? []
      : [{ list, type, name, value }];
  });
}

/** A value for which nothing may come, by the type of a parameter. */
const NOTHING_BY: Readonly<Record<string, string | undefined>> = {
  string: NO_SUCH_VALUE,
  token: NO_SUCH_VALUE,
  reference: NO_SUCH_VALUE,
  date: 'gt2999-12-31',
};

/**
 * Parameters of the standard (FHIR R4, section 3.1.1, and the search parameters of its resources), but for those that have
 * few values: what is none of them may be left out of a search.
 */
const COMMON = new Set([
  ...['_id', '_lastUpdated', '_tag', 'identifier', 'name', 'family', 'given', 'birthdate', 'email', 'phone'],
  ...['telecom', 'address', 'address-city', 'address-postalcode', 'type', 'code', 'category', 'date'],
  ...['patient', 'subject', 'encounter', 'author', 'performer', 'organization', 'location', 'specialty'],
  ...['actor', 'participant', 'requester'],
]);

function* isApplied({
  list,
  type,
  name,
  value,
}: Trial): Generator<Ask, Broken<Code> | boolean | undefined, SeenReply> {
  const things = thingsOf(list, list.body) ?? [];
  // One thing may be all that there is, and come whatever is asked.
  if (things.length < LEAST) return undefined;
  const heard = yield list.request.same('a parameter that it claims', { query: { [name]: value } });
  const { reply } = heard;
  const found =
    reply.kind === 'answer' && isSuccess(reply.status) ? thingsOf(list, jsonOf(reply)) : undefined;
  if (!found) return undefined;
  if (!areSame(list, things, found)) return true;
  const facts = { type: nameAmong(typesOf(list), type), parameter: nameOf(name) };
  return { code: 'parameter-ignored', facts, at: { seen: [heard] } };
}
