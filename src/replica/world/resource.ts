import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../../document/literals.js';
import { AnyJson, closed } from './answer.js';
import { Filter } from './filter.js';
import { Listing, ListingChange, Sort } from './listing.js';

/** One kind of record: how many there are, what they hold, and how they are found. */
export const Resource = Type.Object(
  {
    count: Type.Integer({ minimum: 0 }),
    ids: Type.Object(
      {
        first: Type.Integer(),
        step: Type.Optional(Type.Integer({ minimum: 1 })),
        type: Type.Optional(literals(['string', 'number'])),
        /** The text that an id is, with `{number}` in it. Default: the number alone. */
        text: Type.Optional(Type.String({ pattern: '\\{number\\}' })),
        /** The member that holds the id. Default: `id`. */
        member: Type.Optional(Type.String()),
      },
      closed,
    ),
    /** A record, with generators in braces; see records.ts. */
    record: AnyJson,
    /** By the parameter of the query, or the member of the body, that asks for it. */
    filters: Type.Optional(Type.Record(Type.String(), Filter)),
    sort: Type.Optional(Sort),
    /** Default: that of the world. */
    listing: Type.Optional(Listing),
  },
  closed,
);
export type Resource = Static<typeof Resource>;

/** What a world says otherwise of a resource of the world that it extends; null takes a filter away. */
export const ResourceChange = Type.Partial(
  Type.Object(
    {
      ...Resource.properties,
      filters: Type.Record(Type.String(), Type.Union([Filter, Type.Null()])),
      listing: ListingChange,
    },
    closed,
  ),
);
export type ResourceChange = Static<typeof ResourceChange>;
