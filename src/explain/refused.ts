import type { Body } from '../exchange/body.js';
import { elementsOfInterchange } from '../exchange/interchange.js';
import { pairsIn } from '../exchange/pairs.js';
import { valuesOf } from '../exchange/values.js';
import { isArray, isObject, type Json, type JsonObject } from '../json.js';

/**
 * Whether a body may be that of a refusal by its form, where no status says so: then what it says in plain words is no data.
 * JSON has to have a member for errors, XML an element for them; a page and a text have to be short.
 */
export function looksRefused(body: Body): boolean {
  switch (body.kind) {
    case 'json':
      return typeof body.value === 'string' || objectsAt(body.value).some(speaksOfError) || saysFailed(body);
    case 'xml':
      return ELEMENT.test(body.text.slice(0, 4_000));
    case 'html':
      return body.text.replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ').length <= LONGEST_PAGE;
    case 'text':
      return body.text.length <= LONGEST_TEXT && !OF_PEOPLE.test(body.text);
    default:
      return false;
  }
}

/** What people ask each other, and no answer says. */
const OF_PEOPLE = /\?\s*$|\b(?:my|hi|hello|thanks|anyone|anybody|somebody|colleagues?)\b/i;
const LONGEST_PAGE = 4_000;
const LONGEST_TEXT = 600;
const ELEMENT = /<(?:[\w-]+:)?\w*(?:error|fault|exception|operationoutcome|problem)\w*[\s>]/i;

/** An answer, or each of a list of errors. */
function objectsAt(value: Json): JsonObject[] {
  if (isArray(value)) return value.slice(0, 5).filter(isObject);
  return isObject(value) ? [value] : [];
}

function speaksOfError(value: JsonObject): boolean {
  if (saysSuccess(value)) return false;
  if (value['resourceType'] !== undefined) return value['resourceType'] === 'OperationOutcome';
  const names = Object.keys(value).filter((name) => holds(value[name]));
  if (names.some((name) => OF_ERRORS.test(name))) return true;
  if (names.some((name) => FAILED.test(saidBy(name, value[name])))) return true;
  if (names.some((name) => /messages$/i.test(name) && isListOfErrors(value[name]))) return true;
  // A message of a person has an author, a date, and more.
  const explained = names.filter((name) => SAYING.test(name) || BESIDE.test(name));
  return names.some((name) => SAYING.test(name)) && explained.length === names.length;
}

/** Whether all messages of a list are called errors: `[{ category: 'ERROR', … }]`. */
function isListOfErrors(value: Json | undefined): boolean {
  return (
    isArray(value) &&
    value.length > 0 &&
    value.every(
      (one) =>
        isObject(one) &&
        ['category', 'type', 'severity', 'level'].some((name) =>
          /^(?:error|fatal)$/i.test(plainValue(one[name])),
        ),
    )
  );
}

/** Whether a member says that nothing is wrong. */
function saysSuccess(value: JsonObject): boolean {
  return Object.entries(value).some(([name, member]) => SUCCEEDED.test(saidBy(name, member)));
}

function saidBy(name: string, value: Json | undefined): string {
  return `${name}: ${plainValue(value)}`;
}

/** A value without parts as a text. */
function plainValue(value: Json | undefined): string {
  return isArray(value) || isObject(value) || value === undefined ? '' : String(value);
}

function holds(value: Json | undefined): boolean {
  if (isArray(value)) return value.length > 0;
  if (isObject(value)) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== '' && value !== false && value !== 0;
}

/**
 * Whether a success is nothing but a code and a message beside it, as APIs answer that say in the body alone whether they have
 * done what was asked: what the message says decides then.
 */
export function isCodeAndMessage(body: Body): boolean {
  if (body.kind === 'text') return isPairedEnvelope(membersOf(body) ?? {});
  if (body.kind !== 'json' || !isObject(body.value)) return false;
  return isEnvelope(unwrapped(body.value));
}

/** An answer that is the only member of another. */
function unwrapped(value: JsonObject): JsonObject {
  const members = Object.values(value);
  const [only] = members;
  return members.length === 1 && isObject(only) ? only : value;
}

/** Names and values have no envelope: a number that is none of a success, and a text that says something of it. */
function isPairedEnvelope(members: JsonObject): boolean {
  const entries = Object.entries(members);
  return (
    entries.some(([name, value]) => PAIRED_CODE.test(name) && FAILING.test(plainValue(value))) &&
    entries.some(([name, value]) => PAIRED_MESSAGE.test(name) && /[a-z]{3}/i.test(plainValue(value)))
  );
}

