import { pathOf } from '../brief.js';
import type { Layer } from '../causes.js';
import type { Question } from '../question.js';
import { say } from '../sentences.js';
import type { Decision } from './decision.js';

/** The path is routed, and the method on it is not. */
export function methodMissing({ answer, controls: { otherMethod } }: Question, layer: Layer): Decision {
  const { method } = answer.exchange;
  const by = otherMethod?.isRouted === true ? otherMethod.seen.exchange.method : '';
  return {
    layer,
    cause: 'method-missing',
    most: 'likely',
    explanation: say('method-not-routed', { method, path: pathOf(answer.exchange), by }),
    fix: say('look-up-method', { method }),
  };
}
