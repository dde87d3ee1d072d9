/** What requests are sent for. Each kind has a bound of its own. */
export const BUDGET_KINDS = [
  'operations',
  'controls',
  'spellings',
  'checks',
  'retries',
  'token',
  'removal',
] as const;
export type BudgetKind = (typeof BUDGET_KINDS)[number];

/** How many requests of each kind. */
export type Counts = Record<BudgetKind, number>;

/** The requests that a run may send, and those that it has sent. */
export interface Budget {
  planned: Readonly<Counts>;
  /** Takes one request from the budget. @returns whether there was one left */
  take: (kind: BudgetKind) => boolean;
  sent: () => Counts;
}

export function createBudget(planned: Readonly<Counts>): Budget {
  const sent: Counts = { ...NOTHING };
  return {
    planned,
    take: (kind) => {
      if (sent[kind] >= planned[kind]) return false;
      sent[kind] += 1;
      return true;
    },
    sent: () => ({ ...sent }),
  };
}

/** A budget of no request. */
export const NOTHING: Readonly<Counts> = {
  operations: 0,
  controls: 0,
  spellings: 0,
  checks: 0,
  retries: 0,
  token: 0,
  removal: 0,
};

/** For what is bounded by the data that it reads, which nobody knows before. */
export const UNBOUNDED: Readonly<Counts> = {
  ...NOTHING,
  operations: Infinity,
  retries: Infinity,
  token: Infinity,
};

/** What several have planned or sent together, kind by kind. */
export function sum(all: readonly Readonly<Counts>[]): Counts {
  const result: Counts = { ...NOTHING };
  for (const counts of all) for (const kind of BUDGET_KINDS) result[kind] += counts[kind];
  return result;
}

/** How many requests these are together. */
export function total(counts: Readonly<Counts>): number {
  return BUDGET_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}
