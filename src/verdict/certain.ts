import type { Cause, Confidence } from './causes.js';
import type { Facts } from './facts.js';

/** What has to be so for a cause to be the only one that is left. Each fact is one word, or several of which one has to fit. */
interface Rule {
  causes: readonly (Cause | 'deviates')[];
  when: { [Name in keyof Facts]?: Facts[Name] | readonly Facts[Name][] };
}

/**
 * All that is ever certain. Whatever is not here is `likely` at the most: no other code says more. A control that was
 * not asked, or that could not be compared, fits no rule.
 */
const RULES: readonly Rule[] = [
  // No answer came, and the error code says why.
  {
    causes: [
      ...(['dns-failure', 'connection-refused', 'connection-reset', 'connection-timeout'] as const),
      ...(['tls-name', 'tls-expired', 'tls-untrusted', 'tls-failure'] as const),
      ...(['response-timeout', 'response-malformed'] as const),
    ],
    when: { answer: 'none', words: 'telling' },
  },
  // What came is a success, and not what the host answers to everybody.
  {
    causes: ['deviates', 'response-malformed'],
    when: { answer: 'success', unknownPath: ['other', 'not-comparable'] },
  },
  { causes: ['deviates'], when: { answer: 'redirect', unknownPath: ['other', 'not-comparable'] } },

  // The answer is that of an unknown path, and says of itself that there is no route.
  {
    causes: ['route-missing'],
    when: {
      ...{
        asked: ['with-token', 'without-token'],
        unknownPath: 'same',
        credentials: ['accepted', 'not-needed'],
      },
      ...{
        words: 'telling',
        wordsSay: 'route-missing',
        answer: ['unauthorised', 'forbidden', 'refused-input'],
      },
    },
  },
  // The answer is that of an unknown path, and a thing that is not there is answered otherwise.
  {
    causes: ['route-missing'],
    when: {
      ...{
        asked: ['with-token', 'without-token'],
        unknownPath: 'same',
        credentials: ['accepted', 'not-needed'],
      },
      ...{ answer: ['not-found', 'success'], absentThing: 'otherwise', ids: ['none', 'listed'] },
      otherMethod: ['nothing-shown', 'allows-others'],
    },
  },
  // The same with a token that is refused. That a routed operation refuses it in another way is known by another method
  // only, and a host may refuse whatever would change something before it looks at the path: so the words have to say it.
  {
    causes: ['route-missing'],
    when: {
      ...{ asked: 'with-bad-token', unknownPath: 'same', badTokenElsewhere: 'otherwise' },
      ...{ words: 'telling', wordsSay: 'route-missing', answer: ['forbidden', 'unauthorised'] },
    },
  },
  // The host says that the method is wrong, and does not say so of every path.
  { causes: ['method-missing'], when: { answer: 'wrong-method', unknownPath: 'other' } },
  // The method is answered as an unknown path, in words of a missing route, and another one on the same URL is not.
  {
    causes: ['method-missing'],
    when: {
      ...{ asked: 'with-token', unknownPath: 'same', credentials: ['accepted', 'not-needed'] },
      ...{ words: 'telling', wordsSay: 'route-missing', otherMethod: ['routed', 'allows-others'] },
      // A 404 a handler can give in the words of its router.
      answer: ['forbidden', 'unauthorised'],
    },
  },
  {
    causes: ['method-missing'],
    when: {
      ...{ asked: 'with-bad-token', answer: ['forbidden', 'unauthorised'], unknownPath: 'same' },
      ...{ words: 'telling', wordsSay: 'route-missing' },
      ...{ badTokenElsewhere: 'otherwise', otherMethod: ['routed', 'allows-others'] },
    },
  },
  // Below another base URL of the same host there are operations.
  { causes: ['base-url-wrong'], when: { host: 'another-base', unknownPath: 'same' } },
  // Nothing of the host is left: not its root, and not its token endpoint; and it says that it is gone.
  {
    causes: ['host-gone'],
    when: { host: 'nothing', unknownPath: 'same', wordsSay: ['host-gone', 'redirected'], words: 'telling' },
  },
  { causes: ['host-gone'], when: { host: 'nothing', unknownPath: 'same', answer: 'redirect' } },
  // Elsewhere it may lead to a page to sign in.
  {
    causes: ['redirected'],
    when: { answer: 'redirect', unknownPath: 'other', redirect: ['spelling', 'scheme'] },
  },

  // Nothing was sent that could be a token, where one is asked for.
  {
    causes: ['token-missing'],
    when: { asked: 'without-token', answer: 'unauthorised', credentials: 'not-shown' },
  },
  // It refuses a bad token, which the host does not do before it has found the method.
  {
    causes: ['token-invalid'],
    when: {
      asked: 'with-bad-token',
      answer: ['unauthorised', 'forbidden'],
      unknownPath: 'other',
      guardOrder: 'method-first',
    },
  },
  // The route refuses who has no token in another way: so it has let this caller in, and then refused.
  {
    causes: ['permission-denied', 'access-denied', 'scope-missing', 'product-missing'],
    when: {
      ...{ asked: 'with-token', answer: 'forbidden', credentials: 'accepted', unknownPath: 'other' },
      withoutToken: 'refused-otherwise',
    },
  },
  {
    causes: ['validation-failed'],
    when: {
      ...{ asked: 'with-token', answer: 'refused-input', credentials: 'accepted', unknownPath: 'other' },
      withoutToken: 'refused-otherwise',
    },
  },
  {
    causes: ['crashed'],
    when: {
      ...{ asked: 'with-token', answer: 'failed', credentials: 'accepted', unknownPath: 'other' },
      withoutToken: 'refused-otherwise',
    },
  },
];

/** How surely a cause may be named: `certain` only where a rule leaves no other reading. */
export function confidenceIn(
  cause: Cause | 'deviates',
  facts: Facts,
  otherwise: 'possible' | 'likely',
): Confidence {
  const fits = ({ causes, when }: Rule) =>
    causes.includes(cause) &&
    (Object.keys(when) as (keyof Facts)[]).every((name) => {
      const wanted: string | readonly string[] | undefined = when[name];
      return typeof wanted === 'string' ? wanted === facts[name] : wanted?.includes(facts[name]);
    });
  return RULES.some(fits) ? 'certain' : otherwise;
}
