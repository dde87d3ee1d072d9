import { pointer } from '../../json.js';
import { Problem } from '../../problem.js';
import { errorOf, type Found } from '../line.js';
import type { Parts } from './index.js';

/** Targets that are none. That operations are those of the contract is held where the folder is opened. */
export function misnamedInConsumers({ consumers = [], hosts }: Pick<Parts, 'consumers' | 'hosts'>): Found[] {
  const known = hosts?.targets.map(({ name }) => name);
  return consumers.flatMap(({ policy, source }) =>
    policy.targets.flatMap((name, index) =>
      known === undefined || known.includes(name)
        ? []
        : [
            errorOf(
              new Problem(`there is no target “${name}”`, {
                place: { file: source.file, line: source.lineOf(pointer('policy', 'targets', index)) },
                remedy: `Targets are: ${known.join(', ')}.`,
              }),
            ),
          ],
    ),
  );
}
