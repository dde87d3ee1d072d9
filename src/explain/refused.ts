import type { Body } from '../exchange/body.js';
import { isArray, isObject, type Json, type JsonObject } from '../json.js';

/**
 * Whether a body may be that of a refusal by its form, where no status says so: then what it says in plain words is no data.
 * JSON has to have a member for errors, XML an element for them; a page and a text have to be short.
 */
export function looksRefused(body: Body): boolean {
  switch (body.kind) {
    case 'json':
      return typeof body.value === 'string' || objectsAt(body.value).some(speaksOfError);
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
  // A message of a person has an author, a date, and more.
  const besides = names.filter((name) => SAYING.test(name) || BESIDE.test(name));
  return names.some((name) => SAYING.test(name)) && besides.length === names.length;
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
  if (body.kind !== 'json' || !isObject(body.value)) return false;
  const members = Object.values(body.value);
  const [only] = members;
  return isEnvelope(members.length === 1 && isObject(only) ? only : body.value);
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
const FAILED =
  /^(?:(?:is_?)?success(?:ful)?|succeeded|ok): (?:false|0)$|^(?:status|result|type|object): (?:error|fail|failed|failure)$/i;
const OF_ERRORS =
  /^(?:\w*errors?|error[_-]?\w+|err|err_?(?:code|msg|no|message)|fault\w*|exceptions?|exception\w+|problem|violations|__type)$/i;
const SAYING = /^(?:messages?|msg|details?)$/i;
const BESIDE =
  /^(?:status\w*|title|description|reason|cod|code|sub_?code|http\w*|ret_?code|type|name|instance|path|timestamp|time|date|\w*_?id|help|more_?info|documentation\w*|doc_url|trace\w*|data|success|ok|request\w*|hint|category|link|links|support\w*|loc|input|ctx|url|field|param\w*)$/i;
