import { type Confidence, type Layer, LAYERS } from './causes.js';
import { brief } from './brief.js';
import type { Facts } from './facts.js';
import type { Question } from './question.js';
import type { Reading } from './reading.js';
import { say, type Said } from './sentences.js';

/** All that was seen and bears on a verdict, each from one exchange. */
export function evidenceOf(
  question: Question,
  facts: Facts,
  alone: Reading,
  layer: Layer,
  confidence: Confidence,
): Said[] {
  const { answer, controls } = question;
  const { exchange } = answer;
  const rest = exchange.responseHeaders['retry-after'];
  const { method, url, at } = exchange;
  return [
    say('answer', { method, url, at, status: String(exchange.status ?? ''), came: brief(answer) }),
    ...(alone.stack !== undefined && alone.specific ? [say('words-of', { stack: alone.stack })] : []),
    ...(exchange.status !== null && confidence !== 'possible' ? reached(layer) : []),
    ...(rest !== undefined && facts.answer === 'throttled' ? [say('rest-wanted', { rest })] : []),
    ...(facts.asked === 'with-bad-token' ? [say('bad-token-used', {})] : []),
    ...aboutPath(question, facts),
    ...aboutHost(question),
    ...aboutToken(question, facts),
    ...aboutRest(question, facts),
    ...(controls.calibration?.exchange.echo === 'ours' && exchange.echo === 'other'
      ? [say('header-changed', {})]
      : []),
  ];
}

/**
 * The layer that answered proves that each before it worked. A gateway looks for the route before it looks at the token,
 * so its own answer proves nothing about the token.
 */
export function reached(layer: Layer): Said[] {
  const before = LAYERS.slice(0, LAYERS.indexOf(layer)).filter(
    (name) => layer !== 'gateway' || name !== 'token',
  );
  if (before.length < 2) return [];
  return [
    say('layer-reached', { layer, before: `${before.slice(0, -1).join(', ')} and ${before.at(-1) ?? ''}` }),
  ];
}

function aboutPath({ controls: { unknownPath } }: Question, facts: Facts): Said[] {
  if (facts.answer === 'success' && facts.unknownPath !== 'same') return [];
  if (!unknownPath) return facts.answer === 'none' ? [] : [say('no-unknown-path', {})];
  const came = brief(unknownPath.seen);
  if (facts.unknownPath === 'same') return [say('unknown-path-same', { came })];
  if (facts.unknownPath === 'other') return [say('unknown-path-other', { came })];
  if (unknownPath.steady === 'no') return [say('unknown-path-unsteady', {})];
  return [
    unknownPath.isSameDepth ? say('unknown-path-by-other-method', {}) : say('unknown-path-farther', {}),
  ];
}

function aboutHost({ controls: { alike } }: Question): Said[] {
  if (!alike) return [];
  const { of, root, tokenEndpoint, otherBase } = alike;
  return [
    say('all-alike', { of }),
    ...(root ? [say('host-alike', {})] : []),
    ...(tokenEndpoint ? [say('token-endpoint-works', {})] : []),
    ...(otherBase
      ? [
          say('other-base', {
            baseUrl: otherBase.baseUrl,
            operation: otherBase.operation,
            came: brief(otherBase.seen),
          }),
        ]
      : []),
  ];
}

function aboutToken({ controls }: Question, facts: Facts): Said[] {
  const { knownGood, withoutToken, knownGoodWithBadToken, guardOrder } = controls;
  const isInQuestion = facts.answer !== 'success' && facts.answer !== 'none';
  if (!isInQuestion) return [];
  return [
    ...(knownGood && facts.asked === 'with-token'
      ? [
          say('known-good', {
            operation: knownGood.operation,
            came: brief(knownGood.works),
            refused: brief(knownGood.refused),
          }),
        ]
      : []),
    ...(facts.credentials === 'not-shown' && facts.asked === 'with-token' ? [say('no-known-good', {})] : []),
    ...(withoutToken ? [say('without-token', { came: brief(withoutToken) })] : []),
    ...(facts.badTokenElsewhere === 'otherwise' && knownGoodWithBadToken
      ? [say('bad-token-elsewhere', { came: brief(knownGoodWithBadToken) })]
      : []),
    ...(facts.asked === 'with-bad-token' && guardOrder
      ? [
          guardOrder.isMethodFirst
            ? say('method-before-guard', { came: brief(guardOrder.seen) })
            : say('guard-before-method', { came: brief(guardOrder.seen) }),
        ]
      : []),
  ];
}

function aboutRest({ controls, listing }: Question, facts: Facts): Said[] {
  const { knownBadValue, otherMethod, otherSpelling, otherHost } = controls;
  const isNotFound = facts.answer === 'not-found';
  return [
    ...(isNotFound && knownBadValue && facts.absentThing === 'otherwise'
      ? [
          say('known-bad-value-other', {
            operation: knownBadValue.operation,
            came: brief(knownBadValue.seen),
          }),
        ]
      : []),
    ...(isNotFound && knownBadValue && facts.absentThing === 'as-unknown-path'
      ? [say('known-bad-value-same', { operation: knownBadValue.operation })]
      : []),
    ...(otherMethod?.isRouted === true
      ? [say('other-method', { method: otherMethod.seen.exchange.method, came: brief(otherMethod.seen) })]
      : []),
    ...(otherSpelling
      ? [
          say('other-spelling', {
            method: otherSpelling.method,
            path: otherSpelling.path,
            came: brief(otherSpelling.seen),
          }),
        ]
      : []),
    ...(otherHost?.isRouted === true
      ? [
          say('other-host-routed', {
            host: otherHost.name,
            came: brief(otherHost.seen),
            unknown: brief(otherHost.unknown),
          }),
        ]
      : []),
    ...(otherHost?.isRouted === false
      ? [say('other-host-unrouted', { host: otherHost.name, unknown: brief(otherHost.unknown) })]
      : []),
    ...(isNotFound && listing !== undefined ? [say('listed', { operation: listing })] : []),
    ...(isNotFound && facts.ids === 'unlisted' ? [say('weak-id', {})] : []),
  ];
}
