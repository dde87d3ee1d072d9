import { _, type Ajv } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { isArray, isObject, type Json } from '../../json.js';
import { isMultipleOf } from './decimal.js';
import { setAsideFor, UNCHECKED, type SetAside } from './unchecked.js';

/** Teaches a validator the keywords that OpenAPI has more than JSON Schema, and ours. */
export function addOwnKeywords(
  ajv: Ajv | Ajv2020,
  { onUnchecked, obeysWriteOnly }: { onUnchecked: (found: SetAside) => void; obeysWriteOnly: boolean },
): void {
  ajv.addKeyword({
    keyword: 'discriminator',
    type: 'object',
    errors: false,
    error: {
      message: 'must name one of the alternatives',
      params: ({ schemaCode }) => _`{ discriminator: ${schemaCode} }`,
    },
    validate: (discriminator: Json, value: unknown) => namedBy(discriminator, value) === 'one of them',
  });
  ajv.addKeyword({
    keyword: UNCHECKED,
    errors: false,
    validate: (marks: Json, value: unknown) => {
      for (const found of setAsideFor(marks, value)) onUnchecked(found);
      return true;
    },
  });
  ajv.removeKeyword('multipleOf');
  ajv.addKeyword({
    keyword: 'multipleOf',
    type: 'number',
    errors: false,
    error: { message: ({ schema }) => `must be multiple of ${String(schema)}` },
    validate: (divisor: Json, value: number) => typeof divisor !== 'number' || isMultipleOf(value, divisor),
  });
  if (!obeysWriteOnly) return;
  ajv.removeKeyword('writeOnly');
  ajv.addKeyword({
    keyword: 'writeOnly',
    errors: false,
    error: { message: 'must not be there' },
    // It is about members: a whole answer, or an item, that is `writeOnly` could never come at all.
    validate: (isWriteOnly: Json, _value: unknown, _schema, place) =>
      isWriteOnly !== true || !isObject(place?.parentData) || typeof place.parentDataProperty !== 'string',
  });
}

/** What the member that a discriminator names says of an object. */
export function namedBy(
  discriminator: unknown,
  value: unknown,
): 'one of them' | 'nothing' | 'something else' {
  if (!isObject(discriminator) || !isObject(value)) return 'one of them';
  const { propertyName: member, names } = discriminator;
  if (typeof member !== 'string' || !Object.hasOwn(value, member)) return 'nothing';
  const name = value[member];
  return isArray(names) && name !== undefined && names.includes(name) ? 'one of them' : 'something else';
}
