import type { Exchange } from '../exchange/exchange.js';
import type { Json } from '../json.js';
import { CAUSES, LAYERS, type Cause, type Confidence, type Layer } from './causes.js';
import { kindOf, matchSignatures, type Match } from './match.js';
import { OUTCOME_OF } from './outcome.js';
import type { Signature } from './signatures.js';
import type { Finding, Verdict } from './verdict.js';

/** With which token a request was sent. */
export type TokenUsed = 'valid' | 'invalid' | 'none';

/** Exchanges that were made to decide what another one means. Each may be missing. */
export interface Controls {
  /** The same method on a path beside it that nobody can have routed, with the same token. */
  nonsense?: Exchange;
  /** The same request without a token. */
  withoutToken?: Exchange;
  /** An operation that works in the same run with the same token. */
  working?: { operation: string; exchange: Exchange };
  /** That operation, asked with the token that is invalid on purpose. */
  workingWithInvalidToken?: Exchange;
  /** A nonsense path with a token of our own making: what hash the gateway echoes of a header that is known. */
  calibration?: Exchange;
  /** Another safe method on the same path. */
  otherMethod?: Exchange;
  /** Of all operations that were asked: how many answered exactly like this one. */
  alike?: { answered: number; of: number };
  /** The listing that the id in the path came from, when it works. */
  listing?: { operation: string; exchange: Exchange };
  /** Another spelling of the path that is routed. */
  nearest?: { method: string; path: string; exchange: Exchange; operation?: string };
}

export interface Question {
  exchange: Exchange;
  /** Whether it is the token endpoint that was asked. */
  isToken: boolean;
  token: TokenUsed;
  findings: readonly Finding[];
  controls: Controls;
}

/** What an exchange means, as far as it and its controls tell. */
export function diagnose(question: Question, signatures: readonly Signature[]): Verdict {
  const { exchange, findings } = question;
  const matches = matchSignatures(exchange, signatures, { isToken: question.isToken });
  if (exchange.status !== null && exchange.status >= 200 && exchange.status < 300) {
    const page = matches.filter((match) => isPageOfEdge(exchange, match));
    return page.length > 0 ? verdictOf(question, readAlone(exchange, page), []) : success(exchange, findings);
  }
  return decide(question, readAlone(exchange, matches));
}

/** Some firewalls block with status 200, and parked hosts greet everybody: a page for people, in known words. */
function isPageOfEdge(exchange: Exchange, { signature, byText }: Match): boolean {
  return byText && signature.layer === 'edge' && kindOf(exchange.bodyShape as Json) === 'html';
}

function success(exchange: Exchange, findings: readonly Finding[]): Verdict {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const evidence = [says(exchange)];
  if (exchange.failure !== undefined) {
    return {
      outcome: 'broken',
      layer: 'network',
      cause: 'response-malformed',
      confidence: 'certain',
      explanation: `A success was announced, but ${exchange.failure}.`,
      fix: 'Report it to the vendor with the time of the request.',
      evidence,
      ruledOut: [],
    };
  }
  if (errors.length > 0) {
    return {
      outcome: 'deviates',
      layer: 'application',
      confidence: 'certain',
      explanation: `It succeeds, but breaks the contract in ${errors.length === 1 ? 'one way' : `${errors.length} ways`}: ${errors[0]?.message ?? ''}.`,
      evidence,
      ruledOut: [],
    };
  }
  return { outcome: 'works', explanation: 'It does what the contract says.', evidence, ruledOut: [] };
}

/** What one answer says by itself: `likely` at best, unless no answer came and the error code says why. */
function readAlone(exchange: Exchange, matches: readonly Match[]): Reading {
  const [best] = matches;
  if (!best) {
    return {
      layer: 'application',
      cause: 'undetermined',
      confidence: 'possible',
      explanation: `Nothing that is known fits this answer${exchange.status === null ? '' : ` (status ${exchange.status})`}.`,
      fix: 'Look at the exchange by hand, and add what it means to spec/signatures.yaml.',
      stack: undefined,
      rivals: [],
      specific: false,
    };
  }
  const { signature, specific } = best;
  const confidence = exchange.status === null ? 'certain' : specific ? 'likely' : 'possible';
  return {
    layer: signature.layer,
    cause: signature.cause,
    confidence,
    explanation: signature.explanation,
    fix: signature.fix,
    stack: signature.stack,
    rivals: signature.rivals ?? [],
    specific,
  };
}

interface Reading {
  layer: Layer;
  cause: Cause;
  confidence: Confidence;
  explanation: string;
  fix: string;
  stack: string | undefined;
  rivals: readonly { cause: Cause; told: string }[];
  /** Whether a feature fitted that only this kind of refusal has. */
  specific: boolean;
}

