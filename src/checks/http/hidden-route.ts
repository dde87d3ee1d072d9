import { operationAt } from '../../contract/operation-at.js';
import { segmentsOf } from '../../probe/segments.js';
import type { Ask } from '../../drive/drive.js';
import { isSuccess, type Reply } from '../../targets/reply.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf } from '../fact.js';
import type { Subject } from '../subject.js';
import { HIDDEN_ROUTES, type HiddenRoute } from './hidden-routes.js';

export const hiddenRoute = check({
  id: 'http/hidden-route',
  promise: 'What is meant for those who run a host is not shown to everybody.',
  source: {
    kind: 'practice',
    ref: 'OWASP API Security Top 10, API8:2023 and API9:2023',
    url: 'https://owasp.org/API-Security/editions/2023/en/0xa8-security-misconfiguration/',
  },
  since: '0.2.0',
  severity: 'warning',
  scope: 'host',
  optIn: true,
  asks: { atMost: 1 + HIDDEN_ROUTES.length },
  messages: {
    open: ({ route }) =>
      `it answers ${route}, which the contract does not describe, to everybody who asks without credentials`,
  },
  *run(subject) {
    const { reply: other } = yield askFor(`/${subject.host.absent.segment()}`, subject);
    // Who answers every path with the same page shows nothing by it.
    if (other.kind !== 'answer' || isSuccess(other.status))
      return inconclusive('a path of nothing is answered with a success, or not at all');
    const broken: Broken<'open'>[] = [];
    let isRefused = true;
    for (const route of HIDDEN_ROUTES) {
      if (isDescribed(route, subject)) continue;
      const { reply, ...seen } = yield askFor(route.path, subject);
      if (isShown(route, reply))
        broken.push({ code: 'open', facts: { route: nameOf(route.path) }, at: { seen: [seen] } });
      isRefused &&= reply.kind === 'answer' && REFUSED.has(reply.status);
    }
    if (broken.length > 0) return { kind: 'failed', broken };
    return isRefused ? passed : inconclusive('it answered in a way that may have another reason');
  },
});

const REFUSED = new Set([301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 406, 410]);

function isShown({ shows }: HiddenRoute, reply: Reply): boolean {
  if (reply.kind !== 'answer' || !isSuccess(reply.status) || reply.incomplete !== undefined) return false;
  return shows.test(reply.body.subarray(0, MOST_READ).toString('utf8'));
}

/** What shows which route it is is near the beginning. */
const MOST_READ = 100_000;

function isDescribed({ path }: HiddenRoute, { host }: Subject): boolean {
  return operationAt('GET', path, host.contract.operations) !== undefined;
}

function askFor(path: string, { operation, probe }: Subject): Ask {
  const url = baseOf({ operation, probe }) + path;
  return {
    probe: {
      operation: operation.id,
      role: 'control',
      purpose: 'a route that nobody but those who run the host should reach',
      request: { method: 'GET', url, headers: { accept: '*/*' } },
      shown: url,
    },
    token: 'none',
  };
}

/** What the path of an operation is behind. */
function baseOf({ operation, probe }: Pick<Subject, 'operation' | 'probe'>): string {
  const [url = ''] = probe.request.url.split('?');
  const bare = url.replace(/\/$/, '').split('/');
  return bare.slice(0, bare.length - segmentsOf(operation.path).length).join('/');
}
