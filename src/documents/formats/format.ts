import type { Coverage } from '../../contract-coverage/cover.js';
import type { Run } from '../../record/run.js';
import type { Bench } from '../../impact/bench.js';
import type { Feature } from '../../impact/features.js';
import type { History } from '../../history/history.js';
import type { Turns } from '../../history/turns.js';
import type { Past } from '../../history/past.js';
import type { ContractFacts } from '../../contract/facts.js';
import type { Gate } from '../overview/verdict.js';

/** Everything that a report can be made of. */
export interface ReportInput {
  /** At least one. */
  runs: readonly Run[];
  /** What the contract says of its operations; undefined when there is no contract at hand. */
  contract: ContractFacts | undefined;
  /** What consumers do with the API; empty when none is described. */
  features: readonly Feature[];
  /** What the runs of a target show up to the one that is reported, by its id; none where they prove nothing. */
  histories: ReadonlyMap<string, History>;
  /** Since when each operation does what it does, by the id of the run that is reported. */
  past: ReadonlyMap<string, Past>;
  /** What the runs of a target have ever seen of the contract, by the id of the run that is reported. */
  coverages: ReadonlyMap<string, Coverage>;
  /** When each check was last conclusive, by the id of the run that is reported. */
  turns: ReadonlyMap<string, Pick<Turns, 'lastOf'>>;
  /** Which consumers may be deployed on what a run shows, by the id of the run that is reported. */
  gates: ReadonlyMap<string, readonly Gate[]>;
  /** The newest result of the bench; undefined where there is none. */
  bench: Bench | undefined;
}

/** One file of a report. */
export interface Rendered {
  /** Path in the folder of the newest reports, with `/`. */
  name: string;
  text: string;
}

/** One way to write down what runs show. */
export interface ReportFormat {
  /** What a user types after `--format`. */
  name: string;
  render: (input: ReportInput) => Rendered[] | Promise<Rendered[]>;
}

/** What the files of one run are named after: its target, and its id where two runs are of one target. */
export function stemOf(run: Run, runs: readonly Run[]): string {
  return runs.filter(({ target }) => target === run.target).length > 1 ? run.id : run.target;
}