/** Holds what the answer says by itself against the control probes. */
function decide(question: Question, alone: Reading): Verdict {
  const { exchange, controls, token } = question;
  if (exchange.status === null || question.isToken) return verdictOf(question, alone, []);
  if (!ROUTE_QUESTIONS.has(alone.cause) || controls.nonsense === undefined)
    return verdictOf(question, alone, []);
  const sameAsNonsense = controls.nonsense.fingerprint === exchange.fingerprint;
  if (token === 'invalid') return decideGuarded(question, alone, sameAsNonsense);
  if (sameAsNonsense) return decideUnrouted(question, alone);
  return decideRouted(question, alone);
}

/** Causes whose answers look alike, so that it has to be asked whether there is a route at all. */
const ROUTE_QUESTIONS: ReadonlySet<Cause> = new Set<Cause>([
  ...([
    'route-missing',
    'method-missing',
    'redirected',
    'resource-missing',
    'resource-gone',
    'undetermined',
  ] as const),
  ...(['token-missing', 'token-malformed', 'token-invalid', 'token-expired', 'permission-denied'] as const),
  ...(['access-denied', 'api-key-refused', 'signature-refused', 'product-missing', 'scope-missing'] as const),
  ...([
    'gateway-refused',
    'edge-blocked',
    'host-gone',
    'validation-failed',
    'request-refused',
    'crashed',
  ] as const),
]);

