import { expect, test } from 'vitest';
import type { Capability } from '../record/run.js';
import { capability } from '../testing/runs.js';
import { headlinesOf, isShared, placesText } from './headlines.js';

type Finding = Capability['findings'][number];

const finding = (given: Partial<Finding>): Finding => ({
  ...{
    check: 'answer/body-schema',
    code: 'required',
    severity: 'error',
    message: 'it is wrong',
    exchange: 0,
  },
  ...given,
});
const deviating = (id: string, ...findings: Partial<Finding>[]): Capability =>
  capability({ id, outcome: 'deviates', findings: findings.map(finding) });

/** What the findings of operations have in common, as `places: message`. */
const headlines = (...operations: Capability[]) =>
  headlinesOf({ operations }).map((one) => `${placesText(one)}: ${one.message}`);

const THING = '#/components/schemas/Thing';

test('one component that is broken at several operations is one cause, in whichever ways', () => {
  const operations = [
    deviating('GET /things', { schema: THING, pointer: '/3', facts: { member: 'name' } }),
    deviating('GET /things/{id}', { schema: THING, facts: { member: 'name' } }),
    deviating('GET /boats', { schema: THING, code: 'type', pointer: '/boat/size' }),
  ];
  expect(headlines(...operations)).toEqual([
    'GET /things, GET /things/{id}, GET /boats: Thing: it is wrong, and 1 more',
  ]);
});

test.each<[what: string, one: Partial<Finding>, other: Partial<Finding>, causes: number]>([
  ['the same check and code', { check: 'list/page-size' }, { check: 'list/page-size' }, 1],
  ['another item of a list', { pointer: '/1/name' }, { pointer: '/7/name' }, 1],
  ['another code', { code: 'a' }, { code: 'b' }, 2],
  ['another check', { check: 'list/page-size' }, { check: 'list/pages-end' }, 2],
  ['another component', { schema: THING }, { schema: '#/components/schemas/Boat' }, 2],
  ['another member', { pointer: '/name' }, { pointer: '/size' }, 2],
  ['another name among the facts', { facts: { header: 'A' } }, { facts: { header: 'B' } }, 2],
  ['a warning', {}, { severity: 'warning' }, 2],
])('%s: so many causes', (_, one, other, causes) => {
  const found = headlinesOf({ operations: [deviating('GET /a', one), deviating('GET /b', other)] });
  expect(found).toHaveLength(causes);
  expect(found.every(isShared)).toBe(causes === 1);
});

test('the first three places are named, and how many more there are', () => {
  const many = Array.from({ length: 12 }, (_, index) => deviating(`GET /${index}`, {}));
  expect(headlines(...many)).toEqual(['GET /0, GET /1, GET /2 and 9 more: it is wrong']);
});

test('an operation is one place, however often it breaks the promise', () => {
  const [headline] = headlinesOf({ operations: [deviating('GET /a', {}, { pointer: '' })] });
  expect([headline?.operations, headline?.places.length]).toEqual([['GET /a'], 2]);
});

test('errors come before warnings, and what breaks more before what breaks less', () => {
  const warning = { severity: 'warning', check: 'http/accept', message: 'refused' } as const;
  expect(
    headlines(
      deviating('GET /a', warning, { code: 'x', message: 'x' }),
      deviating('GET /b', warning, { code: 'y', message: 'y' }),
      deviating('GET /c', warning, { code: 'y', message: 'y' }),
    ),
  ).toEqual(['GET /b, GET /c: y', 'GET /a: x', 'GET /a, GET /b, GET /c: refused']);
});

test('a promise is that of its check; a check of another version says its sentence', () => {
  const promises = headlinesOf({
    operations: [deviating('GET /a', {}, { check: 'list/of-tomorrow', message: 'one was lost' })],
  }).map(({ promise }) => promise);
  expect(promises).toEqual([
    'A body can be read, and has the form that the contract describes.',
    'one was lost',
  ]);
});

test('a finding of a former version goes by its sentence without the numbers', () => {
  const former = (id: string, message: string) =>
    capability({ id, findings: [{ check: 'list/page-size', severity: 'error', message, exchange: 0 }] });
  const operations = [former('GET /a', '3 items came'), former('GET /b', '4 items came')];
  expect(headlinesOf({ operations })).toHaveLength(1);
});
