import { expect, test } from 'vitest';
import type { Json } from '../json.js';
import { answer, converseWith, type Sent } from '../testing/host.js';
import { bounded, type Bounds } from './bounds.js';
import { NO_LISTS, statedLists, type StatedLists } from './stated/lists.js';

const BASE = 'https://api.shop.example';

function asking(
  bounds: Partial<Bounds>,
  host: (sent: Sent) => ReturnType<typeof answer>,
  lists: StatedLists = NO_LISTS,
) {
  const inner = converseWith(host);
  const conversation = bounded(
    inner,
    { records: undefined, perOperation: undefined, ...bounds },
    { absent: { has: (id) => id === 'absent' }, lists },
  );
  const ask = async (
    path: string,
    { kind = 'checks', method = 'GET' }: { kind?: 'checks' | 'operations'; method?: string } = {},
  ): Promise<string> => {
    const operation = `GET ${path.replace(/\?.*/, '')}`;
    const probe = {
      ...{ operation, role: 'control' as const, shown: path },
      request: { method, url: BASE + path, headers: {} },
    };
    const came = await conversation.ask(probe, { token: 'valid', repeatable: true, kind });
    return 'withheld' in came ? came.withheld.code : String(came.exchange.status);
  };
  return { ask, calls: inner.calls };
}

const listOf = (number: number): Json => Array.from({ length: number }, (_, id) => ({ id }));

test('what could be more records than are left is not sent', async () => {
  const { ask, calls } = asking({ records: 5 }, ({ path }) =>
    answer(200, path.includes('limit=2') ? listOf(2) : listOf(4)),
  );
  expect(await ask('/things', { kind: 'operations' })).toBe('200');
  expect(await ask('/things')).toBe('200');
  // As many as before would be too many; two would too, and one is not.
  expect(await ask('/things?other=1')).toBe('records');
  expect(await ask('/things?limit=2')).toBe('records');
  expect(await ask('/things?limit=1')).toBe('200');
  expect(calls()).toHaveLength(3);
});

test('a host that gives more than were asked for is not expected to give fewer', async () => {
  const { ask } = asking({ records: 7 }, () => answer(200, listOf(3)));
  await ask('/things', { kind: 'operations' });
  expect([await ask('/things?limit=2'), await ask('/things?x'), await ask('/things?limit=1')]).toEqual([
    ...['200', '200', 'records'],
  ]);
});

test('a single record counts as one, and an error as none', async () => {
  const { ask } = asking({ records: 2 }, ({ path }) =>
    path.startsWith('/no') ? answer(404, { message: 'no' }) : answer(200, { id: 1 }),
  );
  const came = [];
  for (const path of ['/a', '/no', '/b', '/c', '/no']) came.push(await ask(path));
  expect(came).toEqual(['200', '404', '200', 'records', 'records']);
});

test('what holds no record is sent also when none is left', async () => {
  const { ask } = asking({ records: 0 }, () => answer(404));
  expect(await ask('/things')).toBe('records');
  expect(await ask('/things', { method: 'HEAD' })).toBe('404');
  expect(await ask('/things', { method: 'OPTIONS' })).toBe('404');
  expect(await ask('/things/absent')).toBe('404');
  expect(await ask('/things', { kind: 'operations' })).toBe('404');
});

test('those that are on their way at once count together', async () => {
  const { ask } = asking({ records: 5 }, () => answer(200, listOf(4)));
  await ask('/things', { kind: 'operations' });
  expect(await Promise.all([ask('/things?a'), ask('/things?b')])).toEqual(['200', 'records']);
});

test('records are counted where it is stated that they stand', async () => {
  const lists = statedLists({ all: { items: '/Antwort/Zeilen' } });
  const body = { Antwort: { Zeilen: listOf(3) } };
  const { ask } = asking({ records: 5 }, () => answer(200, body), lists);
  expect([await ask('/zeilen'), await ask('/zeilen?ab=3')]).toEqual(['200', 'records']);
});

test('an operation is asked by checks as often as they may, and by others all the same', async () => {
  const { ask } = asking({ perOperation: 2 }, () => answer(200, {}));
  expect([await ask('/a'), await ask('/a?x'), await ask('/a?y'), await ask('/b')]).toEqual([
    ...['200', '200', 'checks-of-operation', '200'],
  ]);
  expect(await ask('/a', { kind: 'operations' })).toBe('200');
});

test('what holds no record is sent also when more have come than may', async () => {
  const { ask } = asking({ records: 2 }, () => answer(200, listOf(3)));
  expect(await ask('/things')).toBe('200');
  expect([await ask('/things', { method: 'HEAD' }), await ask('/things?x')]).toEqual(['200', 'records']);
});

test('a search by POST may hold records as well', async () => {
  const { ask } = asking({ records: 0 }, () => answer(200, listOf(3)));
  expect(await ask('/things', { method: 'POST' })).toBe('records');
});

test('a host that gives as many as were asked for is expected to give as few as are asked for', async () => {
  const { ask } = asking({ records: 1 }, ({ path }) => answer(200, listOf(Number(path.slice(-1)))));
  await ask('/things?limit=2', { kind: 'operations' });
  expect(await ask('/things?limit=1')).toBe('200');
});

test('where nothing bounds them, a conversation is what it is', () => {
  const conversation = converseWith(() => answer(200));
  const known = { absent: { has: () => false }, lists: NO_LISTS };
  expect(bounded(conversation, { records: undefined, perOperation: undefined }, known)).toBe(conversation);
  expect(bounded(conversation, { records: 5, perOperation: undefined }, known)).not.toBe(conversation);
});

test.each(['checks', 'operations'] as const)(
  'what is withheld of %s for another reason counts nothing',
  async (kind) => {
    const conversation = {
      ...converseWith(() => answer(200)),
      ask: () => Promise.resolve({ withheld: { code: 'elsewhere' as const } }),
    };
    const { ask } = bounded(
      conversation,
      { records: 1, perOperation: undefined },
      { absent: { has: () => false }, lists: NO_LISTS },
    );
    const probe = {
      ...{ operation: 'GET /a', role: 'control' as const, shown: '/a' },
      request: { method: 'GET', url: `${BASE}/a`, headers: {} },
    };
    const withheld = { withheld: { code: 'elsewhere' } };
    for (let time = 0; time < 3; time += 1)
      expect(await ask(probe, { token: 'valid', repeatable: true, kind })).toEqual(withheld);
  },
);
