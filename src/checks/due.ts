import type { Check } from './check.js';

/** The last time that a check had its turn for an operation. */
export interface Turn {
  /** Start of the run, ISO 8601, UTC. */
  at: string;
  /** Whether it needed more than the checks of a whole run may use. */
  tooMuch: boolean;
  /** Whether it is one that the operation can be held to, as far as it was found out. */
  applies: boolean;
}

/** When a check last had its turn for an operation; undefined where no run shows that it ever had. */
export type TurnOf = (check: string, operation: string) => Turn | undefined;

export const NO_TURNS: TurnOf = () => undefined;

/** One check of operations for which it is equally long ago. */
export interface Round<Subject> {
  check: Check;
  subjects: Subject[];
  last: Turn | undefined;
}

/**
 * The order in which checks ask while there is budget: what has not had its turn for the longest time goes first, and
 * what never had goes before that. Of what is equally long ago the cheaper goes first, then what is an error, then the
 * order of the checks and of the contract. What needs more than a whole run may use goes last: tried first, it would leave
 * nothing to the others. A promise of the host is one, whichever operation shows it.
 * @param isThrifty whether the budget is so small that not even each check may have a turn in a run: then, before all
 *   others, the check that no operation was held to for the longest time has one turn that it never had
 */
export function dueRounds<Subject extends { operation: { id: string } }>(
  checks: readonly Check[],
  subjects: readonly Subject[],
  turnOf: TurnOf,
  isThrifty: boolean,
): Round<Subject>[] {
  const rounds = checks
    .flatMap((check) => roundsOf(check, subjects, turnOf))
    .sort(
      (one, other) =>
        compare(keyOf(one.last), keyOf(other.last)) ||
        one.check.asks.atMost - other.check.asks.atMost ||
        // What is equal stays in the order of the checks.
        rankOf(one.check) - rankOf(other.check),
    );
  if (!isThrifty) return rounds;
  const heldTo = ({ check }: Round<Subject>) => newestOf(check, subjects, turnOf, true)?.at ?? '';
  const [neglected] = rounds
    .filter(({ last }) => last === undefined)
    .sort((one, other) => compare(heldTo(one), heldTo(other)));
  const [first, ...others] = neglected?.subjects ?? [];
  if (!neglected || !first || neglected.check.scope === 'host') return rounds;
  return [
    { ...neglected, subjects: [first] },
    ...rounds.map((round) => (round === neglected ? { ...round, subjects: others } : round)),
  ].filter((round) => round.subjects.length > 0);
}

/** A check of all operations for which it is equally long ago, each time as one round. */
function roundsOf<Subject extends { operation: { id: string } }>(
  check: Check,
  subjects: readonly Subject[],
  turnOf: TurnOf,
): Round<Subject>[] {
  const groups = new Map<string, Round<Subject>>();
  const newest = check.scope === 'host' ? newestOf(check, subjects, turnOf, false) : undefined;
  for (const subject of subjects) {
    const last = check.scope === 'host' ? newest : turnOf(check.id, subject.operation.id);
    const key = keyOf(last);
    const round = groups.get(key) ?? { check, subjects: [], last };
    groups.set(key, round);
    round.subjects.push(subject);
  }
  return [...groups.values()];
}

function newestOf(
  { id }: Check,
  subjects: readonly { operation: { id: string } }[],
  turnOf: TurnOf,
  onlyWhereItApplies: boolean,
): Turn | undefined {
  const all = subjects
    .flatMap(({ operation }) => turnOf(id, operation.id) ?? [])
    .filter(({ applies }) => applies || !onlyWhereItApplies);
  return all.sort((one, other) => compare(one.at, other.at)).at(-1);
}

function keyOf(last: Turn | undefined): string {
  return `${last?.tooMuch ? 1 : 0} ${last?.at ?? ''}`;
}

function rankOf({ severity }: Check): number {
  return severity === 'error' ? 0 : 1;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
