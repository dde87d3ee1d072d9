import type { DocumentedHeader } from '../../contract/header.js';
import type { Validator } from '../../contract/schema/validator.js';
import { isJsonType, parseJson, type Json } from '../../json.js';
import { header, type Answer } from '../../targets/reply.js';
import { answerCheck, type Found } from '../answer-check.js';
import { nameOf } from '../fact.js';
import { notChecked, partlyNotChecked, WARNINGS } from '../not-checked.js';
import { checkReadings, readingsOfSimple } from '../readings.js';

export const responseHeaders = answerCheck<string>({
  id: 'answer/response-headers',
  promise:
    'Headers that the contract requires are there, and those that come have the values that it describes.',
  source: {
    kind: 'contract',
    ref: 'the headers of the response (OpenAPI 3.0.4, sections 4.8.12.3 and 4.8.21)',
    url: 'https://spec.openapis.org/oas/v3.0.4.html#header-object',
  },
  since: '0.1.0',
  severity: 'error',
  warnings: WARNINGS,
  asks: { atMost: 0 },
  // The other codes are the keywords of schemas; the validator gives their sentences.
  messages: {
    missing: ({ header: name }) => `the required header “${name}” is missing`,
    'not-json': ({ header: name }) => `the header “${name}” is not JSON, as the contract promises`,
  },
  find: ({ answer, response, validator }) => {
    const described = response?.headers ?? [];
    return [
      ...described
        .filter(({ name, required }) => required && header(answer, name.toLowerCase()) === undefined)
        .map(({ name }) => ({ code: 'missing', facts: { header: nameOf(name) } })),
      ...described.flatMap((one) => valueOf(one, answer, validator)),
    ];
  },
});

/** What is wrong with the value of a header that came. */
function valueOf(described: DocumentedHeader, answer: Answer, validator: Validator): Found[] {
  const { name, schemaPointer } = described;
  const facts = { header: nameOf(name) };
  const text = header(answer, name.toLowerCase());
  if (text === undefined || schemaPointer === undefined) return [];
  const readings = readingsOfHeader(text, described);
  if (!readings) return [{ code: 'not-json', facts }];
  const part = { what: `the header “${name}”`, facts };
  const checked = checkReadings(validator, schemaPointer, readings);
  if (checked.kind === 'not checked') return [notChecked(part, checked.why)];
  const [violation] = checked.violations;
  if (!violation) return partlyNotChecked(part, checked.unchecked);
  return [{ code: violation.keyword, facts, message: `the header “${name}” ${violation.message}` }];
}

/** @returns undefined for a value that is not of the media type in which the contract describes it */
function readingsOfHeader(text: string, { mediaType }: DocumentedHeader): Json[] | undefined {
  if (mediaType === undefined) return readingsOfSimple(text);
  if (!isJsonType(mediaType)) return [text];
  const value = parseJson(text);
  return value === undefined ? undefined : [value];
}
