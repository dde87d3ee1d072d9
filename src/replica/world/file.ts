import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../../document/literals.js';
import { CAUSES, OUTCOMES, type Cause } from '../../verdict/causes.js';
import { FixedAnswer, closed } from './answer.js';
import { Gateway, Token } from './host.js';
import { Listing } from './listing.js';
import { Resource, ResourceChange } from './resource.js';
import { BEHAVIOURS, Route, RouteChange, type Behaviour } from './route.js';

const Expected = Type.Object(
  { outcome: literals(OUTCOMES), cause: Type.Optional(literals(Object.keys(CAUSES) as Cause[])) },
  closed,
);

const People = Type.Object(
  {
    given: Type.Array(Type.String(), { minItems: 1 }),
    family: Type.Array(Type.String(), { minItems: 1 }),
    city: Type.Array(Type.String(), { minItems: 1 }),
  },
  closed,
);

const Answers = Type.Partial(
  Type.Object(
    Object.fromEntries(BEHAVIOURS.map((behaviour) => [behaviour, FixedAnswer])) as Record<
      Behaviour,
      typeof FixedAnswer
    >,
    closed,
  ),
);

/** A file of `worlds/`: a whole world, or what it says otherwise than the one that it extends. */
export const WorldFile = Type.Object(
  {
    about: Type.String(),
    extends: Type.Optional(Type.String()),
    seed: Type.Optional(Type.Integer()),
    people: Type.Optional(People),
    /** Where there is none, nobody is given a token. */
    token: Type.Optional(Type.Partial(Token, closed)),
    gateway: Type.Optional(Type.Partial(Gateway, closed)),
    /** Without it, there is no limit. */
    requestsPerSecond: Type.Optional(Type.Integer({ minimum: 1 })),
    /** The answer of the application to an id that it does not have. */
    missing: Type.Optional(FixedAnswer),
    /** Its answer to a body that the contract forbids, where no rule of a route says otherwise. Default: it is taken. */
    malformed: Type.Optional(FixedAnswer),
    /** What is answered to what has succeeded, by what a route does, where the route says nothing else. */
    answers: Type.Optional(Answers),
    /** The form of lists, where a resource or a route says nothing else. */
    listing: Type.Optional(Listing),
    /** Outside the gateway: everything that has no answer of its own below. Default: as a path without a route. */
    elsewhere: Type.Optional(FixedAnswer),
    /** The former host, on a port of its own. */
    legacy: Type.Optional(FixedAnswer),
    resources: Type.Optional(Type.Record(Type.String(), ResourceChange)),
    /** By method and path; null takes a route of the extended world away, and one without `does` changes it. */
    routes: Type.Optional(Type.Record(Type.String(), Type.Union([Route, RouteChange, Type.Null()]))),
    /** What a check with real writes finds of each operation in this world. */
    expect: Type.Optional(Type.Record(Type.String(), Expected)),
  },
  closed,
);
export type WorldFile = Static<typeof WorldFile>;

/** A world with all that it extends, as it has to be. */
export const WholeWorld = Type.Object({
  seed: Type.Integer(),
  people: People,
  gateway: Gateway,
  missing: FixedAnswer,
  resources: Type.Record(Type.String(), Resource),
  token: Type.Optional(Token),
});

/** One dated record of what hosts answered, complete. */
export type World = Omit<WorldFile, 'extends' | 'routes' | keyof Static<typeof WholeWorld>> &
  Static<typeof WholeWorld> & {
    date: string;
    answers: Partial<Record<Behaviour, FixedAnswer>>;
    routes: Readonly<Record<string, Route>>;
    expect: NonNullable<WorldFile['expect']>;
  };
