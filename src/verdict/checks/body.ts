import type { MediaType } from '../../contract/content.js';
import { firstJson, mostSpecific } from '../../contract/content.js';
import { parseMediaType } from '../../contract/media-type.js';
import type { Checked } from '../../contract/schema/validator.js';
import type { Body } from '../../exchange/body.js';
import { isJsonType, type Json } from '../../json.js';
import { header, type Answer } from '../../target/reply.js';
import type { Check, Found } from './check.js';
import { notChecked, partlyNotChecked } from './not-checked.js';
import { checkReadings, isForText, readingsOf } from './readings.js';

/** More findings than these about one body say nothing new. */
const MOST = 20;

const BODY = { what: 'the body' };

/** The body is readable and of the form that the contract promises for the status. */
export const bodyForm: Check = {
  name: 'body',
  find: ({ operation, answer, body, response, validator }) => {
    const content = response?.content ?? {};
    if (body.kind === 'unreadable') return [{ code: 'unreadable', severity: 'error', message: body.why }];
    if (Object.keys(content).length === 0) return [];
    if (body.kind === 'empty') {
      if (answer.status === 204 || answer.status === 304 || operation.method === 'HEAD') return [];
      return [{ code: 'empty', severity: 'error', message: 'the body is empty, the contract promises one' }];
    }
    const described = describedBy(content, answer, body);
    if (!described) return [];
    const [range, { schema, schemaPointer }] = described;
    if (schemaPointer === undefined) return [];
    const readings = readingsOfBody(body, range, schema);
    if (!Array.isArray(readings)) return [notChecked(BODY, readings)];
    return findingsOf(checkReadings(validator, schemaPointer, readings));
  },
};

/** What the contract says of a body of its media type; of JSON in another type, what it says of JSON. */
function describedBy(
  content: Readonly<Record<string, MediaType>>,
  answer: Answer,
  body: Body,
): [range: string, media: MediaType] | undefined {
  const type = header(answer, 'content-type') ?? '';
  const found = mostSpecific(content, type);
  if (found) return found;
  if (body.kind === 'json') return firstJson(content) ?? mostSpecific(content, 'application/json');
  return undefined;
}

/**
 * What a body is held against its schema as; empty where its schema says nothing of it, as of a file.
 * @returns why it cannot be, where the contract describes more than can be read
 */
function readingsOfBody(body: Body, range: string, schema: Json | undefined): Json[] | { because: string } {
  const essence = parseMediaType(range)?.essence ?? range;
  const isOfText = essence.startsWith('text/');
  if (body.kind === 'json' && !isOfText) return isFile(essence) ? [] : [body.value];
  if (body.kind === 'binary') {
    if (!isOfText && isForText(schema)) return [];
    return { because: 'it is no text in a charset that is known' };
  }
  if (/[/+]xml$/.test(essence) || body.kind === 'xml') {
    return isForText(schema) ? [] : { because: 'XML is not held against a schema' };
  }
  if (isFile(essence) && isForText(schema)) return [];
  if (isOfText || essence === '*/*' || isForText(schema)) return 'text' in body ? readingsOf(body.text) : [];
  if (isJsonType(essence)) return 'text' in body ? [body.text] : [];
  return { because: `a body of type ${essence} is not held against a schema` };
}

/** Whether a media type is that of something to keep, not to read. */
function isFile(essence: string): boolean {
  return /^(application\/(octet-stream|pdf|zip|gzip)|(image|audio|video|font)\/.*)$/.test(essence);
}

function findingsOf(checked: Checked): Found[] {
  if (checked.kind === 'not checked') return [notChecked(BODY, checked.why)];
  const { violations, complete, unchecked } = checked;
  const rest = violations.length - MOST;
  const more = [
    ...(rest > 0 ? [{ code: 'more', facts: { count: rest }, message: `${rest} further violations` }] : []),
    ...(complete
      ? []
      : [{ code: 'not-all-examined', message: 'there are more violations than were examined' }]),
  ];
  return [
    ...violations.slice(0, MOST).map(({ keyword, member, pointer, message }) => ({
      code: keyword,
      ...(member === undefined ? {} : { facts: { member } }),
      severity: 'error' as const,
      message,
      pointer,
    })),
    ...more.map((one) => ({ ...one, severity: 'error' as const, pointer: '' })),
    ...partlyNotChecked(BODY, unchecked),
  ];
}
