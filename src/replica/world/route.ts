import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../../document/literals.js';
import { AnyJson, FixedAnswer, closed } from './answer.js';
import { Listing } from './listing.js';

/** What a request has to keep, and the answer when it does not. A value is looked for in the body, then in the query. */
const Rule = Type.Object(
  {
    /** All of these have to be there. */
    needs: Type.Optional(Type.Array(Type.String())),
    /** One of these has to be there. */
    needsOneOf: Type.Optional(Type.Array(Type.String())),
    /** A value that has to match a pattern where it is there. */
    matches: Type.Optional(Type.Object({ at: Type.String(), pattern: Type.String() }, closed)),
    /** The value must not be an array. */
    notArray: Type.Optional(Type.String()),
    /** The query has no parameter but these. */
    knows: Type.Optional(Type.Array(Type.String())),
    answer: FixedAnswer,
  },
  closed,
);
export type Rule = Static<typeof Rule>;

export const BEHAVIOURS = ['list', 'read', 'create', 'update', 'delete', 'open', 'close', 'fixed'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

/** What a route does wrong, although it answers as if it did not. */
const Defects = Type.Object(
  {
    /** It answers, and changes nothing. */
    effect: Type.Optional(Type.Literal('none')),
    /** It acts on the record after the one that is asked for. */
    actsOn: Type.Optional(Type.Literal('next')),
    /** Members that a record does not have any more afterwards. */
    loses: Type.Optional(Type.Array(Type.String())),
    /** Members that are shown otherwise than they are kept. */
    shows: Type.Optional(Type.Record(Type.String(), AnyJson)),
    /** A list that never has what was created since the start. */
    lists: Type.Optional(Type.Literal('seed')),
  },
  closed,
);

export const Route = Type.Object(
  {
    does: literals(BEHAVIOURS),
    of: Type.Optional(Type.String()),
    standing: Type.String(),
    /** The path parameter that names the record; default: the last one. */
    id: Type.Optional(Type.String()),
    /** Members that records have here, with the parameters of the path in braces: `{ owner: 'Person/{owner_id}' }`. */
    where: Type.Optional(Type.Record(Type.String(), Type.String())),
    /** A record that the path also names, and what is answered where it is not there (default: `missing`). */
    parent: Type.Optional(
      Type.Object({ of: Type.String(), id: Type.String(), absent: Type.Optional(FixedAnswer) }, closed),
    ),
    rules: Type.Optional(Type.Array(Rule)),
    /** It was seen to take a body that the contract forbids, so that `malformed` is never its answer. */
    takes: Type.Optional(Type.Literal('anything')),
    /** Answers this instead when all rules are kept. */
    then: Type.Optional(FixedAnswer),
    /** One parent in so many is refused with this answer, although it exists. */
    refuses: Type.Optional(Type.Object({ oneIn: Type.Integer({ minimum: 1 }), answer: FixedAnswer }, closed)),
    /** Instead of the `missing` of the world. */
    missing: Type.Optional(FixedAnswer),
    /** The successful answer, with members of the record in braces, and `{record}` for all of it. */
    answer: Type.Optional(FixedAnswer),
    /** Members that are set when it is done, with values of the body in braces. */
    sets: Type.Optional(Type.Record(Type.String(), AnyJson)),
    /** For `update`: members that a record does not have any more where the body leaves them out. Default: it keeps all. */
    replaces: Type.Optional(Type.Array(Type.String())),
    /** For `open`: the members by which a record is still open, so that it is given again instead of a new one. */
    reuses: Type.Optional(Type.Record(Type.String(), AnyJson)),
    /** For `list`: instead of that of the resource. */
    listing: Type.Optional(Listing),
    /** That the host answers it although it is no operation of the contract. */
    undocumented: Type.Optional(Type.Literal(true)),
    /** Whether it asks for a credential. Default: it does. */
    guarded: Type.Optional(Type.Boolean()),
    defects: Type.Optional(Defects),
  },
  closed,
);
export type Route = Static<typeof Route>;

/** What a world says otherwise of a route of the world that it extends. */
export const RouteChange = Type.Partial(Type.Omit(Route, ['does']), closed);
export type RouteChange = Static<typeof RouteChange>;
