import type { Exchange } from '../exchange/exchange.js';
import type { Controls, Question } from './question.js';
import { brief, pathOf, TOKEN_CAUSES, verdictOf, type Reading } from './reading.js';
import type { Verdict } from './verdict.js';

/** The answer is that of a path which nobody can have routed. */
export function decideUnrouted(question: Question, alone: Reading): Verdict {
  const { exchange, controls } = question;
  const { working, nearest, alike } = controls;
  const evidence = [
    `A path beside it that nobody can have routed gets the same answer (${brief(controls.nonsense)}).`,
  ];
  if (alone.cause === 'host-gone') return verdictOf(question, alone, evidence);
  if (!working && alike && alike.answered === alike.of && GONE_STATUSES.has(exchange.status ?? 0)) {
    return verdictOf(
      question,
      {
        ...alone,
        layer: 'edge',
        cause: 'host-gone',
        confidence: alike.of >= ENOUGH_TO_SAY_GONE ? 'certain' : 'likely',
        explanation: 'The whole host answers as retired: whatever is asked gets the same answer.',
        fix: 'Find out where the API has moved, and correct the base URL.',
      },
      [...evidence, `So do all ${alike.of} operations that were asked.`],
      [{ cause: 'route-missing', because: 'no path at all is answered otherwise' }],
    );
  }
  if (!working) {
    // Nothing works: then it may as well be the token, and the operation is not to blame.
    const tokenCause = TOKEN_CAUSES.has(alone.cause) ? alone.cause : 'token-invalid';
    return verdictOf(
      question,
      {
        ...alone,
        layer: 'token',
        cause: tokenCause,
        confidence: 'possible',
        explanation:
          'Nothing works with this token on this host, so the refusal says nothing about this operation.',
        fix: 'Get one operation to work first: check the token, the host and the header form (conform auth).',
      },
      evidence,
    );
  }
  const ruledOut = [
    { cause: 'token-invalid', because: `the same token works on ${working.operation} in the same run` },
    { cause: 'access-denied', because: 'a path that does not exist at all is refused in the same words' },
  ];
  ruledOut.push(...readEcho(question, evidence));
  const byOtherMethod = controls.otherMethod;
  if (byOtherMethod && isTelling(byOtherMethod) && byOtherMethod.fingerprint !== exchange.fingerprint) {
    return verdictOf(
      question,
      {
        ...alone,
        layer: 'gateway',
        cause: 'method-missing',
        confidence: 'certain',
        explanation: `The path is routed, ${exchange.method} on it is not (for this caller): ${byOtherMethod.method} is answered otherwise.`,
        fix: `Use another method, or ask the vendor whether ${exchange.method} is meant to be there.`,
      },
      [
        ...evidence,
        `${byOtherMethod.method} on the same path gives another answer (${brief(byOtherMethod)}).`,
      ],
      ruledOut,
    );
  }
  const name = `${exchange.method} ${pathOf(exchange)}`;
  const found = nearest === undefined ? '' : `; ${nearest.method} ${nearest.path} is`;
  const elsewhere = readOtherHost(controls, evidence);
  return verdictOf(
    question,
    {
      ...alone,
      layer: alone.layer === 'application' || alone.layer === 'resource' ? 'application' : 'gateway',
      cause: 'route-missing',
      confidence: 'certain',
      explanation: `Not routed for this caller: ${name}${found}. The refusal is the one that every unknown path gets; it says nothing about credentials or permissions.`,
      fix:
        nearest !== undefined
          ? `Use ${nearest.method} ${nearest.path}.`
          : elsewhere !== undefined
            ? `Ask the vendor why ${elsewhere} has it and this host has not.`
            : 'Look the exact path and method up in the vendor’s documentation, or take the operation out of the contract.',
    },
    evidence,
    ruledOut,
  );
}

/** Notes what the other host says of the path. @returns its name when the path is routed there */
function readOtherHost({ otherHost }: Controls, evidence: string[]): string | undefined {
  if (!otherHost || !isTelling(otherHost.exchange)) return undefined;
  const { name, exchange, nonsense } = otherHost;
  const routed = exchange.fingerprint !== nonsense.fingerprint;
  evidence.push(
    routed
      ? `On ${name} it is routed: asked without a token it answers ${brief(exchange)}, and an unknown path ${brief(nonsense)}.`
      : `On ${name} it is not routed either: an unknown path gets the same answer there (${brief(nonsense)}).`,
  );
  return routed ? name : undefined;
}

/** What hosts answer that serve nothing any more: a redirect to a page, or that there is nothing. */
const GONE_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308, 404, 410]);
const ENOUGH_TO_SAY_GONE = 3;

/** An answer of the route itself: not one of overload or of something that has failed. */
function isTelling({ status }: Exchange): boolean {
  return status !== null && status < 500 && status !== 429;
}

/**
 * What the echoed hash of the Authorization header tells. A match proves by itself that the header arrived as it was
 * sent. That it does not match means something only when a header of our own was echoed as it should be.
 */
function readEcho({ exchange, controls }: Question, evidence: string[]): Verdict['ruledOut'] {
  if (exchange.echo === 'ours') {
    return [
      {
        cause: 'token-malformed',
        because: 'the gateway echoed the SHA-256 of exactly the Authorization header that was sent',
      },
    ];
  }
  if (exchange.echo === 'other' && controls.calibration?.echo === 'ours') {
    evidence.push(
      'The gateway echoed the hash of another Authorization header than the one that was sent, although it hashes a header of our own as expected: something between us changes the header.',
    );
  }
  return [];
}
