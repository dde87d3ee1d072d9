import type { Cause, Layer } from './causes.js';
import type { Match } from './match.js';
import { say, type Said } from './sentences.js';

/** What the words, headers and status of one answer say by themselves. */
export interface Reading {
  layer: Layer;
  cause: Cause;
  explanation: Said;
  fix: Said;
  /** What can be done where nothing was asked beside it. */
  fixAlone: Said;
  stack: string | undefined;
  rivals: readonly { cause: Cause; distinguishedBy: string }[];
  /** Whether anything that is known fits. */
  known: boolean;
  /** Whether a feature fitted that only this kind of refusal has. */
  specific: boolean;
}

/** Reads an answer by the signature that fits it best. */
export function readAlone(status: number | null, [best]: readonly Match[]): Reading {
  if (!best) {
    return {
      layer: 'application',
      cause: 'undetermined',
      explanation: say('no-signature', { status: status === null ? '' : String(status) }),
      fix: say('add-signature', {}),
      fixAlone: say('add-signature', {}),
      stack: undefined,
      rivals: [],
      known: false,
      specific: false,
    };
  }
  const { signature, specific } = best;
  const { id, layer, cause, explanation, fix, fixAlone = fix, stack, rivals = [] } = signature;
  return {
    layer,
    cause,
    explanation: say('signature', { signature: id, explanation }),
    fix: say('fix-of-signature', { signature: id, fix }),
    fixAlone: say('fix-of-signature', { signature: id, fix: fixAlone }),
    stack,
    rivals: rivals.map(({ cause: rival, distinguishedBy, told = '' }) => ({
      cause: rival,
      distinguishedBy: distinguishedBy ?? told,
    })),
    known: true,
    specific,
  };
}

/** Causes that blame the token. */
export const TOKEN_CAUSES: ReadonlySet<Cause> = new Set<Cause>([
  'token-missing',
  'token-malformed',
  'token-invalid',
  'token-expired',
]);
