import { NotApplicable } from '../drive/drive.js';
import { readBody } from '../exchange/body.js';
import { isJsonType } from '../json.js';
import { header, isSuccess, type Answer } from '../targets/reply.js';
import { inconclusive } from './check.js';

/** The text of a success that says that it is one JSON text; else why it is not looked at. */
export function jsonTextOf(answer: Answer): string | NotApplicable | ReturnType<typeof inconclusive> {
  if (!isSuccess(answer.status)) return inconclusive('its answer is no success');
  if (!isOneJsonText(answer)) return new NotApplicable('its answer is no JSON');
  if (answer.incomplete !== undefined) return inconclusive('its body did not come whole');
  const body = readBody(answer);
  if (body.kind === 'empty') return new NotApplicable('its answer has no body');
  return (body.kind === 'json' || body.kind === 'unreadable') && body.text !== ''
    ? body.text
    : inconclusive('its body could not be read');
}

/** Sequences and streams of JSON texts have such names as well: `application/json-seq`, `application/stream+json`. */
function isOneJsonText(answer: Answer): boolean {
  const type = header(answer, 'content-type') ?? '';
  return isJsonType(type) && !/seq|stream|lines/i.test(type);
}
