import { responseFor } from '../../contract/response.js';
import { NotApplicable } from '../../drive/drive.js';
import { header, type HttpRequest, type Reply } from '../../targets/reply.js';
import { redirectOf } from '../../drive/redirect.js';
import type { Remembered } from '../../drive/remember.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { status } from '../fact.js';
import type { Subject } from '../subject.js';

type Code = 'leaves-tls' | 'moved-elsewhere';

/** So many redirects are asked for once more. */
const MOST_ASKED = 2;

export const redirect = check({
  id: 'answer/redirect',
  promise: 'A redirect that the contract describes keeps to TLS, and does not say that the host has moved.',
  source: {
    kind: 'practice',
    ref: 'RFC 9110, section 15.4: whoever follows a redirect relies on where it leads',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.4',
  },
  since: '0.2.0',
  severity: 'warning',
  scope: 'host',
  asks: { atMost: MOST_ASKED },
  messages: {
    'leaves-tls': ({ came }) =>
      `it answers a read over TLS with ${came} and an address without TLS, where whoever follows is read by others`,
    'moved-elsewhere': ({ came }) =>
      `it answers a read with ${came}: it has moved permanently, to a host that the contract does not name`,
  },
  *run(subject) {
    const suspects = describedRedirects(subject);
    if (suspects.length === 0)
      return new NotApplicable('no read was answered with a redirect that is described');
    const broken: Broken<Code>[] = [];
    let isUnclear = false;
    const wrong = suspects.filter(({ probe, reply }) => wrongIn(probe.request, reply) !== undefined);
    for (const { probe, token, reply } of wrong.slice(0, MOST_ASKED)) {
      const heard = yield {
        probe: { ...probe, role: 'control', purpose: 'where it leads' },
        token,
        fresh: true,
      };
      const code = wrongIn(probe.request, heard.reply);
      if (code === undefined || code !== wrongIn(probe.request, reply)) isUnclear = true;
      else if (broken.every((one) => one.code !== code))
        broken.push({ code, facts: { came: status(reply.status) }, at: { seen: [heard] } });
    }
    if (broken.length > 0) return { kind: 'failed', broken };
    return isUnclear ? inconclusive('it led elsewhere when it was asked again') : passed;
  },
});

/** Redirects of reads of this host. Of those that the contract does not describe the outcome speaks. */
function describedRedirects({ host, probe }: Subject): Remembered[] {
  const { origin } = new URL(probe.request.url);
  const redirects = (host.past?.() ?? []).filter(({ probe: { role, request }, redirect }) => {
    if (role !== 'operation' || request.method !== 'GET' || redirect === undefined) return false;
    return new URL(request.url).origin === origin;
  });
  return redirects.filter((one) => {
    const operation = host.contract.operations.find(({ id }) => id === one.probe.operation);
    return operation?.method === 'GET' && responseFor(operation, one.reply.status) !== undefined;
  });
}

function wrongIn(request: HttpRequest, reply: Reply): Code | undefined {
  const leads = redirectOf(request, reply);
  if (reply.kind !== 'answer' || leads === undefined || leads === 'nowhere') return undefined;
  const to = new URL(header(reply, 'location') ?? '', request.url);
  if (new URL(request.url).protocol === 'https:' && to.protocol === 'http:') return 'leaves-tls';
  // What is stored elsewhere is fetched there for now: only a host that has moved is not the one of the contract.
  return leads === 'elsewhere' && FOR_GOOD.has(reply.status) ? 'moved-elsewhere' : undefined;
}

const FOR_GOOD = new Set([301, 308]);
