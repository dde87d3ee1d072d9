import { pathOf } from '../brief.js';
import type { Facts } from '../facts.js';
import type { Controls, Question } from '../question.js';
import type { Reading } from '../reading.js';
import { say, type Said } from '../sentences.js';
import { byWords, type Decide, type Decision } from './decision.js';
import { methodMissing } from './method-missing.js';
import { credentialsWanted } from './routed.js';
import { spelledIn } from './spelled.js';

/** The answer is that of a path which nobody can have routed, and the credentials are not in question. */
export const decideLikeUnknownPath: Decide = (question, facts, alone) => {
  const { answer, otherMethod } = facts;
  if (
    answer === 'failed' ||
    answer === 'unavailable' ||
    answer === 'throttled' ||
    alone.cause === 'host-gone'
  )
    return byWords(question, facts, alone);
  // Whoever has no credentials is refused before the path is looked at.
  if (answer === 'unauthorised' && facts.asked === 'without-token' && alone.cause !== 'route-missing')
    return { ...credentialsWanted, most: 'possible' };
  const isThere = otherMethod === 'routed' || otherMethod === 'allows-it';
  // Handlers of some frameworks say that a thing is not there in the words of the router.
  if (isThere && answer === 'not-found' && facts.absentThing === 'as-unknown-path') return absentOrHidden;
  const isRouted = otherMethod === 'routed' && facts.words === 'telling' && alone.cause === 'route-missing';
  if (otherMethod === 'allows-others' || isRouted) return decideMethodMissing(question, facts, alone);
  if (otherMethod === 'allows-it' && answer === 'not-found') return absentOrHidden;
  return routeMissing(question, facts, alone);
};

function routeMissing(question: Question, facts: Facts, alone: Reading): Decision {
  const { answer, controls } = question;
  const { method } = answer.exchange;
  const path = pathOf(answer.exchange);
  const { nearest, fix } = spelledIn(controls);
  const mayBeAbsent =
    facts.answer === 'not-found' &&
    facts.ids !== 'none' &&
    !(facts.ids === 'listed' && facts.absentThing === 'otherwise');
  const common = {
    layer: routerOf(alone),
    cause: 'route-missing' as const,
    ruledOut: ruledOut(question, facts),
    isOurs: fix !== undefined,
    fix: fix ?? fixOf(controls),
  };
  if (
    mayBeAbsent &&
    !(facts.words === 'telling' && facts.wordsSay === 'route-missing' && facts.ids !== 'of-nothing')
  ) {
    return {
      ...common,
      most: 'possible',
      explanation: say('not-routed-or-absent', { method, path }),
      fix: fix ?? say('ask-with-an-id-of-something', {}),
    };
  }
  const explanation =
    facts.answer === 'success'
      ? say('caught-all', { method, path })
      : facts.words === 'telling' || facts.absentThing === 'otherwise'
        ? say('not-routed', { method, path, nearest })
        : say('not-routed-or-hidden', { method, path, nearest });
  return { ...common, most: 'likely', explanation };
}

function fixOf({ otherHost }: Controls): Said {
  return otherHost?.isRouted === true
    ? say('ask-why-other-host', { host: otherHost.name })
    : say('look-up-path', {});
}

/** The path is routed by what another method on it shows, and this method is answered as an unknown path is. */
export const decideMethodMissing: Decide = (question, facts, alone) => ({
  ...methodMissing(question, routerOf(alone)),
  ruledOut: ruledOut(question, facts),
});

/** Whose router it is that does not know the path. */
function routerOf({ layer }: Reading): 'application' | 'gateway' {
  return layer === 'application' || layer === 'resource' ? 'application' : 'gateway';
}

const absentOrHidden: Decision = {
  layer: 'application',
  cause: 'resource-missing',
  most: 'likely',
  explanation: say('absent-or-hidden', {}),
  fix: say('ask-with-a-listed-id', {}),
};

/** What else the refusal could be, and what rules it out. */
function ruledOut(
  { answer, controls }: Question,
  { answer: kind }: Facts,
): NonNullable<Decision['ruledOut']> {
  const { knownGood, knownBadValue } = controls;
  return [
    ...(knownGood
      ? [
          {
            cause: 'token-invalid' as const,
            because: say('same-token-works', { operation: knownGood.operation }),
          },
          { cause: 'access-denied' as const, because: say('unknown-path-in-same-words', {}) },
        ]
      : []),
    ...(kind === 'not-found' && knownBadValue?.isThatOfUnknownPath === 'other'
      ? [
          {
            cause: 'resource-missing' as const,
            because: say('absent-in-other-words', { operation: knownBadValue.operation }),
          },
        ]
      : []),
    // A match proves by itself that the header arrived as it was sent.
    ...(answer.exchange.echo === 'ours'
      ? [{ cause: 'token-malformed' as const, because: say('header-echoed', {}) }]
      : []),
  ];
}
