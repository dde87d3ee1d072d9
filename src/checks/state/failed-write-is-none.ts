import { NotApplicable } from '../../drive/drive.js';
import { failed, passed } from '../check.js';
import { count } from '../fact.js';
import { lifeCheck } from '../life.js';

export const failedWriteIsNone = lifeCheck({
  id: 'state/failed-write-is-none',
  promise: 'A creation that is refused creates nothing.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 15.5',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 2 },
  messages: {
    kept: ({ refused }) =>
      `${refused} creations were refused, and the list has something that they have made`,
  },
  of: 'creation',
  judge: ({ attempts, kept }) => {
    const refused = attempts.filter(({ came }) => isRefusal(came.exchange.status));
    if (refused.length === 0 || !kept)
      return new NotApplicable('nothing was refused, or no list would show what came of it');
    if (!kept.there) return passed;
    const [first] = refused;
    return {
      ...failed('kept', { refused: count(refused.length) }),
      at: [...(first ? [first.came] : []), kept.heard],
    };
  },
});

function isRefusal(status: number | null): boolean {
  return status !== null && status >= 400 && status < 500;
}
