import { answer, type Sent } from './host.js';

/** A host of trays, by how it is asked for a further page. */
export interface Trays {
  /** Default: nine of them. */
  ids?: readonly number[];
  /** How far a page begins from where it should. */
  shift?: number;
  /** Whether it gives the last page for every one beyond it. */
  clamps?: boolean;
  /** Whether pages come without a total. */
  silent?: boolean;
}

/** The ids of nine things. */
export const NINE = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const LIMIT = '{ name: limit, in: query, schema: { type: integer } }';
const STYLES = {
  offset: '{ name: offset, in: query, schema: { type: integer } }',
  page: '{ name: page, in: query, schema: { type: integer } }',
  'page from 0': '{ name: page, in: query, schema: { type: integer, default: 0 } }',
  cursor: '{ name: cursor, in: query, schema: { type: string } }',
  link: '{ name: after, in: query, schema: { type: string } }',
};
export type Style = keyof typeof STYLES;
export const ALL_STYLES: readonly Style[] = ['offset', 'page', 'page from 0', 'cursor', 'link'];

/** Hosts to whose list others add, and from which others take, with every request. */
export function changingTrays(style: Style): ((sent: Sent) => ReturnType<typeof answer>)[] {
  const changing = (idsAfter: (asked: number) => number[]) => {
    let asked = 0;
    return (sent: Sent) => {
      asked += 1;
      return trays(style, { ids: idsAfter(asked) })(sent);
    };
  };
  return [
    changing((asked) => [...Array.from({ length: asked }, (_, more) => 100 + asked - more), ...NINE]),
    changing((asked) => NINE.slice(Math.min(asked, 5))),
  ];
}

/** Answers that are no pages. */
export const NO_PAGES: readonly (readonly [what: string, came: ReturnType<typeof answer>])[] = [
  ...[400, 401, 404, 429, 500].map((status) => [String(status), answer(status)] as const),
  ['a body that breaks off', answer(200, '{"a"', {}, 'cut off')],
];

/** The paths of its contract. */
export function traysPaths(style: Style): string {
  return `/trays: { get: { parameters: [${LIMIT}, ${STYLES[style]}] } }`;
}

export function trays(style: Style, { ids = NINE, shift = 0, clamps = false, silent = false }: Trays = {}) {
  return ({ url }: Sent) => {
    const { searchParams } = new URL(url);
    const limit = Number(searchParams.get('limit') ?? 9);
    const read = (name: string) => Number(searchParams.get(name) ?? Number.NaN);
    const starts = {
      offset: read('offset'),
      page: (read('page') - 1) * limit,
      'page from 0': read('page') * limit,
      cursor: read('cursor'),
      link: read('after'),
    };
    const asked = Number.isNaN(starts[style]) ? 0 : starts[style];
    const start = clamps && asked >= ids.length ? Math.floor((ids.length - 1) / limit) * limit : asked;
    const from = start === 0 ? 0 : start + shift;
    const next = String(start + limit);
    const more =
      start + limit >= ids.length
        ? {}
        : style === 'cursor'
          ? { nextCursor: next }
          : style === 'link'
            ? { next: `/trays?limit=${limit}&after=${next}` }
            : {};
    const total = silent ? {} : { total: ids.length };
    return answer(200, { data: ids.slice(from, start + limit).map((id) => ({ id })), ...total, ...more });
  };
}
