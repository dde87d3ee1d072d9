import { checkOperations } from '../../impact/consumer.js';
import { pointer } from '../../json.js';
import { Problem } from '../../problem.js';
import { errorOf, problemsOf, type Found } from '../line.js';
import type { Parts } from './index.js';

/** Operations that the contract does not have, and targets that are none. */
export function misnamedInConsumers({
  consumers = [],
  contract,
  hosts,
}: Pick<Parts, 'consumers' | 'contract' | 'hosts'>): Found[] {
  const known = hosts?.targets.map(({ name }) => name);
  return consumers.flatMap((consumer) => {
    const { policy, source } = consumer;
    const ofOperations = contract
      ? problemsOf(() => {
          checkOperations(consumer, contract);
        })
      : [];
    const ofTargets = policy.targets.flatMap((name, index) =>
      known === undefined || known.includes(name)
        ? []
        : [
            new Problem(`there is no target “${name}”`, {
              place: { file: source.file, line: source.lineOf(pointer('policy', 'targets', index)) },
              remedy: `Targets are: ${known.join(', ')}.`,
            }),
          ],
    );
    return [...ofOperations, ...ofTargets].map((problem) => errorOf(problem));
  });
}
