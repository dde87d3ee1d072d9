import type { Seen } from '../../drive/seen.js';
import { isArray, isObject, type Json } from '../../json.js';
import { header, isSuccess, type Answer, type Reply } from '../../targets/reply.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { status } from '../fact.js';
import { OWING } from '../of-note.js';
import { jsonOf, type Subject } from '../subject.js';

type Code = 'no-allow' | 'no-location' | 'no-upgrade' | 'no-retry-after' | 'names-nothing';

export const statusOwesHeader = check({
  id: 'answer/status-owes-header',
  promise: 'An answer has the headers without which its status says too little.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, sections 15.3.2, 15.4, 15.5.6, 15.5.22 and 15.6.4; RFC 6585, section 4',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15',
  },
  since: '0.2.0',
  severity: 'warning',
  scope: 'host',
  asks: { atMost: 1 },
  messages: {
    'no-allow': () => 'it answers 405 without the header Allow, which has to say which methods there are',
    'no-location': ({ came }) => `it answers ${came} without the header Location, which says where to look`,
    'no-upgrade': () => 'it answers 426 without the header Upgrade, which has to say which protocol it wants',
    'no-retry-after': ({ came }) =>
      `it answers ${came} without the header Retry-After, so nobody knows how long to wait`,
    'names-nothing': () =>
      'it answers 201 to a POST, and neither a header Location nor its body names what was created',
  },
  *run(subject) {
    // A method that few paths have: it is answered 405, or says which there are.
    const { reply } = yield subject.request.same('by a method that few paths have', {
      method: 'OPTIONS',
      fresh: true,
    });
    const broken = new Map<Code, Broken<Code>>();
    const sightings = sightingsOf(subject, reply);
    for (const { owes, came, isNow } of sightings) {
      const alike = sightings.filter((one) => one.owes === owes && one.came === came);
      // The driver asks a second time; what came by chance has to have come twice.
      if (owes === undefined || broken.has(owes) || (!isNow && alike.length < LEAST_SEEN)) continue;
      broken.set(owes, {
        code: owes,
        facts: { came: status(came) },
        at: { seen: alike.slice(-LEAST_SEEN).map(({ seen }) => seen) },
      });
    }
    if (broken.size > 0) return { kind: 'failed', broken: [...broken.values()] };
    return sightings.length > 0 ? passed : inconclusive('no answer had a status that needs a header');
  },
});

/** By chance a proxy has cut a header, or the host was just being started. */
const LEAST_SEEN = 2;

/** An answer with a status that needs a header. */
interface Sighting {
  came: number;
  /** What it lacks; undefined where it has all that it needs. */
  owes: Code | undefined;
  seen: Seen;
  /** Whether the check itself has asked for it. */
  isNow: boolean;
}

/**
 * Those among the answers that this host has given so far in the run.
 * @param now what came of the request of the check
 */
function sightingsOf({ host, probe }: Subject, now: Reply): Sighting[] {
  const { origin } = new URL(probe.request.url);
  const ofHost = (host.past?.() ?? []).filter((one) => new URL(one.probe.request.url).origin === origin);
  return ofHost.flatMap((one): Sighting[] => [
    // What was asked again at once is kept as an exchange only.
    ...one.before.flatMap((exchange): Sighting[] => {
      const { status: came, responseHeaders } = exchange;
      if (came === null || !BUSY.has(came)) return [];
      const owes = RETRY.some((name) => Object.hasOwn(responseHeaders, name)) ? undefined : 'no-retry-after';
      const { digest } = one;
      return [{ came, owes, seen: { exchange, digest, redirect: undefined }, isNow: false }];
    }),
    ...(OWING.has(one.reply.status) || one.redirect !== undefined
      ? [
          {
            came: one.reply.status,
            owes: owedBy(one.reply, one.probe.request.method),
            seen: one,
            isNow: one.reply === now && one.reply.status === 405,
          },
        ]
      : []),
  ]);
}

const BUSY: ReadonlySet<number> = new Set([429, 503]);

/** What says how long to wait: the header of HTTP, and those that hosts have for their own limits. */
const RETRY = ['retry-after', 'ratelimit-reset', 'ratelimit', 'x-ratelimit-reset', 'x-rate-limit-reset'];

function owedBy(reply: Answer, method: string): Code | undefined {
  const has = (name: string) => header(reply, name) !== undefined;
  const says = (name: string) => (header(reply, name) ?? '').trim() !== '';
  switch (reply.status) {
    case 201:
      return method === 'POST' && !says('location') && !namesSomething(reply) ? 'names-nothing' : undefined;
    case 405:
      // An empty one says that there is no method at all.
      return has('allow') ? undefined : 'no-allow';
    case 426:
      return says('upgrade') ? undefined : 'no-upgrade';
    case 429:
    case 503:
      return RETRY.some(says) ? undefined : 'no-retry-after';
    default:
      return says('location') ? undefined : 'no-location';
  }
}

/** Whether a body may name what was created: what is no JSON, or is cut, may. */
function namesSomething(reply: Answer): boolean {
  if (reply.body.length === 0) return header(reply, 'content-location') !== undefined;
  if (reply.incomplete !== undefined || !isSuccess(reply.status)) return true;
  const body = jsonOf(reply);
  return body === undefined || holdsName(body, 0);
}

const DEEPEST = 4;

function holdsName(value: Json, depth: number): boolean {
  if (depth > DEEPEST) return true;
  if (isArray(value)) return value.some((one) => holdsName(one, depth + 1));
  if (!isObject(value)) return typeof value === 'string' || typeof value === 'number';
  return Object.entries(value).some(
    ([name, member]) =>
      (NAMING.test(name) && member !== null) ||
      ((isObject(member) || isArray(member)) && holdsName(member, depth + 1)),
  );
}

/** Members that name a thing or lead to it. */
const NAMING =
  /id$|^(uu)?id|key$|code$|number$|^(no|nr|ref|reference|self|href|url|uri|links?|_links|location|slug|name|token)$/i;
