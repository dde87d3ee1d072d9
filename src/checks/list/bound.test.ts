import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { subjectOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { boundsOf } from './bound.js';

const TIME = '2026-03-02T10:00:00Z';

/** The bounds of a list of these things, as `name side member`, with the kind where it is no time. */
async function boundsIn(parameters: string, things: Json[], path = '/boats') {
  const { subject } = await subjectOn({
    paths: `/boats: { get: { parameters: [${parameters}] } }`,
    ...{ operation: 'GET /boats', path },
    host: () => answer(200, { data: things }),
  });
  return boundsOf(subject, things).map(
    ({ parameter, side, member, kind }) =>
      `${parameter.name} ${side} ${member}${kind === 'time' ? '' : ` ${kind}`}`,
  );
}
const named = (name: string, schema = '{ type: string }') =>
  `{ name: '${name}', in: query, schema: ${schema} }`;

test.each([
  ['builtFrom', 'least'],
  ['built_from', 'least'],
  ['built-after', 'least'],
  ['BUILT_SINCE', 'least'],
  ['built[min]', 'least'],
  ['built[gt]', 'least'],
  ['built[gte]', 'least'],
  ['builtTo', 'greatest'],
  ['built_before', 'greatest'],
  ['built_until', 'greatest'],
  ['builtMax', 'greatest'],
  ['built[lte]', 'greatest'],
  ['min_built', 'least'],
  ['min-built', 'least'],
  ['minBuilt', 'least'],
  ['MAX_BUILT', 'greatest'],
  ['maxBuilt', 'greatest'],
])('%s is the %s of what comes', async (name, side) => {
  expect(await boundsIn(named(name), [{ built: TIME }])).toEqual([`${name} ${side} built`]);
});

test.each([
  'builto',
  'builtfrom',
  'minbuilt',
  'adminBuilt',
  'built_upto',
  'from',
  'max',
  'built[max',
  'built',
  'avgMaxBuilt',
  'minbuilt_at',
  'myBUILTSINCE',
])('%s is no bound', async (name) => {
  const thing = { built: TIME, upto: TIME, a: TIME, built_at: TIME, myBuilt: TIME };
  expect(await boundsIn(named(name), [thing])).toEqual([]);
});

test.each([
  ...['built', 'built_at', 'builtOn', 'built_date', 'builtTime', 'built_datetime', 'last_built'],
  ...['lastBuiltAt', 'lastBuiltOn', 'lastBuiltDate', 'lastBuiltTime'],
])('a bound of what was built is about the member %s', async (member) => {
  const plain = member.toLowerCase().replaceAll('_', '');
  expect(await boundsIn(named('builtFrom'), [{ [member]: TIME }])).toEqual([`builtFrom least ${plain}`]);
});

test('it is about the member that is called most like it', async () => {
  expect(await boundsIn(named('builtFrom'), [{ lastBuilt: TIME, built_on: TIME, built: TIME }])).toEqual([
    'builtFrom least built',
  ]);
  expect(await boundsIn(named('builtFrom'), [{ sold: TIME }])).toEqual([]);
});

test('a member of a single thing is enough, and one that is wrapped', async () => {
  expect(await boundsIn(named('builtFrom'), [{ id: 1 }, { built: TIME }])).toEqual(['builtFrom least built']);
  expect(await boundsIn(named('builtFrom'), [{ boat: { built: TIME } }])).toEqual(['builtFrom least built']);
  expect(await boundsIn(named('builtFrom'), [{ boat: { built: 'soon' } }])).toEqual([]);
});

test.each<[schema: string, values: Json[], kinds: string[]]>([
  ['{ type: string }', [TIME, '2026-03-02'], ['builtFrom least built']],
  ['{}', [TIME], ['builtFrom least built']],
  ['{ type: string }', [TIME, 'soon'], []],
  ['{ type: string }', [TIME, 7], []],
  ['{ type: string }', [7], []],
  ['{ type: integer }', [7, 8], ['builtFrom least built number']],
  ['{ type: number }', [7.5], ['builtFrom least built number']],
  ['{ type: integer }', [7, '8'], []],
  ['{ type: integer }', [TIME], []],
  ['{ type: boolean }', [7], []],
  ["{ type: string, pattern: '^2' }", [TIME], []],
  ['{ type: string, enum: [a] }', [TIME], []],
])('a bound of the schema %s, where the things have %j', async (schema, values, kinds) => {
  expect(
    await boundsIn(
      named('builtFrom', schema),
      values.map((built) => ({ built })),
    ),
  ).toEqual(kinds);
});

test('a bound that is required, or was sent already, is not tried', async () => {
  const required = '{ name: builtFrom, in: query, required: true, schema: { type: string } }';
  expect(await boundsIn(required, [{ built: TIME }])).toEqual([]);
  expect(await boundsIn(named('builtFrom'), [{ built: TIME }], '/boats?builtFrom=2026')).toEqual([]);
});
