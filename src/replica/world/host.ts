import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../../document/literals.js';
import { FixedAnswer, closed } from './answer.js';

/** The endpoint that gives tokens (OAuth 2.0, client credentials). */
export const Token = Type.Object(
  {
    path: Type.String(),
    lifetimeSeconds: Type.Integer({ minimum: 1 }),
    /** With `{token}`, `{clientId}` and `{now}` (seconds since 1970). */
    answer: FixedAnswer,
    refused: FixedAnswer,
  },
  closed,
);
export type Token = Static<typeof Token>;

/** How a request shows who it comes from, and who is let in. */
const Credential = Type.Object(
  {
    in: literals(['header', 'query']),
    name: Type.String(),
    /** What is there, with `{token}` for the secret. */
    form: Type.String({ pattern: '\\{token\\}' }),
    /** The tokens that the token endpoint has given, any text, or these. */
    accepts: Type.Union([literals(['granted', 'anything']), Type.Array(Type.String(), { minItems: 1 })]),
    /** Whether those who show nothing are let in as well. Default: they are not. */
    optional: Type.Optional(Type.Boolean()),
  },
  closed,
);
export type Credential = Static<typeof Credential>;

/** What is before the application. In its answers, `{hash}` is the hash of what was shown as a credential. */
export const Gateway = Type.Object(
  {
    /** Where paths that it routes begin; empty for a host that is all one application. */
    prefix: Type.String(),
    /** Whether a path is also found without the slash at its end. */
    slash: literals(['exact', 'optional']),
    /** Values in a path that match this pattern are words of its own, and no ids. */
    noIds: Type.Optional(Type.String()),
    credential: Credential,
    unrouted: FixedAnswer,
    /** Default: as with a token. */
    unroutedWithoutToken: Type.Optional(FixedAnswer),
    /** For a routed path, without a token or with one that is not valid. */
    tokenRefused: FixedAnswer,
    throttled: FixedAnswer,
    /**
     * What is answered to a method that a path has no route for, when it has one for another: by method, or `others`.
     * `as GET` answers like GET. `{allow}` stands for the methods of the path. Default: as to a path without a route.
     */
    methods: Type.Optional(Type.Record(Type.String(), Type.Union([Type.Literal('as GET'), FixedAnswer]))),
  },
  closed,
);
export type Gateway = Static<typeof Gateway>;