const PAIRED_CODE = /^(?:\w*code|errno|ret|result|response|status)\d?$/i;
const PAIRED_MESSAGE = /(?:msg|message|text|description|reason)\d?$/i;

/**
 * Whether the body of a success says by itself, in one of the many ways that APIs have for it, that what was asked for failed. A
 * thing that has failed, as a job does, is data: it has an id.
 */
export function saysFailed(body: Body): boolean {
  const members = membersOf(body);
  if (members === undefined || saysSuccess(members)) return false;
  const entries = Object.entries(members);
  if (entries.some(([name, value]) => UNSUCCESSFUL.test(saidBy(name, value)))) return true;
  const isThing = entries.some(([name]) => /^(?:id|uuid|_id|key|name)$/i.test(name));
  if (isThing || holds(members['data'])) return false;
  if (entries.some(([name, value]) => REFUSED.test(saidBy(name, value)))) return true;
  if (entries.some(([name, value]) => NAMES_ERROR.test(name) && holdsError(value))) return true;
  return body.kind === 'json' && entries.some(([name, value]) => WRAPPER.test(name) && isAllErrors(value));
}

/** Whether the body is a thing that was read, or a list of such: it has an id, more of its own, and no error beside it. */
export function isThing(body: Body): boolean {
  if (body.kind !== 'json') return false;
  const { value } = body;
  if (isArray(value))
    return (
      value.length > 0 && value.every((one) => isObject(one) && OF_THINGS.some((name) => holds(one[name])))
    );
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length >= LEAST_MEMBERS &&
    OF_THINGS.some((name) => name in value) &&
    !entries.some(([name, value]) => /^(?:error|errors|fault|jsonrpc)$/i.test(name) && holds(value))
  );
}

const LEAST_MEMBERS = 5;
const OF_THINGS = ['id', 'uuid', '_id'];

/**
 * Whether a body says by itself that nothing was refused: an acknowledgement that accepts (HL7, X12, UN/EDIFACT), a search that found something or nothing, an outcome without errors
 * (FHIR), a member that says so, or a member for errors that is empty beside one that speaks of success.
 */
export function saysFine(body: Body): boolean {
  if (body.kind === 'text') return isAccepted(body.text);
  if (body.kind !== 'json' || !isObject(body.value)) return false;
  const { value } = body;
  const { resourceType, type, issue } = value;
  if (resourceType === 'Bundle') return type === 'searchset' || type === 'history';
  if (resourceType === 'OperationOutcome') {
    return (
      isArray(issue) &&
      issue.length > 0 &&
      issue.every((one) => isObject(one) && HARMLESS.has(one['severity']))
    );
  }
  const entries = Object.entries(value);
  if (entries.some(([name, member]) => OF_ERRORS.test(name) && holdsError(member))) return false;
  const isEmptyError = entries.some(
    ([name, member]) => /^(?:errors?|timed_out)$/i.test(name) && !holds(member),
  );
  const isSuccess = entries.some(
    ([name, member]) => /status$/i.test(name) && SUCCESS.test(plainValue(member)),
  );
  const isListing = entries.some(
    ([name, member]) => /^(?:results?|data|items|hits)$/i.test(name) && (isArray(member) || isObject(member)),
  );
  const signs = [isSuccess, isEmptyError, isListing].filter((one) => one);
  return saysSuccess(value) || signs.length >= LEAST_SIGNS;
}

/** Whether a text is an acknowledgement of HL7 version 2, X12 or UN/EDIFACT by which all was accepted. */
function isAccepted(text: string): boolean {
  const searched = text.slice(0, LONGEST_ACKNOWLEDGEMENT);
  const stated = elementsOfInterchange(searched).filter((one) => JUDGES.test(one));
  return stated.length > 0 && stated.every((one) => ACCEPTED.test(one));
}

const LONGEST_ACKNOWLEDGEMENT = 64 * 1024;
/** The elements in which a receiver says whether it accepts. */
const JUDGES = /^(?:MSA01|AK501|IK501|AK901|TA104|AAA\d\d|STC01|UC[IMF]0[34]): /;
const ACCEPTED = /^(?:MSA01: [AC]A|(?:AK501|IK501|AK901|TA104): A|STC01: A[12]:.*|UC[IMF]0[34]: [78])$/;

