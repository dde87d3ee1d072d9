import { NotApplicable } from '../../drive/drive.js';
import { SAFE_METHODS } from '../../contract/methods.js';
import { pathsOf } from '../../probe/path-index.js';
import { isSuccess, type Answer } from '../../targets/reply.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf } from '../fact.js';

export const optionsAllow = check({
  id: 'http/options-allow',
  promise: 'Allow names the methods that the contract describes for the path.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 10.2.1',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 2 },
  messages: {
    lacks: ({ methods }) => `Allow lacks ${methods}, which the contract describes`,
    'too-many': ({ methods }) => `Allow names ${methods}, which the contract does not describe`,
  },
  *run({ operation, host, request }) {
    const ofPath = pathsOf(host.contract.operations).like(operation.path);
    // Where the contract describes OPTIONS, that is where it says so.
    const speaker = ofPath.some(({ method }) => method === 'OPTIONS') ? 'OPTIONS' : 'GET';
    if (operation.method !== speaker) return new NotApplicable(`${speaker} of its path is asked`);
    const { reply } = yield request.same('which methods it has', { method: 'OPTIONS' });
    if (reply.kind !== 'answer' || !isSuccess(reply.status)) return inconclusive('it did not answer OPTIONS');
    const allowed = allowedBy(reply);
    if (!allowed) return new NotApplicable('it does not say which methods it has');
    const described = new Set(ofPath.map(({ method }) => method));
    const lacking = [...described].filter((method) => !UNTOLD.has(method) && !allowed.has(method));
    const beyond = UNSAFE.filter((method) => allowed.has(method) && !described.has(method));
    if (lacking.length === 0 && beyond.length === 0) return passed;
    // What is before a host may say the same of every path, and then it says nothing of this one.
    const elsewhere = (yield request.same('which methods a path of nothing has', {
      method: 'OPTIONS',
      below: { sent: host.absent.segment(), shown: 'absent' },
    })).reply;
    const general = elsewhere.kind === 'answer' ? allowedBy(elsewhere) : undefined;
    if (general && isSame(general, allowed)) return new NotApplicable('it says the same of every path');
    const broken: Broken<'lacks' | 'too-many'>[] = [];
    if (lacking.length > 0) broken.push({ code: 'lacks', facts: { methods: nameOf(lacking.join(', ')) } });
    if (beyond.length > 0) broken.push({ code: 'too-many', facts: { methods: nameOf(beyond.join(', ')) } });
    return { kind: 'failed', broken };
  },
});

/** A host may leave them out: whoever can GET can ask for the headers, and OPTIONS has just been answered. */
const UNTOLD = new Set(['HEAD', 'OPTIONS', 'TRACE']);
const UNSAFE = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** @returns undefined where nothing is said, or that everything is allowed */
function allowedBy({ headers }: Answer): ReadonlySet<string> | undefined {
  const stated = headers.filter(([name]) => name === 'allow').map(([, value]) => value);
  const methods = stated
    .flatMap((value) => value.split(','))
    .map((method) => method.trim().toUpperCase())
    .filter((method) => method !== '');
  return methods.length === 0 || methods.includes('*') ? undefined : new Set(methods);
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const unsafe = (methods: ReadonlySet<string>) => [...methods].filter((method) => !SAFE_METHODS.has(method));
  return unsafe(one).sort().join() === unsafe(other).sort().join();
}
