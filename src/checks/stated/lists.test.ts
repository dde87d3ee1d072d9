import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Problem, Problems, throwAll } from '../../problem.js';
import { checkOn } from '../../testing/checks.js';
import { temporaryFolder } from '../../testing/folder.js';
import { answer, contractOf, type Sent } from '../../testing/host.js';
import type { Check } from '../check.js';
import { filterHolds } from '../list/filter-holds.js';
import { filterWorks } from '../list/filter-works.js';
import { pageSize } from '../list/page-size.js';
import { pagesLose } from '../list/pages-lose.js';
import { pagesRepeat } from '../list/pages-repeat.js';
import { totalAgrees } from '../list/total-agrees.js';
import { misnamed, misnamedProblem } from '../../targets/named.js';
import { NO_LISTS, readLists, valueAt } from './lists.js';

/** A list whose names say nothing to who does not know the language. */
const PATHS = `
/zeilen:
  get:
    parameters:
      - { name: ab, in: query, schema: { type: integer } }
      - { name: wieviele, in: query, schema: { type: integer } }
      - { name: farbe, in: query, schema: { type: string, enum: [rot, blau] } }
      - { name: sprache, in: query, schema: { type: string, enum: [rot, blau] } }
    responses: { '200': {} }
`;
const LISTS = `
all:
  items: /Antwort/Zeilen
operations:
  GET /zeilen:
    total: /Antwort/Anzahl
    offset: ab
    origin: 1
    size: wieviele
    filters: { farbe: /merkmale/anstrich, sprache: false }
`;
const ROWS = Array.from({ length: 7 }, (_, index) => ({
  ...{ id: String(index + 1), sprache: 'rot' },
  merkmale: { anstrich: index < 3 ? 'rot' : 'blau' },
}));

/** What the list does wrong. */
interface Wrong {
  ignoresSize?: boolean;
  ignoresFilter?: boolean;
  /** Gives one thing besides that does not meet the filter. */
  mixes?: boolean;
  repeats?: boolean;
  loses?: boolean;
  total?: number;
}

function host({ ignoresSize, ignoresFilter, mixes, repeats, loses, total }: Wrong = {}) {
  return ({ url }: Sent) => {
    const query = new URL(url).searchParams;
    const colour = query.get('farbe');
    const met = ROWS.filter(
      ({ id, merkmale }) =>
        ignoresFilter || colour === null || merkmale.anstrich === colour || (mixes && id === ROWS.at(-1)?.id),
    );
    const first = Number(query.get('ab') ?? 1) - 1;
    const from = first > 0 && repeats ? first - 1 : first > 0 && loses ? first + 1 : first;
    const rows = met.slice(from, ignoresSize ? undefined : from + Number(query.get('wieviele') ?? 20));
    return answer(200, { Antwort: { Zeilen: rows, Anzahl: total ?? met.length }, Kopf: { Stand: 1 } });
  };
}

async function lists(text = LISTS) {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.path, 'lists.yaml'), text);
  return await readLists(folder.path);
}

async function gives(check: Check, wrong: Wrong = {}): Promise<string> {
  const stated = await lists();
  const given = { paths: PATHS, operation: 'GET /zeilen', host: host(wrong) };
  return (await checkOn(check, { ...given, lists: stated })).gives;
}

describe('a list that cannot be derived', () => {
  test('is none without what is stated of it', async () => {
    const given = { paths: PATHS, operation: 'GET /zeilen', host: host() };
    expect((await checkOn(pageSize, given)).gives).toBe('not-applicable');
    expect((await checkOn(pagesRepeat, given)).gives).toMatch(/not-applicable|inconclusive/);
  });

  test.each([pageSize, pagesRepeat, pagesLose, totalAgrees, filterHolds, filterWorks])(
    'is found to keep $id',
    async (check) => {
      expect(await gives(check)).toBe('passed');
    },
  );

  test.each<[Check, Wrong, string]>([
    [pageSize, { ignoresSize: true }, 'larger-than-asked'],
    [pagesRepeat, { repeats: true }, 'repeated'],
    [pagesLose, { loses: true }, 'lost'],
    [totalAgrees, { total: 9 }, 'other-total, total-ignores-filter'],
    [filterHolds, { mixes: true }, 'lets-others-through'],
    [filterWorks, { ignoresFilter: true }, 'ignored'],
  ])('is found to break $id', async (check, wrong, code) => {
    expect(await gives(check, wrong)).toBe(code);
  });

  test('is not filtered by what is stated to be no filter', async () => {
    const given = { paths: PATHS, operation: 'GET /zeilen', host: host(), lists: await lists() };
    const { calls } = await checkOn(filterWorks, given);
    expect(calls.some((call) => call.includes('sprache'))).toBe(false);
  });
});

