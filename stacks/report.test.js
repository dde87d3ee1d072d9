import { expect, it } from 'vitest';
import { contract } from './contract.js';
import { inTurn } from './in-turn.js';
import { inWords } from './judge.js';
import { operation, OPERATIONS } from './operations.js';
import { asDocument, count, isGoodEnough, mistakes, report } from './report.js';

/** @typedef {import('./attempt.js').Result} Result */

/** @param {Result['judgement']} judgement @param {Partial<Result>} [more] @returns {Result} */
function result(judgement, more = {}) {
  return {
    framework: 'Invented',
    variant: 'hides by 404',
    policy: 'none',
    token: 'good',
    operation: operation('GET /items'),
    judgement,
    verdict: {
      outcome: 'unrouted',
      cause: 'route-missing',
      confidence: 'certain',
      explanation: 'Not routed.',
    },
    answered: '404 “Not Found”',
    really: 'absent',
    claims: [{ outcome: 'absent', causes: ['resource-missing'], most: 'certain' }],
    ...more,
  };
}

/** @param {number} number @param {Result['judgement']} judgement */
function many(number, judgement) {
  return Array.from({ length: number }, () => result(judgement));
}

it('is good enough with 97 in 100 right and none wrong at certain', () => {
  expect(isGoodEnough([...many(90, 'right'), ...many(7, 'undecided'), ...many(3, 'wrong')])).toBe(true);
  expect(isGoodEnough([...many(96, 'right'), ...many(4, 'wrong')])).toBe(false);
  expect(isGoodEnough([...many(999, 'right'), ...many(1, 'wrong at certain')])).toBe(false);
  expect(isGoodEnough([])).toBe(false);
});

it('counts what is undecided as right, and names it', () => {
  const counts = count([result('right'), result('undecided'), result('wrong'), result('wrong at certain')]);
  expect(counts).toEqual({ right: 2, undecided: 1, wrong: 2, wrongAtCertain: 1, all: 4 });
});

it('groups mistakes by what came and what was made of it, those at certain first', () => {
  const other = result('wrong', { answered: '500', really: 'crash' });
  const found = mistakes([other, other, other, ...many(2, 'wrong at certain'), result('right')]);
  expect(found.map((group) => [group.count, group.example.answered])).toEqual([
    [2, '404 “Not Found”'],
    [3, '500'],
  ]);
});

it('shows an example of each mistake, and never rounds up', () => {
  const text = report([...many(2999, 'right'), result('wrong at certain')]);
  expect(text).toContain('1 × wrong at certain: 404 → unrouted (route-missing), certain; really: absent');
  expect(text).toContain('  right: absent (resource-missing)\n');
  expect(text).toContain('99.9 % right');
});

it('is a document too, with what was said and what would have been right', () => {
  const { totals, results } = asDocument([result('wrong at certain')]);
  expect(totals.wrongAtCertain).toBe(1);
  expect(results[0]).toMatchObject({
    operation: 'GET /items',
    said: 'unrouted (route-missing), certain',
    right: 'absent (resource-missing)',
  });
});

it('says in one line what would have been right', () => {
  const text = inWords([
    { outcome: 'skipped', most: 'certain' },
    { outcome: 'denied', causes: ['token-invalid'], most: 'possible' },
    { outcome: 'denied', causes: ['token-missing', 'token-invalid'], most: 'possible' },
  ]);
  expect(text).toBe('skipped; denied (token-invalid or token-missing), at most possible');
});

it('has a contract of exactly the operations whose truth is known', () => {
  const { paths } = /** @type {{ paths: Record<string, object> }} */ (contract());
  const ids = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(ids.sort()).toEqual(OPERATIONS.map(({ id }) => id).sort());
});

it('does tasks in turn, so many at once, and begins none when it is over', async () => {
  let running = 0;
  let most = 0;
  let begun = 0;
  const task = async () => {
    most = Math.max(most, ++running);
    const own = ++begun;
    await Promise.resolve();
    running--;
    return own;
  };
  expect(await inTurn([task, task, task, task, task], 2, () => begun >= 4)).toEqual([1, 2, 3, 4]);
  expect(most).toBe(2);
});
