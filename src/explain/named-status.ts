import { isArray, isObject, type Json, type JsonObject } from '../json.js';

/** Members in which bodies name their status (RFC 9457, section 3.1.2, has `status`). */
const MEMBERS = ['status', 'statusCode', 'status_code', 'httpStatus', 'http_status', 'code'];
const SAID = [
  'message',
  'Message',
  'error',
  'errors',
  'detail',
  'title',
  'body',
  'errorMessage',
  'msg',
  'reason',
];

/**
 * The status of a refusal that the body of an answer names itself; undefined where it names none, or where it says nothing
 * that a refusal would say, so that the number may be data.
 */
export function namedStatus(body: Json): number | undefined {
  if (!isObject(body)) return statusOfParts(body);
  const { error } = body;
  return statusIn(body) ?? (isObject(error) ? statusIn(error) : undefined) ?? statusOfParts(listIn(body));
}

/** The answers to the parts of a request that was sent as a batch. */
function listIn(body: JsonObject): Json | undefined {
  return PARTS.map((name) => body[name]).find(isArray);
}

const PARTS = ['responses', 'results', 'items'];

/** The first refusal in a list of answers, each of which has a status. */
function statusOfParts(list: Json | undefined): number | undefined {
  if (!isArray(list) || list.length === 0 || list.length > MOST_PARTS) return undefined;
  const parts = list.map(onlyPart);
  const haveStatus = parts.every((part) => STATUSES.some((name) => isStatus(part?.[name])));
  return haveStatus
    ? parts.map((part) => part && statusIn(part)).find((status) => status !== undefined)
    : undefined;
}

const MOST_PARTS = 1_000;
const STATUSES = ['status', 'statusCode', 'status_code'];

/** An answer, which may be under the name of what was done: `{ index: { status: 400 } }`. */
function onlyPart(item: Json): JsonObject | undefined {
  if (!isObject(item)) return undefined;
  const [only, ...rest] = Object.values(item);
  return rest.length === 0 && isObject(only) ? only : item;
}

function isStatus(value: Json | undefined): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 100 && value < 600;
}

function statusIn(object: { [name: string]: Json }): number | undefined {
  if (!SAID.some((name) => name in object)) return undefined;
  return MEMBERS.map((name) => Number(object[name])).find((number) => number >= 400 && number < 600);
}
