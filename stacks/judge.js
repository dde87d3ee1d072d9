// Holds a verdict against what is right to say.
import { rank } from './truth.js';

/**
 * What conform says of an operation, as its run file has it.
 * @typedef {object} Verdict
 * @property {string} outcome
 * @property {string} [layer]
 * @property {string} [cause]
 * @property {string} [confidence]
 * @property {string} explanation
 * @property {string} [fix]
 */

/**
 * Right; right, but nothing was found out; wrong; wrong without any reservation.
 * @typedef {'right' | 'undecided' | 'wrong' | 'wrong at certain'} Judgement
 */

/**
 * @param {Verdict} verdict
 * @param {readonly import('./truth.js').Claim[]} claims
 * @returns {Judgement}
 */
export function judge(verdict, claims) {
  // A verdict without a confidence is meant without any reservation.
  const confidence = verdict.confidence ?? 'certain';
  const isRight = claims.some(
    ({ outcome, causes, most }) =>
      outcome === verdict.outcome &&
      (causes === undefined || causes.includes(verdict.cause ?? '')) &&
      rank(confidence) <= rank(most),
  );
  if (isRight) return verdict.outcome === 'skipped' ? 'undecided' : 'right';
  // What was not asked was said nothing of.
  return verdict.outcome !== 'skipped' && confidence === 'certain' ? 'wrong at certain' : 'wrong';
}

/**
 * What would have been right, in one line: “absent (resource-missing); unrouted (route-missing), at most likely”.
 * @param {readonly import('./truth.js').Claim[]} claims
 */
export function inWords(claims) {
  const kinds = new Map(claims.map((claim) => [`${claim.outcome} ${claim.most}`, claim]));
  return [...kinds.values()]
    .map(({ outcome, most }) => {
      const alike = claims.filter((claim) => claim.outcome === outcome && claim.most === most);
      const causes = [...new Set(alike.flatMap((claim) => claim.causes ?? []))];
      const named = causes.length === 0 ? '' : ` (${causes.join(' or ')})`;
      return `${outcome}${named}${most === 'certain' ? '' : `, at most ${most}`}`;
    })
    .join('; ');
}
