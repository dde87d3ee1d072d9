import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../json.js';
import { kept } from '../../once.js';
import { SEED } from '../../testing/seed.js';
import { prepareSchemas } from './prepare.js';
import { fragmentOf, ROOT } from './targets.js';
import { validatorOf } from './validator.js';

const NAMES = ['a', 'b', 'kind'];
const some = <T>(values: T[]) => fc.constantFrom(...values);
const SCALAR: fc.Arbitrary<Json> = some<Json>([null, true, 0, 1, 2.5, 'x', 'on', 'abcd']);

/** Values that are near to what the schemas below are about. */
const { value: VALUE } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    SCALAR,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(some(NAMES), tie('value'), { maxKeys: 3 }),
  ),
}));

/** Schemas in which everything is in everything: alternatives in alternatives above all. */
const { schema: SCHEMA } = fc.letrec<{ schema: JsonObject }>((tie) => {
  const list = fc.array(tie('schema'), { minLength: 1, maxLength: 3 });
  const maybe = fc.record(
    {
      type: some<Json>(['string', 'integer', 'object', 'array', 'boolean']),
      nullable: fc.boolean(),
      enum: fc.array(SCALAR, { minLength: 1, maxLength: 3 }),
      minimum: some([0, 1]),
      exclusiveMinimum: fc.boolean(),
      minLength: some([1, 3]),
      pattern: some(['^o', 'd$', '(']),
    },
    { requiredKeys: [] },
  );
  return {
    schema: fc.oneof(
      { depthSize: 'small' },
      maybe,
      fc.constantFrom({ $ref: '#/components/schemas/One' }, { $ref: '#/components/schemas/Other' }),
      fc
        .tuple(maybe, some(['anyOf', 'oneOf', 'allOf']), list)
        .map(([rest, keyword, parts]): JsonObject => ({ ...rest, [keyword]: parts })),
      fc.tuple(maybe, list, list).map(([rest, anyOf, oneOf]): JsonObject => ({ ...rest, anyOf, oneOf })),
      fc
        .tuple(fc.dictionary(some(NAMES), tie('schema'), { maxKeys: 3 }), fc.subarray(NAMES), fc.boolean())
        .map(([properties, required, additionalProperties]): JsonObject => ({
          type: 'object',
          properties,
          required,
          additionalProperties,
        })),
      tie('schema').map((items): JsonObject => ({ type: 'array', items })),
      tie('schema').map((not): JsonObject => ({ not })),
    ),
  };
});

/** Each with five values. */
const ROUNDS = process.env['CONFORM_TEST_THOROUGH'] === undefined ? 60 : 500;
const AT = '/components/schemas/One';

test.each(['3.0', '3.1'] as const)(
  `there is no violation exactly when the validator itself says that a value is right: OpenAPI %s (seed ${SEED})`,
  (dialect) => {
    const seen = { right: 0, wrong: 0 };
    const pair = fc.tuple(SCHEMA, SCHEMA, fc.array(VALUE, { minLength: 5, maxLength: 5 }));
    fc.assert(
      fc.property(pair, ([One, Other, values]) => {
        const openapi = `${dialect}.0`;
        const prepared = prepareSchemas({ openapi, components: { schemas: { One, Other } } }, dialect);
        const { check } = validatorOf(
          kept(() => prepared),
          'answer',
          60_000,
        );
        const plain = dialect === '3.1' ? Ajv2020 : Ajv;
        const ajv = new plain({ strict: false, validateSchema: false, logger: false });
        ajv.addSchema({ $id: ROOT, ...prepared.root }, ROOT);
        const validate = ajv.compile({ $ref: fragmentOf(prepared.placeOf(AT) ?? '') });
        for (const value of values) {
          const checked = check(AT, value);
          const isRight = validate(value);
          seen[isRight ? 'right' : 'wrong'] += 1;
          expect(checked).toMatchObject({ kind: 'checked', complete: true });
          expect(checked.kind === 'checked' && checked.violations.length === 0).toBe(isRight);
        }
      }),
      { seed: SEED, numRuns: ROUNDS },
    );
    // Values that are all wrong would show nothing.
    expect(Math.min(seen.right, seen.wrong)).toBeGreaterThan(ROUNDS / 2);
  },
);
