import type { SeenReply } from '../../drive/seen.js';
import { pointer } from '../../json.js';
import { nameOf, type Facts } from '../fact.js';
import type { LifeResult } from '../life.js';
import type { Difference } from './as-sent.js';

/** In which ways a member is not as it was sent, and the sentences for them. */
export const NOT_AS_SENT = {
  lost: ({ member }: Facts) => `the member “${member}” was sent, and is not there when the record is read`,
  old: ({ member }: Facts) =>
    `the member “${member}” was sent, and has the value from before when the record is read`,
  other: ({ member }: Facts) =>
    `the member “${member}” has another value than was sent when the record is read`,
} as const;

/** @param at the answers that show it */
export function notAsSent<Kind extends Difference['kind']>(
  found: readonly (Pick<Difference, 'path'> & { kind: Kind })[],
  at: readonly SeenReply[],
): LifeResult<Kind> {
  return {
    kind: 'failed',
    broken: found.map(({ path, kind }) => ({
      code: kind,
      facts: { member: nameOf(path.join('.')) },
      pointer: pointer(...path),
    })),
    at,
  };
}
