import { describe, expect, test } from 'vitest';
import { BUDGET_KINDS, createBudget, NOTHING, sum, total, UNBOUNDED } from './budget.js';

describe('a budget', () => {
  test.each(BUDGET_KINDS)(
    'gives as many requests for %s as were planned, and none of another kind',
    (kind) => {
      const planned = { ...NOTHING, [kind]: 2 };
      const budget = createBudget(planned);
      expect([budget.take(kind), budget.take(kind), budget.take(kind)]).toEqual([true, true, false]);
      for (const other of BUDGET_KINDS) expect(budget.take(other)).toBe(false);
      expect(budget.planned).toBe(planned);
      expect(budget.sent()).toEqual(planned);
    },
  );

  test('cannot be changed by who reads what was sent', () => {
    const budget = createBudget({ ...NOTHING, operations: 1 });
    budget.sent().operations = 1;
    expect(budget.take('operations')).toBe(true);
  });

  test('without a bound holds for what the data decides, and for nothing that a run only tries', () => {
    const budget = createBudget(UNBOUNDED);
    expect(BUDGET_KINDS.filter((kind) => budget.take(kind))).toEqual(['operations', 'retries', 'token']);
  });
});

test('counts are added kind by kind, and those that are added stay as they are', () => {
  const one = { ...NOTHING, operations: 2, controls: 1 };
  const other = { ...NOTHING, operations: 3, removal: 5 };
  expect(sum([one, other])).toEqual({ ...NOTHING, operations: 5, controls: 1, removal: 5 });
  expect(sum([])).toEqual(NOTHING);
  expect(NOTHING).toEqual(Object.fromEntries(BUDGET_KINDS.map((kind) => [kind, 0])));
  expect(one).toEqual({ ...NOTHING, operations: 2, controls: 1 });
});

test('a total counts every kind', () => {
  expect(total(NOTHING)).toBe(0);
  expect(total({ ...NOTHING, operations: 2, spellings: 3, removal: 1 })).toBe(6);
});
