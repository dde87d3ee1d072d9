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
import { readLists } from './lists.js';

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
