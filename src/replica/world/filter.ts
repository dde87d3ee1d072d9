import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../../document/literals.js';
import { closed } from './answer.js';

const MATCHES = [
  ...(['equals', 'contains', 'starts', 'at-least', 'at-most'] as const),
  // Of dates, the digits of year, month and day are compared.
  ...(['day', 'month', 'since', 'until'] as const),
] as const;

/** Keeps the records of which a value is as the request says. */
const ByValue = Type.Object(
  {
    /** Where the value is in a record: `name.0.family`, `meta.tag[code=status].display`; one of several places. */
    at: Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })]),
    /** Default: `equals`. */
    match: Type.Optional(literals(MATCHES)),
    /** Whether capitals count in texts. Default: they are ignored. */
    case: Type.Optional(literals(['exact', 'ignored'])),
    /** What is between the values of a list, in the request and in the record: one of them is enough. */
    separator: Type.Optional(Type.String({ minLength: 1 })),
    /** For `day`: the parameter that says how many days after the first one belong to it. */
    span: Type.Optional(Type.String()),
    /** A defect: of so many records that it should find, it leaves out the first. */
    dropsOneIn: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);
export type ByValue = Static<typeof ByValue>;

/** What a filter does with the records. */
export const Filter = Type.Union([
  ByValue,
  /** Keeps one record in so many, whatever its value: a filter that hides records. */
  Type.Object({ keepsOneIn: Type.Integer({ minimum: 1 }) }, closed),
  /** Finds nothing, whatever its value: a filter that is broken. */
  Type.Object({ findsNothing: Type.Literal(true) }, closed),
]);
export type Filter = Static<typeof Filter>;