/** One alone can be by chance. */
const LEAST_SIGNS = 2;
const HARMLESS: ReadonlySet<Json | undefined> = new Set(['information', 'success']);
const SUCCESS = /^(?:ok|success(?:ful)?|succeeded|zero_results)$/i;

/** The members of an answer as of an object: those of JSON, names and values of a text, innermost elements of short XML. */
function membersOf(body: Body): JsonObject | undefined {
  if (body.kind === 'json') return isObject(body.value) ? unwrapped(body.value) : undefined;
  if (body.kind === 'text') {
    const pairs = pairsIn(body.text);
    return pairs && Object.fromEntries(pairs);
  }
  if (body.kind !== 'xml' || body.text.length > LONGEST_XML) return undefined;
  return Object.fromEntries(
    valuesOf(body).map((value): [string, string] => {
      const at = value.indexOf(': ');
      return [value.slice(0, at), value.slice(at + 2)];
    }),
  );
}

/** A listing may hold errors as data. */
const LONGEST_XML = 2_000;

/** Whether nothing but errors is in a part of an answer. */
function isAllErrors(value: Json | undefined): boolean {
  const parts = isArray(value) ? value : [value];
  return (
    parts.length > 0 &&
    parts.every(
      (part) =>
        isObject(part) && Object.keys(part).some((name) => OF_ERRORS.test(name) && holdsError(part[name])),
    )
  );
}

function holdsError(value: Json | undefined): boolean {
  if (isArray(value) || isObject(value)) return holds(value);
  return holds(value) && !NO_ERROR.test(plainValue(value));
}

function isEnvelope(value: JsonObject): boolean {
  if (saysSuccess(value)) return false;
  const names = Object.keys(value).filter((name) => holds(value[name]));
  return (
    names.some((name) => CODE.test(name) && FAILING.test(plainValue(value[name]))) &&
    names.some((name) => MESSAGE.test(name)) &&
    names.every((name) => CODE.test(name) || MESSAGE.test(name) || BESIDE.test(name)) &&
    !names.some((name) => /^data$/i.test(name))
  );
}

const CODE = /^(?:(?:ret|err|error|res|result|response|sub)_?)?code$|^(?:errno|ret)$/i;
const MESSAGE = /^\w*(?:msg|message)$/i;
/** Numbers are codes; those of successes are none of errors. */
const FAILING = /^-?(?!0+$|1$|2\d\d$|10000$)\d+$/;

const SUCCEEDED =
  /^(?:(?:is_?)?success(?:ful)?|succeeded|ok): (?:true|1)$|^(?:errcode|err_?code|error_?code|errno): 0$|^status: (?:ok|success)$/i;
const UNSUCCESSFUL = /^(?:(?:is_?)?success(?:ful)?|succeeded|ok): (?:false|0)$/i;
const FAILED =
  /^(?:(?:is_?)?success(?:ful)?|succeeded|ok): (?:false|0)$|^(?:status|result|type|object): (?:error|fail|failed|failure)$/i;
/** What a part of a thing may be as well. */
const REFUSED =
  /^(?:ack|status|result|response|result_?code|return_?code|response_?(?:status|code|type)|outcome|(?:highest_?)?severity): (?:error|fatal|errors|err|fail|failed|failure|failure_?with_?warning|ko|nok|not_?ok|denied|access_?denied|rejected|refused|unauthori[sz]ed|forbidden|exception|fault|invalid\w*|-\d{1,6})$/i;
const WRAPPER = /^(?:messages?|\w*response|\w*results?|reply|body|meta|header|head|envelope|output|status)$/i;
const NAMES_ERROR =
  /^(?:error|errors|err|exception|fault|failure|error_?(?:msg|message|text|description|reason))\d?$/i;
const NO_ERROR = /^(?:none|null|nil|false|ok|okay|success(?:ful)?|no[ _-]?errors?|n\/a|-|0*|\[\]|\{\})\.?$/i;
const OF_ERRORS =
  /^(?:\w*errors?|error[_-]?\w+|err|err_?(?:code|msg|no|message)|fault\w*|exceptions?|exception\w+|problem|violations|__type)$/i;
const SAYING = /^(?:messages?|msg|details?)$/i;
const BESIDE =
  /^(?:status\w*|title|description|reason|cod|code|sub_?code|http\w*|ret_?code|type|name|instance|path|timestamp|time|date|\w*_?id|help|more_?info|documentation\w*|doc_url|trace\w*|data|success|ok|request\w*|hint|category|link|links|support\w*|loc|input|ctx|url|field|param\w*)$/i;
