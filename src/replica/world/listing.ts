import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../../document/literals.js';
import { AnyJson, FixedAnswer, closed } from './answer.js';

/** How a list falls into pages. */
export const Paging = Type.Object(
  {
    /** What the parameter says: the number of a page, how many things are before it, or a text given before. */
    kind: literals(['page', 'offset', 'cursor']),
    parameter: Type.String(),
    /** The number of the first page, or of the first thing. */
    origin: Type.Integer({ minimum: 0 }),
    /** The parameter for the size of a page, where there is one. */
    size: Type.Optional(Type.String()),
    default: Type.Integer({ minimum: 1 }),
    largest: Type.Integer({ minimum: 1 }),
    /** What comes past the last page: nothing (default), the last page again, or a refusal. */
    pastEnd: Type.Optional(Type.Union([literals(['nothing', 'last']), FixedAnswer])),
    /** A defect: so many things of a page are on the next one as well; below zero, so many are on none. */
    overlap: Type.Optional(Type.Integer()),
  },
  closed,
);
export type Paging = Static<typeof Paging>;

/**
 * The form in which records are listed. In `answer`, names in braces stand for what the list holds: `{items}`, `{shown}`
 * (how many those are), `{total}` (of what the filters let through), `{all}` (whatever they do), `{pages}`, `{page}`,
 * `{size}`, `{self}`, `{next}` and `{previous}` (paths with a query), `{nextPage}` (the value of the parameter), `{origin}`
 * (scheme and host). So items can be in any member, or be the whole body.
 */
export const Listing = Type.Object(
  {
    answer: FixedAnswer,
    /** What comes instead when no item is shown. */
    empty: Type.Optional(FixedAnswer),
    /** The form of one item, with `{item}` for the record. Default: the record itself. */
    each: Type.Optional(AnyJson),
    /** Without it, everything is on one page. */
    paging: Type.Optional(Paging),
  },
  closed,
);
export type Listing = Static<typeof Listing>;

/** What a world says otherwise of the lists of a resource. */
export const ListingChange = Type.Partial(
  Type.Object({ ...Listing.properties, paging: Type.Partial(Paging, closed) }, closed),
);

/** How a request says the order of a list. */
export const Sort = Type.Object(
  {
    parameter: Type.String(),
    /** What can be sorted by, and where it is in a record. */
    fields: Type.Record(Type.String(), Type.String()),
    /** What is before a field that is to come in descending order. Default: `-`. */
    descending: Type.Optional(Type.String({ minLength: 1 })),
    /** What is between several fields. Default: a comma. */
    separator: Type.Optional(Type.String({ minLength: 1 })),
  },
  closed,
);
export type Sort = Static<typeof Sort>;
