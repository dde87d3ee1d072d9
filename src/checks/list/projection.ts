import { answeredMembers, requiredMembers } from '../../contract/member-names.js';
import { resolve } from '../../contract/follow.js';
import type { Parameter } from '../../contract/parameter.js';
import { NotApplicable } from '../../drive/drive.js';
import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { fits } from '../../probe/fits.js';
import { layersOf } from '../../probe/harvest.js';
import { plainName } from '../../probe/id-names.js';
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { nameOf } from '../fact.js';
import { jsonOf, type Subject } from '../subject.js';
import { thingsOf } from './thing.js';

export const projection = check({
  id: 'list/projection',
  promise: 'Who chooses among the members of things gets these, and not all.',
  source: { kind: 'contract', ref: 'the parameter that chooses among the members' },
  since: '0.2.0',
  severity: 'error',
  warnings: ['more'],
  asks: { atMost: 1 },
  messages: {
    lacks: ({ parameter, member }) =>
      `the member ${member} does not come although it was asked for with ‘${parameter}’, and comes without that`,
    ignored: ({ parameter, member }) =>
      `with ‘${parameter}’ for the member ${member} all members came that come without it`,
    more: ({ parameter, member, other }) =>
      `with ‘${parameter}’ for the member ${member} the member ${other} came as well, though others are left out`,
  },
  *run(subject) {
    const { operation, body, request, host } = subject;
    const parameter = operation.parameters.find(choosesMembers);
    if (!parameter) return new NotApplicable('it has no parameter that chooses among members');
    if (new URL(subject.probe.request.url).searchParams.has(parameter.name))
      return new NotApplicable('it was asked for some of the members only');
    const plain = membersOf(subject, body);
    if (plain.length === 0) return new NotApplicable('its answer shows no thing');
    const member = memberToAsk(subject, parameter, plain);
    if (member === undefined)
      return new NotApplicable(
        'no member is described that every thing shows and the contract does not require',
      );
    const ask = request.same(`only the member ${member}`, { query: { [parameter.name]: member } });
    const { reply } = yield ask;
    if (reply.kind !== 'answer' || !isSuccess(reply.status))
      return inconclusive('it did not answer with things');
    const came = membersOf(subject, jsonOf(reply));
    if (came.length === 0) return inconclusive('its answer shows no thing');
    const facts = { parameter: nameOf(parameter.name), member: nameOf(member) };
    if (came.every((thing) => !Object.hasOwn(thing, member))) return failed('lacks', facts);
    // FHIR leaves a server free to send more than was asked for.
    if (isFhir(came) || isFhir(plain)) return passed;
    const optional = optionalOf(subject, plain).filter((name) => name !== member);
    const more = optional.filter((name) => came.some((thing) => Object.hasOwn(thing, name)));
    if (optional.length < LEAST_LEFT_OUT || more.length === 0) return passed;
    if (more.length === optional.length) return failed('ignored', facts);
    const described = answeredMembers(host.contract, operation);
    const other = more.find((name) => described.has(name));
    return other === undefined ? passed : failed('more', { ...facts, other: nameOf(other) });
  },
});

/** So many members have to be there that could be left out. */
const LEAST_LEFT_OUT = 2;

/** Whether a parameter says which members of things come: by its name, and by what is said of it. */
function choosesMembers({ name, in: place, description, schema, style }: Parameter): boolean {
  if (place !== 'query' || style === 'deepObject') return false;
  const plain = plainName(name.replace(/^[$_]/, ''));
  if (!['string', 'array', undefined].some((type) => schema['type'] === type)) return false;
  if (description === '') return SURELY.has(plain);
  return NAMES.has(plain) && SAYS_MEMBERS.test(description) && !SAYS_OTHERWISE.test(description);
}

const SURELY = new Set(['fields', 'elements', 'select']);
const NAMES = new Set([...SURELY, 'attributes', 'only', 'columns', 'properties', 'members']);
const SAYS_MEMBERS = /\b(fields?|members?|elements?|attributes?|propert(y|ies)|columns?)\b/i;
/** It may as well add members, or be about which things come. */
const SAYS_OTHERWISE =
  /\b(additional(ly)?|extra|also|expand\w*|embed\w*|in addition|besides|search\w*|match\w*|sort\w*|filter\w*|exclud\w*|omit\w*|hide|group\w*)\b/i;

/** The things of an answer, without what they are wrapped in. */
function membersOf(subject: Subject, body: Json | undefined): JsonObject[] {
  const things = subject.list ? (thingsOf(subject, body) ?? []) : body === undefined ? [] : [body];
  return things.flatMap((thing) =>
    isObject(thing) ? layersOf(thing, subject.list ? subject.collection : undefined).slice(-1) : [],
  );
}

function isFhir(things: readonly JsonObject[]): boolean {
  return things.some((thing) => thing['resourceType'] !== undefined);
}

/** A described member that every thing shows and that may be left out, among those that may be asked for. */
function memberToAsk(
  subject: Subject,
  parameter: Parameter,
  things: readonly JsonObject[],
): string | undefined {
  const { contract } = subject.host;
  const described = answeredMembers(contract, subject.operation);
  const { schema } = parameter;
  const items = resolve(contract.document, schema['items']);
  const one = schema['type'] === 'array' && isObject(items) ? items : schema;
  const choices = isArray(one['enum']) ? one['enum'] : undefined;
  return optionalOf(subject, things).find(
    (name) =>
      described.has(name) &&
      things.every((thing) => Object.hasOwn(thing, name) && thing[name] !== null) &&
      (choices?.includes(name) ?? true) &&
      (schema['type'] === 'array' || fits(name, parameter, contract.validators.request)),
  );
}

/** The members of things that the contract does not require, and that are not there to say which thing it is. */
function optionalOf({ host, operation }: Subject, things: readonly JsonObject[]): string[] {
  const required = requiredMembers(host.contract, operation);
  const names = new Set(things.flatMap((thing) => Object.keys(thing)));
  return [...names].filter((name) => !required.has(name) && !ALWAYS.test(plainName(name)));
}

/** What says which thing it is, and where it is. */
const ALWAYS =
  /^([@_$].*|.*(id|ids|uuid|key)|self|href|url|uri|links?|type|resourcetype|meta|object|kind|etag|version)$/;
