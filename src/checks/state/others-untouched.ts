import { NotApplicable } from '../../drive/drive.js';
import { pointer } from '../../json.js';
import { isSuccess } from '../../targets/reply.js';
import { failed, inconclusive, passed } from '../check.js';
import { nameOf } from '../fact.js';
import { lifeCheck, type Changed } from '../life.js';
import { differences, isSame, OF_EVERY_CHANGE, unlike } from './as-sent.js';

export const othersUntouched = lifeCheck({
  id: 'state/others-untouched',
  promise: 'A PATCH leaves the members alone that it does not name, and a change leaves other records alone.',
  source: {
    kind: 'standard',
    ref: 'RFC 7396, section 1',
    url: 'https://www.rfc-editor.org/rfc/rfc7396#section-1',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 4 },
  messages: {
    changed: ({ member }) => `the member “${member}” was changed by a PATCH that does not name it`,
    'other-record': ({ member }) => `the member “${member}” of another record was changed as well`,
  },
  of: 'change',
  judge: (change, { created, declared }) => {
    const { operation, before, came, after, neighbour } = change;
    const { sent, heard } = came;
    const beside = isSuccess(heard.exchange.status) ? touchedBeside(change, declared) : undefined;
    if (beside !== undefined && neighbour)
      return {
        ...failed('other-record', { member: nameOf(beside) }, pointer(beside)),
        at: [heard, neighbour.now.heard],
      };
    if (operation.method !== 'PATCH')
      return neighbour?.now.record
        ? passed
        : new NotApplicable('it is no PATCH, and no other record is known');
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

/** What of another record was changed, by a change that reached its own one too: where it did not, that is said once. */
function touchedBeside(
  { before, came: { sent }, after, neighbour }: Changed,
  declared: ReadonlySet<string>,
): string | undefined {
  if (!sent || !after?.record || !neighbour?.now.record) return undefined;
  if (differences(sent, after.record, declared, before).length > 0) return undefined;
  const names = Object.keys(neighbour.sent).filter((name) => declared.has(name));
  return unlike(neighbour.before, neighbour.now.record, names)[0];
}
