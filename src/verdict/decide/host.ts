import { say } from '../sentences.js';
import type { Decide, Decision } from './decision.js';

/**
 * All that was asked of the host gets the answer of an unknown path, and nothing works: no operation is to blame. First
 * the base URL is suspected, then the host.
 */
export const decideHost: Decide = (question, { host, answer }, alone) => {
  const otherBase = question.controls.alike?.otherBase;
  if (otherBase) {
    const { baseUrl } = otherBase;
    return {
      layer: 'gateway',
      cause: 'base-url-wrong',
      most: 'likely',
      explanation: say('base-url-wrong', { baseUrl }),
      fix: say('correct-base-url', { baseUrl }),
      isOurs: true,
    };
  }
  if (alone.cause === 'host-gone') {
    return {
      layer: alone.layer,
      cause: alone.cause,
      most: 'likely',
      explanation: alone.explanation,
      fix: alone.fix,
    };
  }
  return host === 'nothing' && (answer === 'redirect' || answer === 'not-found') ? gone : unknown;
};

const gone: Decision = {
  layer: 'edge',
  cause: 'host-gone',
  most: 'likely',
  explanation: say('host-gone', {}),
  fix: say('find-the-host', {}),
  ruledOut: [{ cause: 'route-missing', because: say('nothing-answers-otherwise', {}) }],
};

const unknown: Decision = {
  layer: 'gateway',
  cause: 'route-missing',
  most: 'possible',
  explanation: say('host-not-known', {}),
  fix: say('check-base-url', {}),
  isOurs: true,
};
