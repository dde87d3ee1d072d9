import { describe, expect, test } from 'vitest';
import type { Operation } from '../contract/operation.js';
import type { Json } from '../json.js';
import { answer, contractOf } from '../testing/host.js';
import { listFormOf, saysWhere, sizeAskedIn, sizeOf, type ListForm, type Next } from './list-form.js';
import type { StatedList } from './stated/lists.js';

/** An operation with these parameters of the query, and one of a header. */
function operationWith(...names: string[]): Operation {
  const parameters = names.map((name) => `{ name: '${name}', in: query, schema: { type: string } }`);
  const [operation] = contractOf(`/things: { get: { parameters: [
    { name: limit, in: header, schema: { type: integer } }, ${parameters.join(', ')}] } }`).operations;
  if (!operation) throw new Error('there is no operation');
  return operation;
}

const THINGS: Json = [{ id: 1 }];

function formOf(names: string[], stated?: StatedList, body: Json = THINGS): ListForm {
  const form = listFormOf(operationWith(...names), body, 'things', stated);
  if (!form) throw new Error('it is no list');
  return form;
}

describe('which parameter says what', () => {
  const rolesOf = (names: string[], stated?: StatedList) => {
    const { size, page, sort, filters } = formOf(names, stated);
    return {
      size: size?.name,
      page: page && `${page.kind} ${page.parameter.name}`,
      sort: sort?.name,
      filters: filters.map(({ name }) => name),
    };
  };

  test.each<[names: string[], roles: Partial<ReturnType<typeof rolesOf>>]>([
    [[], {}],
    [['limit', 'page', 'sort'], { size: 'limit', page: 'page page', sort: 'sort' }],
    [['page_size', 'page-number'], { size: 'page_size', page: 'page page-number' }],
    [['$top', '$skip', '$orderby'], { size: '$top', page: 'offset $skip', sort: '$orderby' }],
    [['_count', '_offset'], { size: '_count', page: 'offset _offset' }],
    [['take', 'nextToken'], { size: 'take', page: 'cursor nextToken' }],
    // A cursor is surer than a place, and that than a number of a page.
    [['page', 'offset', 'cursor'], { page: 'cursor cursor' }],
    [['page', 'offset'], { page: 'offset offset' }],
    [['name', 'x_limit', 'fields', '_summary', '$expand'], { filters: ['name', 'x_limit'] }],
  ])('%j', (names, roles) => {
    expect(rolesOf(names)).toEqual({
      ...{ size: undefined, page: undefined, sort: undefined, filters: [] },
      ...roles,
    });
  });

  test('what is stated is before what names say', () => {
    const stated = { size: 'menge', page: 'seite', sort: 'folge' };
    expect(rolesOf(['limit', 'page', 'sort', 'menge', 'seite', 'folge'], stated)).toEqual({
      ...{ size: 'menge', page: 'page seite', sort: 'folge' },
      filters: ['limit', 'page', 'sort'],
    });
    // Also over the kinds of pages.
    expect(rolesOf(['cursor', 'seite'], { page: 'seite' }).page).toBe('page seite');
    expect(rolesOf(['seite', 'ab'], { offset: 'ab' }).page).toBe('offset ab');
    expect(rolesOf(['page', 'marke'], { cursor: 'marke' }).page).toBe('cursor marke');
    // What the contract does not have is not asked for.
    expect(rolesOf(['cursor'], { page: 'seite' }).page).toBe('cursor cursor');
  });

  test('where the first page is is what somebody has stated', () => {
    expect(formOf(['page'], { origin: 0 }).page?.origin).toBe(0);
    expect(formOf(['page']).page?.origin).toBeUndefined();
  });

  test('filters are those that somebody has stated, whatever their names say', () => {
    const { filters, about } = formOf(['limit', 'page', 'fields', 'hint', 'name'], {
      filters: { fields: 'kind', page: '/at/page', hint: false },
    });
    expect(filters.map(({ name }) => name)).toEqual(['page', 'fields', 'name']);
    expect(Object.fromEntries(about ?? [])).toEqual({ fields: '/kind', page: '/at/page' });
    expect([...(formOf([]).about ?? [])]).toEqual([]);
  });

  test.each([
    ['page', true],
    ['$skip', true],
    ['next_token', true],
    ['limit', false],
    ['name', false],
  ])('%s says at which place a page begins: %s', (name, says) => {
    expect(saysWhere(name)).toBe(says);
  });
});

