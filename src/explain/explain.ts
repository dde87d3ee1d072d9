import type { Redaction } from '../exchange/record.js';
import { shownUrl } from '../exchange/shown-url.js';
import { isRedirect, redirectBetween, WHERE } from '../drive/redirect.js';
import { CAUSES } from '../verdict/causes.js';
import { reached } from '../verdict/evidence.js';
import { OUTCOME_OF } from '../verdict/outcome.js';
import { say, type Said } from '../verdict/sentences.js';
import { sideOf } from '../verdict/side.js';
import type { Signature } from '../verdict/signatures.js';
import type { Verdict } from '../verdict/verdict.js';
import { judge, type Judged } from './judge.js';
import type { Pasted, PastedRequest } from './paste.js';

/**
 * What a refusal means that somebody has kept: by itself, without asking anything. `likely` at best, because no control
 * probe can be made.
 * @param beside.before what came just before it in the same paste: a redirect to this one, say
 * @param beside.words those of the paths of the contract, which may be shown
 * @returns undefined where nothing can be said: of a body that is not known, and came without its status
 */
export function explain(
  pasted: Pasted,
  signatures: readonly Signature[],
  redaction: Redaction,
  { before, words }: { before?: Pasted | undefined; words?: ReadonlySet<string> | undefined } = {},
): Verdict | undefined {
  const judged = judge(pasted, signatures, redaction);
  if (!judged) return undefined;
  const came = say('pasted', { asked: shownOf(pasted.request, redaction, words), came: judged.came });
  if (judged.kind === 'success') {
    const { status } = judged;
    return {
      outcome: 'works',
      explanation: status === undefined ? say('success-in-body', {}) : say('success-alone', { status }),
      evidence: [came],
      ruledOut: [],
    };
  }
  const { layer, cause, explanation, fixAlone } = judged.reading;
  const outcome = OUTCOME_OF[cause];
  const side = sideOf({ outcome, layer, cause }, false);
  return {
    outcome,
    layer,
    cause,
    confidence: judged.confidence,
    ...(side === undefined ? {} : { side }),
    explanation,
    fix: fixAlone,
    evidence: [came, ...evidenceOf(judged, pasted, before)],
    ruledOut: [],
  };
}

/** What was asked, as far as it may be shown. */
function shownOf(
  { method, url }: PastedRequest,
  { isSecret }: Redaction,
  words: ReadonlySet<string> | undefined,
): string {
  const shown =
    url === undefined || isSecret(url) ? undefined : shownUrl(url, { words }).replace(/^\/\//, '');
  return [method, shown].filter((part) => part !== undefined && part !== '').join(' ');
}

/** A name that nobody can have (RFC 6761). */
const NO_HOST = 'host.invalid';

/** The URL that a URL, one without its scheme, or a path stands for. */
function urlOf(url: string): URL | undefined {
  return URL.canParse(url, `https://${NO_HOST}`) ? new URL(url, `https://${NO_HOST}`) : undefined;
}

/** All that bears on what was judged, from how it is known to what it is often mistaken for. */
function evidenceOf(
  { reading, confidence, why, notes }: Judged,
  { request, reply }: Pasted,
  before: Pasted | undefined,
): Said[] {
  const { layer, cause, rivals } = reading;
  const status = reply.kind === 'answer' ? reply.status : undefined;
  const isAboutCredentials = layer === 'token' || status === 401;
  const isLost = request.credentials === 'sent' && cause === 'token-missing';
  const wait = reply.kind === 'answer' ? headerOf(reply.headers, 'retry-after') : undefined;
  return [
    ...notes,
    why,
    // Only what is surely the answer of a layer shows that the request has reached it.
    ...(confidence === 'likely' && reply.kind === 'answer' ? reached(layer) : []),
    ...(isAboutCredentials && request.credentials === 'unknown' && reply.kind === 'answer'
      ? [say('credentials-not-shown', {})]
      : []),
    ...(isLost ? [say('credentials-lost', {})] : []),
    ...(isAboutCredentials && before && mayDropCredentials(before) ? [say('credentials-dropped', {})] : []),
    ...redirectIn({ request, reply }),
    ...(wait !== undefined && REST.test(wait) ? [say('rest-wanted', { rest: wait })] : []),
    ...rivals.map((rival) =>
      say('rival', { meaning: CAUSES[rival.cause], distinguishedBy: rival.distinguishedBy }),
    ),
  ];
}

/** Seconds or a date (RFC 9110, section 10.2.3), and no other text. */
const REST = /^(?:\d{1,7}|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} 20[2-9]\d [\d:]{8} GMT)$/;

type Headers = readonly (readonly [name: string, value: string])[];

function headerOf(headers: Headers | undefined, name: string): string | undefined {
  return headers?.find(([candidate]) => candidate === name)?.[1];
}

/** Where a redirect leads, and what becomes of credentials on the way. */
function redirectIn({ request, reply }: Pasted): Said[] {
  const from = request.url === undefined ? undefined : urlOf(request.url);
  if (!from || from.host === NO_HOST || reply.kind !== 'answer' || !reply.headers) return [];
  if (reply.status === undefined || !isRedirect(reply.status)) return [];
  const to = redirectBetween(from.href, headerOf(reply.headers, 'location'));
  const isDropped = mayDropCredentials({ request, reply });
  return [say('leads-to', { to: WHERE[to] }), ...(isDropped ? [say('leads-from-credentials', {})] : [])];
}

/** Whether it is a redirect that may lead to another host or scheme, and credentials may have been sent. */
function mayDropCredentials({ request, reply }: Pasted): boolean {
  if (reply.kind !== 'answer' || reply.status === undefined || !isRedirect(reply.status)) return false;
  const location = headerOf(reply.headers, 'location');
  if (location === undefined || request.credentials === 'not-sent') return false;
  const from = request.url === undefined ? undefined : urlOf(request.url);
  if (!from || from.host === NO_HOST) return /^(?:[a-z]+:)?\/\//i.test(location);
  const to = redirectBetween(from.href, location);
  return to === 'elsewhere' || to === 'scheme';
}
