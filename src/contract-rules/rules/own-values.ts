import { isArray, pointer, type Json } from '../../json.js';
import type { ContractRule, Fault } from '../rule.js';
import { SECTIONS } from '../sections.js';
import type { WrittenSchema } from '../subject.js';
import { describe, isOfType, whyNotOf } from '../values.js';

export const enumBreaksType: ContractRule = {
  id: 'contract/enum-breaks-type',
  promise: 'Every value of an enum has the type that is beside it: another can never come.',
  severity: 'error',
  source: SECTIONS.schema,
  judge: ({ typed }) =>
    typed.flatMap(({ value, pointer: here }) => {
      const { enum: allowed } = value;
      if (!isArray(allowed)) return [];
      const wrong = allowed.flatMap((one, index) => (isOfType(value, one) ? [] : [{ one, index }]));
      const [first] = wrong;
      if (!first) return [];
      const type = value['type'] ?? '';
      const others = wrong.length > 1 ? ` and ${wrong.length - 1} more` : '';
      return [
        {
          code: 'type',
          message: `the enum of type ${JSON.stringify(type)} has ${describe(first.one)}${others}`,
          facts: { type, value: first.one, wrong: wrong.length, of: allowed.length },
          pointer: here + pointer('enum', first.index),
        },
      ];
    }),
};

export const defaultBreaksSchema: ContractRule = {
  id: 'contract/default-breaks-schema',
  promise: 'Every default has the type of its schema, and is in its enum.',
  severity: 'warning',
  source: SECTIONS.schema,
  judge: ({ typed }) => typed.flatMap((schema) => faultOf(schema, 'default', schema.value['default'])),
};

export const exampleBreaksSchema: ContractRule = {
  id: 'contract/example-breaks-schema',
  promise: 'Every example of a schema has the type of its schema, and is in its enum.',
  severity: 'warning',
  source: SECTIONS.schema,
  judge: ({ typed }) => typed.flatMap((schema) => faultOf(schema, 'example', schema.value['example'])),
};

function faultOf({ value, pointer: here }: WrittenSchema, member: string, given: Json | undefined): Fault[] {
  // Beside a reference, nothing else counts before OpenAPI 3.1.
  if (given === undefined || value['$ref'] !== undefined) return [];
  const why = whyNotOf(value, given);
  if (why === undefined) return [];
  return [
    {
      code: why === 'is not in the enum' ? 'enum' : 'type',
      message: `the ${member} ${why}`,
      facts: { [member]: given, ...(value['type'] === undefined ? {} : { type: value['type'] }) },
      pointer: here + pointer(member),
    },
  ];
}