describe('the size of a page', () => {
  test('is a parameter of the query', () => {
    expect(sizeOf(operationWith('name'))).toBeUndefined();
    expect(sizeOf(operationWith('name', 'pageSize'))?.name).toBe('pageSize');
    expect(sizeOf(operationWith('limit', 'menge'), { size: 'menge' })?.name).toBe('menge');
  });

  test.each<[query: string, stated: StatedList | undefined, size: number | undefined]>([
    ['limit=5', undefined, 5],
    ['name=7&per_page=20', undefined, 20],
    ['limit=many&count=3', undefined, 3],
    ['limit=1234567890', undefined, undefined],
    ['$top=5', undefined, 5],
    ['limit=-5', undefined, undefined],
    ['limit=5.5', undefined, undefined],
    ['limit=', undefined, undefined],
    ['name=7', undefined, undefined],
    ['menge=7', { size: 'menge' }, 7],
    ['menge=7', undefined, undefined],
  ])('that %s asks for, with %j, is %s', (query, stated, size) => {
    expect(sizeAskedIn(new URLSearchParams(query), stated)).toBe(size);
  });
});

describe('the things of an answer', () => {
  test('are those of a list, or of the member that is one', () => {
    expect(formOf([]).itemsOf(THINGS)).toEqual(THINGS);
    expect(formOf([]).itemsOf({ things: THINGS })).toEqual(THINGS);
    expect(formOf([]).itemsOf('none')).toBeUndefined();
    expect(formOf([]).itemsOf(undefined)).toBeUndefined();
  });

  test('are where it is stated that they stand', () => {
    const stated = { items: '/found/rows' };
    const body = { found: { rows: THINGS }, things: [] };
    expect(formOf([], stated, body).itemsOf(body)).toEqual(THINGS);
    expect(formOf([], stated, body).itemsOf({ found: { rows: 'none' } })).toBeUndefined();
    expect(formOf([], stated, body).itemsOf(undefined)).toBeUndefined();
    expect(listFormOf(operationWith(), { things: [] }, 'things', stated)).toBeUndefined();
  });

  test('there is no list without them', () => {
    expect(listFormOf(operationWith('limit'), 'none', 'things')).toBeUndefined();
    expect(listFormOf(operationWith('limit'), undefined, 'things')).toBeUndefined();
  });
});

describe('how many there are', () => {
  const X_TOTAL = { 'x-total-count': '12' };

  test.each<[body: Json | undefined, headers: Record<string, string>, total: number | undefined]>([
    [{ total: 7 }, {}, 7],
    [{ total_count: 7 }, {}, 7],
    [{ '@count': 7 }, {}, undefined],
    [{ $total: 7 }, {}, 7],
    [{ _total: 7 }, {}, 7],
    [{ meta: { totalResults: 7 } }, {}, 7],
    [{ Paging: { total: 7 } }, {}, 7],
    [{ meta: { total: 8 }, total: 7 }, {}, 7],
    [{ totalItems: 9, total: 'many' }, {}, 9],
    [{ things: { total: 7 } }, {}, undefined],
    [{ meta: 7 }, {}, undefined],
    [{ total: -1 }, {}, undefined],
    [{ total: 0 }, {}, 0],
    [{ total: 1.5 }, {}, undefined],
    [{ total: '7' }, {}, undefined],
    [{ total: 7 }, X_TOTAL, 7],
    [[], X_TOTAL, 12],
    [undefined, X_TOTAL, 12],
    [[], { 'x-total-count': 'about 12' }, undefined],
    [[], { 'x-total-count': '12 or so' }, undefined],
    [[], { 'x-total-count': '1234567890123' }, undefined],
    [[], {}, undefined],
  ])('%j with %j says %s', (body, headers, total) => {
    expect(formOf([]).totalOf(body, answer(200, undefined, headers))).toBe(total);
  });

  test('is what stands where it is stated', () => {
    const { totalOf } = formOf([], { total: '/found/all' });
    expect(totalOf({ found: { all: 3 }, total: 7 }, answer(200, undefined, X_TOTAL))).toBe(3);
    expect(totalOf({ total: 7 }, answer(200, undefined, X_TOTAL))).toBeUndefined();
    expect(totalOf(undefined, answer(200, undefined, X_TOTAL))).toBe(12);
  });
});

