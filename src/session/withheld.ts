import type { EffectReason } from './effect.js';
import type { Refusal } from './gate.js';

/** Why a request was not sent, for a person: a clause without a full stop. */
export function sentenceOf(refusal: Refusal): string {
  switch (refusal.code) {
    case 'policy':
      return `${BECAUSE[refusal.because]}, and the policy of the run does not allow that`;
    case 'declared':
      return 'it could do more than it was intended to do';
    case 'method-override':
      return 'it asks for another method than its own (method override)';
    case 'elsewhere':
      return 'it does not go to the address of the target';
    case 'no-credentials':
      return `no credentials of its own could be had for the caller “${refusal.caller}”`;
    case 'path-changes':
      return 'its path changes when it is resolved';
    case 'not-created-here':
      return 'it could change what this run has not created';
    case 'asked-to-wait':
      return `the host wants to be asked nothing before ${readable(refusal.until)}, and a run does not wait so long`;
    case 'records':
      return `the checks of a run may fetch ${refusal.most} records of this target, and this could be more`;
    case 'checks-of-operation':
      return `the checks may ask an operation ${refusal.most} times, and have`;
    case 'budget':
      return `the budget of the run for ${refusal.kind} is used up`;
  }
}

/** To the minute: `2026-02-26 17:40 UTC`. */
function readable(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const BECAUSE: Record<EffectReason, string> = {
  reads: 'it reads',
  'safe-by-contract': 'the contract calls it safe',
  'refused-and-harmless': 'it asks whether the route is there',
  'forbidden-body': 'it goes with good credentials, and a body that the contract forbids',
  'may-change-something': 'it could change something',
  'refusal-not-seen': 'it changes something, and this run has not seen the host refuse invalid credentials',
  'no-refused-write-beside':
    'it could create something there, and this run has not seen the host refuse such a request beside it',
  'not-guarded': 'it changes something, and nobody says that the host guards it',
  'not-harmless': 'it would change something if the host let it in',
};
