import { describe, expect, test } from 'vitest';
import type { Json } from '../../json.js';
import type { Answer, NoAnswer } from '../../targets/reply.js';
import { checkOn, type CheckedHost } from '../../testing/checks.js';
import { answer, silence, type Sent } from '../../testing/host.js';
import { otherTenant } from './other-tenant.js';

const PATHS = `
/boats:
  get:
    parameters:
      - { name: limit, in: query, schema: { type: integer } }
      - { name: page, in: query, schema: { type: integer, default: 1 } }
/boats/{boatId}: { get: {} }
`;
const OURS = ['b-11', 'b-12', 'b-13'];
const THEIRS = ['b-71', 'b-72'];

interface Harbour {
  ours?: readonly string[];
  theirs?: readonly string[];
  /** What a read gives to whom. Default: to everybody what the own list has. */
  reads?: (sent: Sent, id: string, isOwn: boolean) => Answer | NoAnswer | undefined;
  /** What the list gives to another tenant. */
  listOfOther?: (page: Json) => Answer | NoAnswer;
  /** Whether pages say how many there are. */
  counted?: boolean;
  size?: number;
  /** What our list has on further pages only. */
  hidden?: readonly string[];
}

const boat = (id: string) => ({ id, name: `boat ${id}` });

function harbour({
  ours = OURS,
  theirs = THEIRS,
  reads,
  listOfOther = (page) => answer(200, page),
  counted = true,
  size = 10,
  hidden = [],
}: Harbour = {}) {
  return (sent: Sent): Answer | NoAnswer => {
    if (sent.token === 'none') {
      const open = reads?.(sent, sent.path.split('/')[2] ?? '', false);
      return open ?? answer(401);
    }
    const all = sent.token === 'other' ? theirs : [...ours, ...hidden];
    const [path = '', query = ''] = sent.path.split('?');
    const [, , id] = path.split('/');
    if (id !== undefined) {
      const isOwn = all.includes(id);
      return reads?.(sent, id, isOwn) ?? (isOwn ? answer(200, boat(id)) : answer(404));
    }
    const asked = new URLSearchParams(query);
    const limit = Number(asked.get('limit') ?? size);
    const from = (Number(asked.get('page') ?? 1) - 1) * limit;
    const page = {
      items: all.slice(from, from + limit).map(boat),
      ...(counted ? { total: all.length } : {}),
    };
    return sent.token === 'other' ? listOfOther(page) : answer(200, page);
  };
}

const on = (host: CheckedHost['host'], given: Partial<CheckedHost> = {}) =>
  checkOn(otherTenant, {
    ...{ paths: PATHS, operation: 'GET /boats/{boatId}', path: '/boats/b-11', callers: ['other'], host },
    ...given,
  });
const asOwner = (sent: Sent, id: string) => (sent.token === 'valid' ? answer(200, boat(id)) : undefined);

describe('a host that keeps tenants apart', () => {
  test.each([401, 403, 404, 410])('with %s', async (status) => {
    const found = await on(harbour({ reads: (_, __, isOwn) => (isOwn ? undefined : answer(status)) }));
    expect(found).toMatchObject({
      gives: 'passed',
      calls: ['GET /boats', 'GET /boats', 'GET /boats/b-71', 'GET /boats/b-11'],
      messages: [],
    });
  });

  test('also where only the things of one of them are known', async () => {
    expect(
      (await on(harbour({ ours: [], reads: (_, id) => (id === 'b-11' ? answer(200, boat(id)) : undefined) })))
        .gives,
    ).toBe('passed');
  });
});

describe('a host that shows', () => {
  test('the things of another tenant', async () => {
    const found = await on(harbour({ reads: asOwner }));
    expect(found.gives).toBe('theirs-shown');
    expect(found.messages.join()).not.toContain('b-7');
  });

  test('them, where the own list has many pages', async () => {
    const ours = Array.from({ length: 24 }, (_, index) => `b-${String(index + 100)}`);
    const found = await on(harbour({ ours, reads: asOwner }), { path: '/boats/b-100' });
    expect(found.gives).toBe('theirs-shown');
    expect(found.calls.length).toBeLessThanOrEqual(otherTenant.asks.atMost);
  });

  test('our things to another tenant', async () => {
    const reads = (sent: Sent, id: string) => (sent.token === 'other' ? answer(200, boat(id)) : undefined);
    expect((await on(harbour({ reads }))).gives).toBe('ours-shown');
  });
});

