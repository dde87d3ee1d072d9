import { expect, test } from 'vitest';
import type { Json } from '../../json.js';
import { checkOn } from '../../testing/checks.js';
import { answer } from '../../testing/host.js';
import { foreignParent } from './foreign-parent.js';

const TRAY = { id: 8, boatId: 'b1', size: 3 };
const PATHS = `
/boats: { get: {} }
/boats/{boatId}/trays: { get: {} }
/boats/{boatId}/trays/{trayId}: { get: {} }
`;

interface Answers {
  boats?: Json;
  trays?: Json;
  own?: Json;
  foreign: ReturnType<typeof answer>;
}

function checkTray({ boats = [{ id: 'b1' }, { id: 'b2' }], trays, own = TRAY, foreign }: Answers) {
  const listing = { operation: 'GET /boats/{boatId}/trays', path: '/boats/b1/trays' };
  return checkOn(foreignParent, {
    paths: PATHS,
    operation: 'GET /boats/{boatId}/trays/{trayId}',
    path: '/boats/b1/trays/8',
    others: [{ operation: 'GET /boats', path: '/boats' }, ...(trays === undefined ? [] : [listing])],
    host: ({ path }) => {
      if (path === '/boats') return answer(200, boats);
      if (path === '/boats/b1/trays/8') return answer(200, own);
      if (path === '/boats/b1/trays') return answer(200, [own]);
      return path === '/boats/b2/trays' ? answer(200, trays) : foreign;
    },
  });
}

const UNNAMED = { id: 8, size: 3 };

test.each<[what: string, answers: Answers, gives: string]>([
  ['does not find it', { foreign: answer(404) }, 'passed'],
  ['says that it is gone', { foreign: answer(410) }, 'passed'],
  ['forbids it', { foreign: answer(403) }, 'passed'],
  ['shows it, with its own parent', { foreign: answer(200, TRAY) }, 'found-below-another'],
  ['shows it and does not list it', { trays: [], foreign: answer(200, TRAY) }, 'found-below-another'],
  [
    'shows it without a parent, and does not list it',
    { own: UNNAMED, trays: [{ id: 7 }], foreign: answer(200, UNNAMED) },
    'found-below-another',
  ],
  ['shows it without a parent', { own: UNNAMED, foreign: answer(200, UNNAMED) }, 'inconclusive'],
  [
    'lists it below both',
    { own: UNNAMED, trays: [{ id: 8 }], foreign: answer(200, UNNAMED) },
    'inconclusive',
  ],
  [
    'has a list that goes on',
    { own: UNNAMED, trays: { data: [{ id: 7 }], next: '/x' }, foreign: answer(200, UNNAMED) },
    'inconclusive',
  ],
  [
    'counts from 1 below each',
    { own: UNNAMED, trays: [{ id: 7 }], foreign: answer(200, { id: 8, size: 4 }) },
    'inconclusive',
  ],
  [
    'has another one with the same id',
    { foreign: answer(200, { ...TRAY, boatId: 'b2', size: 9 }) },
    'inconclusive',
  ],
  ['shows another one', { foreign: answer(200, { id: 9, boatId: 'b2' }) }, 'inconclusive'],
  ['knows no other parent', { boats: [{ id: 'b1' }], foreign: answer(200, TRAY) }, 'not-applicable'],
  [
    'lists the parent under another id',
    { boats: [{ id: 'x1' }, { id: 'x2' }], foreign: answer(200, TRAY) },
    'not-applicable',
  ],
  ['shows no id', { own: { size: 3 }, foreign: answer(200, { size: 3 }) }, 'not-applicable'],
  ...[400, 401, 429, 500].map((status): [string, Answers, string] => [
    `answers ${status}`,
    { foreign: answer(status) },
    'inconclusive',
  ]),
  ['breaks off', { foreign: answer(200, '{"a"', {}, 'cut off') }, 'inconclusive'],
])('a host that %s', async (_, answers, gives) => {
  expect((await checkTray(answers)).gives).toBe(gives);
});

test('it is read below the other one', async () => {
  const { calls } = await checkTray({ trays: [], foreign: answer(200, TRAY) });
  expect(calls).toEqual(['GET /boats/b2/trays/8', 'GET /boats/b2/trays']);
});