/** The answer is that of a path which nobody can have routed. */
function decideUnrouted(question: Question, alone: Reading): Verdict {
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
  return verdictOf(
    question,
    {
      ...alone,
      layer: alone.layer === 'application' || alone.layer === 'resource' ? 'application' : 'gateway',
      cause: 'route-missing',
      confidence: 'certain',
      explanation: `Not routed for this caller: ${name}${found}. The refusal is the one that every unknown path gets; credentials and permissions have nothing to do with it.`,
      fix:
        nearest === undefined
          ? 'Ask the vendor for the exact path and method, or take the operation out of the contract.'
          : `Use ${nearest.method} ${nearest.path}.`,
    },
    evidence,
    ruledOut,
  );
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

const TOKEN_CAUSES: ReadonlySet<Cause> = new Set<Cause>([
  'token-missing',
  'token-malformed',
  'token-invalid',
  'token-expired',
]);

/** The answer differs from that of a path which nobody can have routed: so this path is routed. */
function decideRouted(question: Question, alone: Reading): Verdict {
  const { exchange, controls } = question;
  const evidence = [
    `A path beside it that nobody can have routed is answered otherwise (${brief(controls.nonsense)}), so this one is routed.`,
  ];
  const ruledOut = [{ cause: 'route-missing', because: 'an unknown path is refused in other words' }];
  if (controls.working) {
    ruledOut.push({
      cause: 'token-invalid',
      because: `the same token works on ${controls.working.operation} in the same run`,
    });
  }
  if (alone.cause === 'route-missing') {
    if (exchange.status === 404 || exchange.status === 410)
      return resourceMissing(question, alone, evidence, ruledOut);
    // The words say “no route”, the control says there is one: a route that takes another kind of credentials.
    return verdictOf(
      question,
      {
        ...alone,
        cause: 'signature-refused',
        confidence: 'likely',
        explanation: 'The route exists, but seems to take another kind of credentials than a bearer token.',
        fix: 'Ask the vendor how this operation is authorised.',
      },
      evidence,
      ruledOut,
    );
  }
  if (alone.cause === 'resource-missing' || alone.cause === 'resource-gone') {
    return resourceMissing(question, alone, evidence, ruledOut);
  }
  const tokenBlamed = TOKEN_CAUSES.has(alone.cause);
  if (tokenBlamed && controls.working) {
    return verdictOf(
      question,
      {
        ...alone,
        layer: 'gateway',
        cause: 'access-denied',
        confidence: 'likely',
        explanation:
          'The token is refused here, although it works elsewhere: this operation is not open to it.',
        fix: 'Ask the vendor to allow this operation for the client id, and name the operation that works.',
      },
      evidence,
      ruledOut,
    );
  }
  const decided = alone.specific && (controls.working !== undefined || tokenBlamed);
  return verdictOf(
    question,
    { ...alone, confidence: decided ? 'certain' : alone.confidence },
    evidence,
    ruledOut,
  );
}

function resourceMissing(
  question: Question,
  alone: Reading,
  evidence: string[],
  ruledOut: { cause: string; because: string }[],
): Verdict {
  const { listing } = question.controls;
  if (listing) evidence.push(`${listing.operation} works, and lists such resources.`);
  return verdictOf(
    question,
    {
      ...alone,
      layer: 'resource',
      cause: alone.cause === 'resource-gone' ? 'resource-gone' : 'resource-missing',
      confidence: listing ? 'certain' : 'likely',
      explanation: 'The route works; there is no resource with this id.',
      fix: 'Ask for an id that a listing of the same run has shown.',
    },
    evidence,
    ruledOut,
  );
}

/** Asked with a token that is invalid on purpose, so that nothing could change. */
function decideGuarded(question: Question, alone: Reading, sameAsNonsense: boolean): Verdict {
  const { exchange, controls } = question;
  const guarded = controls.workingWithInvalidToken;
  const evidence = ['It was asked with a token that is invalid on purpose, so that nothing could change.'];
  const tellsApart = guarded !== undefined && guarded.fingerprint !== controls.nonsense?.fingerprint;
  if (sameAsNonsense && tellsApart) {
    return verdictOf(
      question,
      {
        ...alone,
        layer: 'gateway',
        cause: 'route-missing',
        confidence: 'certain',
        explanation: `Not routed for this caller: ${exchange.method} ${pathOf(exchange)}${controls.nearest ? `; ${controls.nearest.method} ${controls.nearest.path} is` : ''}.`,
        fix: controls.nearest
          ? `Use ${controls.nearest.method} ${controls.nearest.path}.`
          : 'Ask the vendor for the exact path and method.',
      },
      [
        ...evidence,
        `A path beside it that nobody can have routed gets the same answer (${brief(controls.nonsense)}).`,
        `A routed operation, asked with the same invalid token, is answered otherwise (${brief(guarded)}).`,
      ],
      [{ cause: 'token-invalid', because: 'a routed operation answers this token otherwise' }],
    );
  }
  if (sameAsNonsense) {
    return verdictOf(
      question,
      {
        ...alone,
        layer: 'token',
        cause: 'token-invalid',
        confidence: 'possible',
        explanation:
          'This host refuses an invalid token before it looks at the route, so nothing is known of this operation.',
        fix: 'Ask with --writes validate, or on the sandbox with --writes full.',
      },
      evidence,
    );
  }
  return verdictOf(
    question,
    {
      ...alone,
      layer: 'token',
      cause: 'token-invalid',
      confidence: tellsApart && guarded.fingerprint === exchange.fingerprint ? 'certain' : 'likely',
      explanation:
        'Routed, and guarded by the token check. Whether it works with a good token was not asked.',
      fix: 'To know more, ask with --writes validate, or on the sandbox with --writes full.',
    },
    [
      ...evidence,
      `A path beside it that nobody can have routed is answered otherwise (${brief(controls.nonsense)}).`,
    ],
    [{ cause: 'route-missing', because: 'an unknown path is refused in other words' }],
  );
}

function verdictOf(
  question: Question,
  reading: Reading,
  evidence: readonly string[],
  ruledOut: readonly { cause: string; because: string }[] = [],
): Verdict {
  const { exchange, controls, token } = question;
  const first = [says(exchange)];
  if (reading.stack !== undefined && reading.specific) first.push(`The words are those of ${reading.stack}.`);
  const ladder = ladderTo(reading.layer);
  if (ladder !== undefined && exchange.status !== null) first.push(ladder);
  const more: string[] = [];
  if (token === 'valid' && controls.working) {
    more.push(
      `${controls.working.operation} works with the same token (${brief(controls.working.exchange)}).`,
    );
  }
  if (controls.withoutToken && exchange.requestHeaders.includes('authorization')) {
    more.push(`Without a token it answers ${brief(controls.withoutToken)}.`);
  }
  if (controls.nearest)
    more.push(
      `${controls.nearest.method} ${controls.nearest.path} is routed (${brief(controls.nearest.exchange)}).`,
    );
  const known = new Set([reading.cause, ...ruledOut.map(({ cause }) => cause)]);
  const rivals = reading.rivals.filter(({ cause }) => !known.has(cause));
  const openRivals = rivals.map(({ cause, told }) => `Not ruled out: ${CAUSES[cause]}; ${told}.`);
  return {
    outcome: OUTCOME_OF[reading.cause],
    layer: reading.layer,
    cause: reading.cause,
    confidence: reading.confidence,
    explanation: reading.explanation,
    fix: reading.fix,
    evidence: [...first, ...evidence, ...more, ...(reading.confidence === 'certain' ? [] : openRivals)],
    ruledOut: [...ruledOut],
  };
}

/** What an exchange was, in one line. */
function says(exchange: Exchange): string {
  return `${exchange.method} ${exchange.url} at ${exchange.at}: ${brief(exchange)}.`;
}

function brief(exchange: Exchange | undefined): string {
  if (exchange === undefined) return 'not asked';
  if (exchange.status === null) return `no answer, ${exchange.failure ?? ''}`;
  return exchange.message === undefined
    ? String(exchange.status)
    : `${exchange.status}, “${exchange.message}”`;
}

function pathOf(exchange: Exchange): string {
  return exchange.url.replace(/^[a-z]+:\/\/[^/]+/i, '').replace(/\?.*$/, '');
}

/**
 * The layer that answered proves that each before it worked. A gateway looks for the route before it looks at
 * the token, so its own answer proves nothing about the token.
 */
function ladderTo(layer: Layer): string | undefined {
  const before = LAYERS.slice(0, LAYERS.indexOf(layer)).filter(
    (name) => layer !== 'gateway' || name !== 'token',
  );
  if (before.length < 2) return undefined;
  return `It was the ${layer} that answered, so ${before.slice(0, -1).join(', ')} and ${before.at(-1) ?? ''} let the request through.`;
}
