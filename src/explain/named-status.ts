import { isObject, type Json } from '../json.js';

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
  if (!isObject(body)) return undefined;
  const { error } = body;
  return statusIn(body) ?? (isObject(error) ? statusIn(error) : undefined);
}

function statusIn(object: { [name: string]: Json }): number | undefined {
  if (!SAID.some((name) => name in object)) return undefined;
  return MEMBERS.map((name) => Number(object[name])).find((number) => number >= 400 && number < 600);
}
