import type { Contract } from '../contract/contract.js';
import type { Found } from './found.js';
import { isInert } from '../artefact/inert.js';
import type { Settled } from './settle.js';
import { commentText, yamlText } from './yaml-text.js';

/** So many operations make an example. */
const MOST = 3;

/** A file of `consumers/`: one feature with operations of the contract, to be replaced by what the application does. */
export function consumerText(
  { title, operations }: Pick<Contract, 'title' | 'operations'>,
  { lists, reads, missing }: Pick<Found, 'lists' | 'reads' | 'missing'>,
  consumer: Settled['consumer'],
  live: NonNullable<Settled['live']>,
): string {
  const waiting = new Set(missing.flatMap((one) => one.operations));
  const usable = [...lists, ...reads, ...operations].filter(({ id }) => isInert(id));
  const free = usable.filter(({ id }) => !waiting.has(id));
  const chosen = [...new Set(free.length > 0 ? free : usable)].slice(0, MOST);
  return [
    `# What an application does with ${commentText(title)}, and which operations each thing needs. Written by conform init;`,
    '# replace the feature by your own. conform gate, reports, drift and tickets read it: they say what a refusal stops, and',
    '# conform gate --consumer says whether the application may be deployed.',
    `name: ${yamlText(consumer.name)}`,
    '',
    'policy:',
    `  targets: [${live.name}] # whose newest runs are the evidence`,
    '  writes: route # the least proof for a write: route, validate or full',
    '  maxAge: { read: 36h, route: 36h, validate: 8d, full: 31d, bench: 31d } # how old the evidence may be',
    '  stale: blocks # what happens where it is older: blocks or warns',
    '  skipped: blocks # … where an operation was not asked',
    '  deviates: warns # … where it works, but breaks the contract',
    '',
    'features:',
    `  - name: ${lists.length > 0 ? 'Show what there is' : 'Use the API'}`,
    '    critical: false # true: while this feature is shut, the gate is shut',
    '    operations:',
    ...chosen.flatMap(({ id }) => [
      `      - operation: ${yamlText(id)}`,
      '        for: an example # what the feature needs it for',
      '        loss: degrades # without it the feature: stops, degrades, or workaround (with `workaround:` and `instead:`)',
    ]),
    '',
  ].join('\n');
}