describe('it is not blamed', () => {
  test.each<[what: string, given: Harbour, gives: string]>([
    ['both see the same', { theirs: OURS, reads: asOwner }, 'not-applicable'],
    ['both see some of it', { theirs: ['b-71', 'b-12'], reads: asOwner }, 'not-applicable'],
    ['nobody else has any', { theirs: [], reads: asOwner }, 'not-applicable'],
    ['a further page of ours has it', { hidden: THEIRS, size: 3, reads: asOwner }, 'inconclusive'],
    [
      'everybody may read it',
      { reads: (sent, id) => (sent.token === 'other' ? undefined : answer(200, boat(id))) },
      'inconclusive',
    ],
    [
      'everybody may read ours',
      { reads: (_, id) => (id.startsWith('b-1') ? answer(200, boat(id)) : undefined) },
      'inconclusive',
    ],
    [
      'a success says something else',
      { reads: (_, __, isOwn) => (isOwn ? undefined : answer(200, { found: false })) },
      'inconclusive',
    ],
    [
      'it gives another thing',
      { reads: (_, __, isOwn) => (isOwn ? undefined : answer(200, boat('b-11'))) },
      'inconclusive',
    ],
    [
      'what is read is cut off',
      { reads: (_, __, isOwn) => (isOwn ? undefined : answer(200, '{"id":"b-7', {}, 'cut off')) },
      'inconclusive',
    ],
    ...[400, 429, 500].map((status): [string, Harbour, string] => [
      `it answers ${status}`,
      { reads: (_, __, isOwn) => (isOwn ? undefined : answer(status)) },
      'inconclusive',
    ]),
    ...[400, 401, 403, 404, 429, 500].map((status): [string, Harbour, string] => [
      `it answers ${status} to the list of another tenant`,
      { listOfOther: () => answer(status), reads: asOwner },
      'inconclusive',
    ]),
    ['no list comes', { listOfOther: () => silence('ECONNRESET'), reads: asOwner }, 'inconclusive'],
  ])('where %s', async (_, given, gives) => {
    expect((await on(harbour(given))).gives).toBe(gives);
  });

  test('where it is not known whether the list of another tenant has more', async () => {
    const reads = (sent: Sent, id: string) => (sent.token === 'other' ? answer(200, boat(id)) : undefined);
    expect((await on(harbour({ counted: false, reads }))).gives).toBe('passed');
  });

  test('where the contract describes no pages, and there may be some', async () => {
    const ours = Array.from({ length: 10 }, (_, index) => `b-${String(index + 100)}`);
    const paths = '/boats: { get: {} }\n/boats/{boatId}: { get: {} }';
    const given = { counted: false, size: 99, reads: asOwner };
    const asked = { paths, path: '/boats/b-100' };
    expect((await on(harbour({ ...given, ours }), asked)).gives).toBe('inconclusive');
    expect((await on(harbour({ ...given, ours: ours.slice(0, 9) }), asked)).gives).toBe('theirs-shown');
  });

  test('where our list does not end', async () => {
    const ours = Array.from({ length: 400 }, (_, index) => `b-${String(index + 1000)}`);
    const found = await on(harbour({ ours, reads: asOwner }), { path: '/boats/b-1000' });
    expect(found.gives).toBe('inconclusive');
  });
});

test.each<[what: string, given: Partial<CheckedHost>]>([
  ['nobody else is known', { callers: ['reader', 'expired'] }],
  ['everybody may read it', { paths: '/boats: { get: {} }\n/boats/{boatId}: { get: { security: [] } }' }],
  ['nothing lists it', { paths: '/boats/{boatId}: { get: {} }' }],
  ['it is a list', { operation: 'GET /boats', path: '/boats' }],
])('does not apply where %s', async (_, given) => {
  expect(await on(harbour({ reads: asOwner }), given)).toMatchObject({ gives: 'not-applicable', calls: [] });
});
