import { header, type Answer } from '../../targets/reply.js';
import { notTried, ok, warning } from '../line.js';
import type { HostCheck } from './check.js';

/** The rate of targets.yaml against what the host announces, where it does. */
export const rate: HostCheck = {
  name: 'rate',
  needs: ['connection'],
  run: ({ survey, target }) => {
    const answers = survey.answers();
    if (answers.length === 0) return [notTried('no answer came')];
    const own = target.requestsPerSecond;
    const ours = own === undefined ? 'targets.yaml names no rate' : `targets.yaml has ${own} a second`;
    const throttled = answers.find(({ status }) => status === 429);
    if (throttled) {
      const wait = header(throttled, 'retry-after');
      const asked = wait !== undefined && /^\d{1,6}$/.test(wait) ? `, and asks for a pause of ${wait} s` : '';
      return [
        warning(
          `the host refuses a few requests as too many (429)${asked}; ${ours}`,
          'Wait, and lower requestsPerSecond in targets.yaml.',
        ),
      ];
    }
    const limits = answers.flatMap((answer) => announcedIn(answer) ?? []);
    const [limit] = limits.toSorted((one, other) => perSecond(one) - perSecond(other));
    if (!limit) return [ok(`the host announces no rate; ${ours}`)];
    const { requests, seconds } = limit;
    if (seconds === undefined) {
      return [ok(`the host announces a limit of ${requests} requests, and not for how long; ${ours}`)];
    }
    const theirs = `the host announces ${requests} requests in ${seconds} s`;
    if (own !== undefined && own <= perSecond(limit)) return [ok(`${theirs}; ${ours}`)];
    const fit = Math.floor(perSecond(limit) * 100) / 100;
    return [
      warning(`${theirs}; ${ours}`, `Set requestsPerSecond: ${fit} for “${target.name}” in targets.yaml.`),
    ];
  },
};

interface Limit {
  requests: number;
  /** The time that it is for; undefined where the host does not say. */
  seconds: number | undefined;
}

function perSecond({ requests, seconds }: Limit): number {
  return seconds === undefined ? Infinity : requests / seconds;
}

/**
 * A limit as hosts announce it: `RateLimit-Policy: "name";q=100;w=60` or `100;w=60` (drafts of the HTTPAPI working
 * group), `RateLimit-Limit: 100, 100;w=60`, `X-RateLimit-Limit: 100`.
 */
function announcedIn(answer: Answer): Limit | undefined {
  const policy = ['ratelimit-policy', 'ratelimit-limit', 'x-ratelimit-limit']
    .map((name) => header(answer, name))
    .filter((value) => value !== undefined);
  const all = policy.flatMap((value) => value.split(',')).flatMap((part) => limitIn(part) ?? []);
  return all.toSorted((one, other) => perSecond(one) - perSecond(other))[0];
}

function limitIn(part: string): Limit | undefined {
  const requests = Number(/;\s*q=(\d{1,9})/.exec(part)?.[1] ?? /^\s*(\d{1,9})\s*(?:;|$)/.exec(part)?.[1]);
  const window = Number(/;\s*w=(\d{1,9})/.exec(part)?.[1]);
  if (!(requests > 0)) return undefined;
  return { requests, seconds: window > 0 ? window : undefined };
}
