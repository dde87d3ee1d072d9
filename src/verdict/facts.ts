import { compare } from '../controls/compare.js';
import type { Redirect } from '../drive/redirect.js';
import { isSuccess } from '../targets/reply.js';
import type { Cause } from './causes.js';
import type { Ids, Question } from './question.js';
import type { Reading } from './reading.js';

/** What is known of an answer that a verdict can be on: each a word, so that rules read as a table. */
export interface Facts {
  /** With which credentials it was asked. */
  asked: 'with-token' | 'with-bad-token' | 'without-token';
  /** What kind of answer it is. */
  answer:
    | 'none'
    | 'success'
    | 'redirect'
    | 'unauthorised'
    | 'forbidden'
    | 'not-found'
    | 'wrong-method'
    | 'throttled'
    | 'refused-input'
    | 'failed'
    | 'unavailable'
    | 'other';
  /** What its words say by themselves: those of one kind of refusal only, those of many, or nothing that is known. */
  words: 'telling' | 'common' | 'unknown';
  /** Which cause the words name. */
  wordsSay: Cause;
  /**
   * How it compares with the answer of a path that matches no template, at the same depth, by the same method and with
   * the same token. `not-comparable` where one of these could not be had.
   */
  unknownPath: 'same' | 'other' | 'not-comparable';
  /**
   * Whether the credentials are good: seen to work where there is none let in without them. `not-declared` where the
   * contract does not ask for the credentials that were sent, `not-needed` where none were sent for that reason.
   */
  credentials: 'accepted' | 'not-shown' | 'not-declared' | 'not-needed';
  /** Where a redirect leads. */
  redirect: Redirect | 'none';
  /** Without credentials this very request is refused, in another way. */
  withoutToken: 'refused-otherwise' | 'no-difference' | 'not-asked';
  /** Whether a thing that is not there is answered otherwise than a path that is not routed. */
  absentThing: 'otherwise' | 'as-unknown-path' | 'not-known';
  ids: Ids;
  /** Whether another safe method on the same URL shows that there is something, and which methods it allows there. */
  otherMethod: 'allows-it' | 'allows-others' | 'routed' | 'nothing-shown';
  /** What a routed operation answers to bad credentials, held against the unknown path with the same. */
  badTokenElsewhere: 'otherwise' | 'as-unknown-path' | 'not-asked';
  /** Whether the host looks at the method before it looks at the token. */
  guardOrder: 'method-first' | 'token-first' | 'not-known';
  /** What of the host is answered otherwise than an unknown path. */
  host: 'something' | 'nothing' | 'only-token-endpoint' | 'another-base';
}

/** What is known of an answer. */
export function factsOf(question: Question, alone: Reading): Facts {
  const { answer, token, ids } = question;
  return {
    asked: token === 'valid' ? 'with-token' : token === 'invalid' ? 'with-bad-token' : 'without-token',
    answer: kindOfAnswer(answer.exchange.status),
    words: alone.specific ? 'telling' : alone.known ? 'common' : 'unknown',
    wordsSay: alone.cause,
    unknownPath: unknownPathOf(question),
    credentials: credentialsOf(question),
    redirect: answer.redirect ?? 'none',
    withoutToken: withoutTokenOf(question),
    absentThing: absentThingOf(question),
    ids,
    otherMethod: otherMethodOf(question),
    badTokenElsewhere: badTokenElsewhereOf(question),
    guardOrder: guardOrderOf(question),
    host: hostOf(question),
  };
}

function kindOfAnswer(status: number | null): Facts['answer'] {
  if (status === null) return 'none';
  if (isSuccess(status)) return 'success';
  return KINDS.get(status) ?? (status < 400 ? 'other' : status < 500 ? 'refused-input' : 'failed');
}

const KINDS: ReadonlyMap<number, Facts['answer']> = new Map<number, Facts['answer']>([
  ...[301, 302, 303, 307, 308].map((status) => [status, 'redirect'] as const),
  [401, 'unauthorised'],
  [403, 'forbidden'],
  [404, 'not-found'],
  [410, 'not-found'],
  [405, 'wrong-method'],
  [501, 'wrong-method'],
  [429, 'throttled'],
  [502, 'unavailable'],
  [503, 'unavailable'],
  [504, 'unavailable'],
]);

function unknownPathOf({
  answer,
  controls: { unknownPath, knownGoodWithBadToken: elsewhere },
}: Question): Facts['unknownPath'] {
  if (!unknownPath) return 'not-comparable';
  const { refused, isSameDepth, isSameMethod } = unknownPath;
  if (!isSameDepth) return 'not-comparable';
  const compared = compare(answer, unknownPath);
  const byRefused = refused && compare(answer, refused);
  if (compared === 'same' || byRefused === 'same') return 'same';
  // Of an unknown path by another method the host may say something else, whatever it routes. With a bad token it says
  // something of the path only where that is looked at first: where it does not refuse the token as a routed path does.
  const isPathFirst =
    byRefused === 'other' && refused && elsewhere && compare(elsewhere, refused) === 'other';
  return compared === 'other' && (isSameMethod || isPathFirst === true) ? 'other' : 'not-comparable';
}

function credentialsOf({ controls, token, credentials }: Question): Facts['credentials'] {
  if (controls.knownGood) return 'accepted';
  if (credentials === 'asked-for' || token === 'invalid') return 'not-shown';
  return credentials === 'sent-unasked' && token === 'valid' ? 'not-declared' : 'not-needed';
}

function withoutTokenOf({ answer, controls: { withoutToken } }: Question): Facts['withoutToken'] {
  if (!withoutToken) return 'not-asked';
  const { status } = withoutToken.exchange;
  const isRefused = status === 401 || status === 403;
  const isOther = withoutToken.digest.loose !== answer.digest.loose;
  return isRefused && isOther ? 'refused-otherwise' : 'no-difference';
}

function absentThingOf({ controls: { knownBadValue } }: Question): Facts['absentThing'] {
  if (!knownBadValue || knownBadValue.isThatOfUnknownPath === 'unsteady') return 'not-known';
  return knownBadValue.isThatOfUnknownPath === 'other' ? 'otherwise' : 'as-unknown-path';
}

function otherMethodOf({ controls: { otherMethod } }: Question): Facts['otherMethod'] {
  if (otherMethod?.isRouted !== true) return 'nothing-shown';
  if (otherMethod.allowsIt === undefined) return 'routed';
  return otherMethod.allowsIt ? 'allows-it' : 'allows-others';
}

function badTokenElsewhereOf({ controls, token }: Question): Facts['badTokenElsewhere'] {
  const { knownGoodWithBadToken: elsewhere, unknownPath } = controls;
  if (token !== 'invalid' || !elsewhere || !unknownPath) return 'not-asked';
  return compare(elsewhere, unknownPath) === 'other' ? 'otherwise' : 'as-unknown-path';
}

function guardOrderOf({ controls: { guardOrder } }: Question): Facts['guardOrder'] {
  if (!guardOrder) return 'not-known';
  return guardOrder.isMethodFirst ? 'method-first' : 'token-first';
}

function hostOf({ controls: { alike } }: Question): Facts['host'] {
  if (!alike) return 'something';
  if (alike.otherBase) return 'another-base';
  if (!alike.root) return 'something';
  return alike.tokenEndpoint ? 'only-token-endpoint' : 'nothing';
}
