import type { Run } from '../../record/run.js';
import type { Overview } from '../../documents/overview/overview.js';
import type { Actor, Verdict } from '../../documents/overview/verdict.js';
import type { Io } from '../io.js';
import { firstOf } from '../../documents/labels.js';

/** What somebody reads who reads nothing else: whether all is well, what is broken, who has to act, since when. */
export function printVerdict(run: Run, { verdict, counts, featureCounts }: Overview, io: Io): void {
  const { bold } = io.colours;
  const world = run.world === undefined ? '' : ` (world ${run.world})`;
  io.out(`${bold(`${run.target}${world}:`)} ${bold(painter(verdict, io)(verdict.word.toUpperCase()))}`);
  io.out(io.wrapped(verdict.sentence, 2));
  if (verdict.tone !== 'good') {
    if (verdict.run !== 'nothing proven') printLine('Broken', verdict.broken, io);
    for (const { who, tasks } of verdict.actors)
      tasks.forEach(({ operations, todo }, index) => {
        printLine(index === 0 ? WHO[who] : '', `${firstOf(operations)}: ${todo}`, io);
      });
    if (verdict.since !== '') printLine('Since', `${verdict.since} ${verdict.newSince}`.trimEnd(), io);
  }
  if (verdict.run === 'nothing proven') return;
  const surprises = verdict.surprises === 0 ? [] : [io.colours.red(`${verdict.surprises} not as expected`)];
  const figures = [
    counts.map(({ text }) => text).join(', '),
    `(${run.operations.length} of ${run.contract.operations} operations)`,
  ];
  io.out(io.wrapped([...figures, ...surprises].join(' '), 2));
  if (featureCounts !== '') io.out(io.wrapped(`${featureCounts}.`, 2));
}

const WHO: Record<Actor['who'], string> = { vendor: 'Vendor', us: 'Us' };

/** A label, and what there is to say in lines that begin below each other. */
function printLine(label: string, text: string, io: Io): void {
  io.out(io.wrapped(`${io.colours.dim(label)}${' '.repeat(LABEL - label.length)}${text}`, 2, 2 + LABEL));
}

const LABEL = 8;

function painter({ tone }: Verdict, { colours }: Io): (text: string) => string {
  return { good: colours.green, warn: colours.yellow, bad: colours.red, none: colours.yellow }[tone];
}