describe('where the next page is', () => {
  const link = (text: string): Next => ({ kind: 'link', link: text });
  const cursor = (text: string): Next => ({ kind: 'cursor', cursor: text });
  const HEADER = { link: '</things?page=3>; rel="next"' };

  test.each<[body: Json | undefined, headers: Record<string, string>, next: Next | undefined]>([
    [{ next: '/things?page=2' }, {}, link('/things?page=2')],
    [{ next: 'https://api.shop.example/things?page=2' }, {}, link('https://api.shop.example/things?page=2')],
    [{ next: '?page=2' }, {}, link('?page=2')],
    [{ next: 'a1' }, {}, cursor('a1')],
    [{ next: 'a1/b2==' }, {}, cursor('a1/b2==')],
    [{ next: 'http://api.shop.example/a' }, {}, link('http://api.shop.example/a')],
    [{ nextToken: 'a1' }, {}, cursor('a1')],
    [{ continuation_token: 'a1' }, {}, cursor('a1')],
    [{ next: { href: '/a' } }, {}, link('/a')],
    [{ next: '' }, {}, undefined],
    [{ next: null }, {}, undefined],
    [{ links: { next: '/a' } }, {}, link('/a')],
    [{ pagination: { next: '/a' } }, {}, link('/a')],
    [
      {
        link: [
          { relation: 'self', url: '/b' },
          { relation: 'next', url: '/a' },
        ],
      },
      {},
      link('/a'),
    ],
    [{ link: [], links: [{ rel: 'next', href: '/a' }] }, {}, link('/a')],
    [{ links: [{ rel: 'self', href: '/b' }] }, {}, undefined],
    [{ next_cursor: 'a1' }, {}, cursor('a1')],
    [{ meta: { nextPageToken: 'a1' } }, {}, cursor('a1')],
    [{ nextToken: '', cursor: 'a2' }, {}, cursor('a2')],
    [{ continuationToken: 7 }, {}, undefined],
    [{ cursor: 'a1', next: '/a' }, {}, link('/a')],
    [[], HEADER, link('/things?page=3')],
    [undefined, HEADER, link('/things?page=3')],
    [{ next: '/a' }, HEADER, link('/a')],
    [{ next: '', cursor: 'a1' }, {}, cursor('a1')],
    [[], { link: '<a1>; rel="next"' }, cursor('a1')],
    [[], {}, undefined],
  ])('%j with %j says %j', (body, headers, next) => {
    expect(formOf([]).nextOf(body, answer(200, undefined, headers))).toEqual(next);
  });

  test.each<[found: Json, next: Next | undefined]>([
    ['/a', link('/a')],
    [{ url: '/a' }, link('/a')],
    ['a1', cursor('a1')],
    [12, cursor('12')],
    ['', undefined],
    [true, undefined],
  ])('%j where it is stated says %j', (found, next) => {
    const { nextOf } = formOf([], { next: '/on' });
    expect(nextOf({ on: found, next: '/b' }, answer(200))).toEqual(next);
  });

  test('what is stated is of a body only', () => {
    expect(formOf([], { next: '/on' }).nextOf(undefined, answer(200, undefined, HEADER))).toEqual(
      link('/things?page=3'),
    );
  });
});
