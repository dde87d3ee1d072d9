import { Type } from '@sinclair/typebox';

/** The schema of a value that has to be one of these words. */
export function literals<const T extends string>(values: readonly T[]) {
  return Type.Union(values.map((value) => Type.Literal(value)));
}
