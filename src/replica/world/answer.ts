import { Type, type Static } from '@sinclair/typebox';
import type { Json } from '../../json.js';

export const closed = { additionalProperties: false };

/** A value of a world that is sent, or made into something that is: anything that YAML can say. */
export const AnyJson = Type.Unsafe<Json>(Type.Unknown());

/** An answer. Where something is known of the request, names in braces stand for it; see template.ts. */
export const FixedAnswer = Type.Object(
  {
    status: Type.Integer({ minimum: 100, maximum: 599 }),
    headers: Type.Optional(Type.Record(Type.String({ pattern: '^[^A-Z]+$' }), Type.String())),
    /** Sent as JSON when it is no string. */
    body: Type.Optional(AnyJson),
    standing: Type.Optional(Type.String()),
  },
  closed,
);
export type FixedAnswer = Static<typeof FixedAnswer>;
