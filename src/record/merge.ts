import { Problem } from '../problem.js';
import { sum } from '../session/budget.js';
import { OUTCOMES } from '../verdict/causes.js';
import { runId } from './name.js';
import type { Run } from './run.js';

/** A run and the file that it was read from. */
export interface Shard {
  file: string;
  run: Run;
}

/**
 * Joins the runs of shards: of one target, one contract, one policy and one version of the tool, with no
 * operation in two of them. Where operations of the contract are in none, the joined run is not complete.
 * @throws Problem that names the file that does not belong to the others, and why.
 */
export function mergeRuns(shards: readonly Shard[]): Run {
  const [first, ...others] = shards;
  if (!first || others.length === 0) {
    throw new Problem('CONFORM_E_RUNS_NOT_JOINABLE', 'there is nothing to merge', {
      remedy: 'Name the run files of at least two shards.',
    });
  }
  for (const other of others) checkBelongs(first, other);
  checkDisjoint(shards);
  const runs = shards
    .map(({ run }) => run)
    .sort((one, other) => one.startedAt.localeCompare(other.startedAt));
  const operations = runs.flatMap((run) => run.operations);
  const startedAt = runs[0]?.startedAt ?? first.run.startedAt;
  const left = runs.flatMap((run) => run.left ?? []);
  const budget = budgetOf(runs);
  const common = { ...first.run };
  delete common.left;
  delete common.budget;
  return {
    ...common,
    id: runId(new Date(startedAt), first.run.target),
    startedAt,
    finishedAt:
      runs
        .map(({ finishedAt }) => finishedAt)
        .sort()
        .at(-1) ?? first.run.finishedAt,
    totals: Object.fromEntries(
      OUTCOMES.map((outcome) => [outcome, operations.filter((one) => one.outcome === outcome).length]),
    ),
    ...(budget ? { budget } : {}),
    complete: runs.every(({ complete }) => complete) && operations.length === first.run.contract.operations,
    mergedFrom: runs.map(({ id }) => id),
    unproven: runs.flatMap(({ unproven }) => unproven),
    ...(left.length === 0 ? {} : { left }),
    operations,
  };
}

/** What all of them have planned and sent; undefined where one of them does not say it. */
function budgetOf(runs: readonly Run[]): Run['budget'] {
  const budgets = runs.flatMap(({ budget }) => budget ?? []);
  if (budgets.length < runs.length) return undefined;
  return {
    planned: sum(budgets.map(({ planned }) => planned)),
    sent: sum(budgets.map(({ sent }) => sent)),
  };
}

function checkBelongs(first: Shard, other: Shard): void {
  const facts = ({ run }: Shard): [string, string][] => [
    ['target', run.target],
    ['world', run.world ?? 'none'],
    ['contract', `${run.contract.title} ${run.contract.version}, ${run.contract.sha256.slice(0, 12)}`],
    ['write policy', run.policy.writes],
    ['version of the tool', `${run.tool.name} ${run.tool.version}`],
  ];
  const theirs = facts(other);
  for (const [index, [what, value]] of facts(first).entries()) {
    const [, here] = theirs[index] ?? [what, ''];
    if (here === value) continue;
    throw new Problem(
      'CONFORM_E_RUNS_NOT_JOINABLE',
      `the run does not belong to ${first.file}: its ${what} is ${here}, there it is ${value}`,
      {
        place: { file: other.file },
        remedy: 'Merge only the shards of one run.',
      },
    );
  }
}

function checkDisjoint(shards: readonly Shard[]): void {
  const owners = new Map<string, string>();
  for (const { file, run } of shards) {
    for (const { id } of run.operations) {
      const owner = owners.get(id);
      if (owner !== undefined) {
        throw new Problem('CONFORM_E_RUNS_NOT_JOINABLE', `the run holds ${id}, and so does ${owner}`, {
          place: { file },
          remedy:
            'Each operation belongs to one shard. Name each file once, and merge only shards with the same N of I/N.',
        });
      }
      owners.set(id, file);
    }
  }
}
