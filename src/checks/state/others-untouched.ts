import { NotApplicable } from '../../drive/drive.js';
import { pointer } from '../../json.js';
import { isSuccess } from '../../target/reply.js';
import { inconclusive, passed } from '../check.js';
import { nameOf } from '../fact.js';
import { lifeCheck } from '../life.js';
import { isSame, OF_EVERY_CHANGE } from './as-sent.js';

export const othersUntouched = lifeCheck({
  id: 'state/others-untouched',
  promise: 'A PATCH leaves the members alone that it does not name.',
  source: {
    kind: 'standard',
    ref: 'RFC 7396, section 1',
    url: 'https://www.rfc-editor.org/rfc/rfc7396#section-1',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 3 },
  messages: {
    changed: ({ member }) => `the member “${member}” was changed by a PATCH that does not name it`,
  },
  of: 'change',
  judge: ({ operation, before, came: { sent, heard }, after }, { created, declared }) => {
    if (operation.method !== 'PATCH') return new NotApplicable('it is no PATCH');
    if (!sent || !created.sent) return new NotApplicable('it sends no JSON');
    if (!isSuccess(heard.exchange.status))
      return inconclusive(`it was answered ${heard.exchange.status ?? 'not at all'}`);
    if (!before || !after?.record) return inconclusive('the record could not be read before and after it');
    const now = after.record;
    const ours = created.sent;
    // Only what the run itself has put there: the rest may follow from what was changed.
    const changed = Object.keys(before).filter(
      (name) =>
        !Object.hasOwn(sent, name) &&
        Object.hasOwn(ours, name) &&
        declared.has(name) &&
        !OF_EVERY_CHANGE.test(name) &&
        !isSame(before[name] ?? null, now[name] ?? null),
    );
    if (changed.length === 0) return passed;
    return {
      kind: 'failed',
      broken: changed.map((name) => ({
        code: 'changed',
        facts: { member: nameOf(name) },
        pointer: pointer(name),
      })),
      at: [heard, after.heard],
    };
  },
});