async function faultsOf(work: () => unknown): Promise<string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    const all = error instanceof Problems ? error.all : error instanceof Problem ? [error] : [];
    return all.map(({ place, message, remedy = '' }) => `${place?.line ?? ''} ${message}. ${remedy}`);
  }
}

test('what has not the form of the file is said with its line', async () => {
  expect(await faultsOf(() => lists('all:\n  rows: /x\n'))).toEqual([expect.stringMatching(/^2 .*“rows”/)]);
  expect(await faultsOf(() => lists('all:\n  origin: 2\n'))).toEqual([expect.stringMatching(/^2 /)]);
  expect(await faultsOf(() => lists('operations:\n  GET /x:\n    offset: ab\n    page: seite\n'))).toEqual([
    '3 the list has page and offset, and only one can say where a page begins. Keep the parameter by which pages are requested.',
  ]);
});

test('a parameter that the operation does not have is said with the nearest one', async () => {
  const stated = await lists('operations:\n  GET /zeilen:\n    size: wievile\n    filters: { farben: /x }\n');
  expect(
    await faultsOf(() => {
      throwAll(misnamed(stated.named, { contract: contractOf(PATHS) }).map(misnamedProblem));
    }),
  ).toEqual([
    '3 “GET /zeilen” has no query parameter “wievile”. The nearest parameter is “wieviele”.',
    '4 “GET /zeilen” has no query parameter “farben”. The nearest parameter is “farbe”.',
  ]);
});

describe('what is stated of a list', () => {
  const TEXT = `
all: { items: /rows, filters: { colour: /c } }
operations:
  GET /zeilen: { total: n, filters: { size: false } }
`;

  test('is what is said of all, with what is said of its operation before it', async () => {
    const { of, operations } = await lists(TEXT);
    expect(of('GET /zeilen')).toEqual({ items: '/rows', total: 'n', filters: { colour: '/c', size: false } });
    expect(of('GET /others')).toEqual({ items: '/rows', filters: { colour: '/c' } });
    expect(operations).toEqual(['GET /zeilen']);
  });

  test('of one operation alone is nothing for the others', async () => {
    const { of, itemsOf } = await lists('operations: { GET /zeilen: { items: /rows } }\n');
    expect([of('GET /zeilen'), of('GET /others'), of('toString')]).toEqual([
      { items: '/rows', filters: {} },
      undefined,
      undefined,
    ]);
    expect([itemsOf('GET /zeilen', { rows: [1] }), itemsOf('GET /others', { rows: [1] })]).toEqual([
      [1],
      undefined,
    ]);
  });

  test('says where the things of a page stand', async () => {
    const { itemsOf } = await lists(TEXT);
    expect(itemsOf('GET /zeilen', { rows: [1, 2] })).toEqual([1, 2]);
    expect(itemsOf('GET /zeilen', { rows: {} })).toBeUndefined();
    expect(itemsOf('GET /zeilen', [])).toBeUndefined();
  });

  test('names its operation and parameters, each with its line: requests depend on them', async () => {
    const { named } = await lists(
      'operations:\n  GET /zeilen:\n    size: n\n    page: p\n    filters:\n      colour: /c\n',
    );
    const of = { operation: 'GET /zeilen', in: 'query' };
    expect(named).toMatchObject([
      { kind: 'operation', name: 'GET /zeilen', bears: 'requests', place: { line: 2 } },
      { kind: 'parameter', name: 'p', bears: 'requests', of, place: { line: 4 } },
      { kind: 'parameter', name: 'n', bears: 'requests', of, place: { line: 3 } },
      { kind: 'parameter', name: 'colour', bears: 'requests', of, place: { line: 6 } },
    ]);
    expect(named).toHaveLength(4);
  });

  test('has one way to say where a page begins, also where it is said of all', async () => {
    expect(await faultsOf(() => lists('all:\n  cursor: a\n  page: b\n'))).toEqual([
      expect.stringMatching(/^2 the list has page and cursor/),
    ]);
  });

  test('is nothing where there is no such file', async () => {
    await using folder = await temporaryFolder();
    expect(await readLists(folder.path)).toBe(NO_LISTS);
    expect([NO_LISTS.of('GET /zeilen'), NO_LISTS.operations, NO_LISTS.named]).toEqual([undefined, [], []]);
  });
});

test.each([
  ['', { a: 1 }],
  ['a', 1],
  ['/a', 1],
  ['b/c', undefined],
  ['/b/c', undefined],
])('at %j stands %j', (where, is) => {
  expect(valueAt({ a: 1 }, where)).toEqual(is);
  expect(valueAt({ 'b/c': 2 }, 'b/c')).toBe(2);
});
