import { error, notTried, ok, warning } from '../line.js';
import type { HostCheck } from './check.js';

/** Whether an operation works with the credentials, and refuses without them: only that shows that they are good. */
export const knownGood: HostCheck = {
  name: 'known-good',
  needs: ['connection', 'token'],
  run: async ({ survey, target, signal }) => {
    const { asked, works, knownGood: good } = await survey.reads();
    if (good) {
      return [
        ok(
          `${good.operation} works with the credentials (${good.works ?? 'no answer'}) and refuses without them (${good.refused ?? 'no answer'})`,
        ),
      ];
    }
    if (signal.aborted) return [notTried('the command was stopped')];
    if (works !== undefined) {
      return [
        warning(
          `${works} works, but nothing that was asked refuses requests without credentials, so it is not known whether they are valid`,
          `conform auth --target ${target.name} tries more operations.`,
        ),
      ];
    }
    const [first] = asked;
    if (!first) {
      return [
        warning(
          'no operation of the contract can be asked that changes nothing and needs no id',
          'Give values for its parameters in samples.yaml.',
        ),
      ];
    }
    const list = asked.map(({ operation, status }) => `${operation} ${status ?? 'no answer'}`).join(', ');
    return [
      error(
        `none of the operations that were asked works: ${list}`,
        `conform check --target ${target.name} --only "${pathOf(first.operation)}" says why.`,
      ),
    ];
  },
};

function pathOf(id: string): string {
  return id.replace(/^\S+ /, '');
}
