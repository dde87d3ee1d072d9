import { isJsonType, type Json } from '../../json.js';
import type { Checked } from '../../contract/schema/validator.js';
import { parseMediaType } from '../../contract/media-type.js';
import type { Body } from '../../exchange/body.js';
import { header } from '../../targets/reply.js';
import { answerCheck, type Found } from '../answer-check.js';
import { describedBody } from '../documented.js';
import { count, nameOf } from '../fact.js';
import { notChecked, partlyNotChecked, WARNINGS } from '../not-checked.js';
import { checkReadings, isForText, readingsOf } from '../readings.js';

export const bodySchema = answerCheck<string>({
  id: 'answer/body-schema',
  promise: 'A body can be read, and has the form that the contract describes.',
  source: {
    kind: 'contract',
    ref: 'the schema of the response (OpenAPI 3.0.4, sections 4.8.14 and 4.8.24)',
    url: 'https://spec.openapis.org/oas/v3.0.4.html#schema-object',
  },
  since: '0.1.0',
  severity: 'error',
  warnings: WARNINGS,
  asks: { atMost: 0 },
  // The other codes are the keywords of schemas; the validator gives their sentences.
  messages: {
    unreadable: () => 'the body cannot be read',
    more: ({ count: rest }) => `${rest} further violations`,
    'not-all-examined': () => 'there are more violations than were examined',
  },
  find: ({ answer, body, response, validator }) => {
    if (body.kind === 'unreadable') return [{ code: 'unreadable', message: body.why }];
    if (body.kind === 'empty') return [];
    const described = describedBody(response, header(answer, 'content-type') ?? '', body.kind === 'json');
    if (!described) return [];
    const [range, { schema, schemaPointer }] = described;
    if (schemaPointer === undefined) return [];
    const readings = readingsOfBody(body, range, schema);
    if (!Array.isArray(readings)) return [notChecked(BODY, readings)];
    return findingsOf(checkReadings(validator, schemaPointer, readings));
  },
});

/** More findings than these about one body say nothing new. */
const MOST = 20;

const BODY = { what: 'the body' };

/**
 * What a body is held against its schema as; empty where its schema says nothing of it, as of a file.
 * @returns why it cannot be, where the contract describes more than can be read
 */
function readingsOfBody(body: Body, range: string, schema: Json | undefined): Json[] | { because: string } {
  const essence = parseMediaType(range)?.essence ?? range;
  const isOfText = essence.startsWith('text/') && !isJsonType(essence);
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
  return [
    ...violations.slice(0, MOST).map(({ keyword, member, component, pointer, message }) => ({
      code: keyword,
      ...(member === undefined ? {} : { facts: { member: nameOf(member) } }),
      ...(component === undefined ? {} : { schema: component }),
      message,
      pointer,
    })),
    ...(rest > 0 ? [{ code: 'more', facts: { count: count(rest) }, pointer: '' }] : []),
    ...(complete ? [] : [{ code: 'not-all-examined', pointer: '' }]),
    ...partlyNotChecked(BODY, unchecked),
  ];
}
