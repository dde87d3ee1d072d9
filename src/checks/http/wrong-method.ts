import { NotApplicable } from '../../drive/drive.js';
import { pathsOf } from '../../probe/path-index.js';
import { header, isSuccess, type Answer } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import type { Subject } from '../subject.js';

export const wrongMethod = check({
  id: 'http/wrong-method',
  promise: 'A method that the contract does not describe for a path is refused.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 15.5.6',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 2 },
  messages: {
    taken: ({ came, refused }) =>
      `it answers ${came} with a body to the method OPTIONS, which the contract does not describe for it and which another path of the host refuses with ${refused}, where 405 is due`,
  },
  *run(subject) {
    const { operation, request } = subject;
    if (operation.method !== 'GET' || describesOptions(subject))
      return new NotApplicable('the contract describes every harmless method for it');
    const { reply } = yield request.same('by a method that is not described', { method: 'OPTIONS' });
    if (reply.kind !== 'answer' || reply.incomplete !== undefined)
      return inconclusive('it did not answer to the end');
    if (REFUSED.has(reply.status)) return passed;
    if (!isSuccess(reply.status)) return inconclusive('it answered in a way that may have another reason');
    if (reply.body.length === 0 || answersOptions(reply)) return passed;
    // A host may answer OPTIONS of its own accord: then it does so everywhere.
    const other = [...(subject.host.reads?.values() ?? [])].find(
      (one) =>
        one.operation.method === 'GET' && one.operation.path !== operation.path && !describesOptions(one),
    );
    if (!other) return inconclusive('there is no other path to compare with');
    const elsewhere = (yield other.request.same('another path by that method', { method: 'OPTIONS' })).reply;
    return elsewhere.kind === 'answer' && elsewhere.status === 405
      ? failed('taken', { came: status(reply.status), refused: status(elsewhere.status) })
      : inconclusive('other paths do not refuse that method either');
  },
});

const REFUSED = new Set([401, 403, 404, 405, 501]);

function describesOptions({ operation, host }: Subject): boolean {
  return pathsOf(host.contract.operations)
    .like(operation.path)
    .some(({ method }) => method === 'OPTIONS');
}

/** Whether an answer is one to OPTIONS: it says which methods there are, or what other origins may do. */
function answersOptions(reply: Answer): boolean {
  return [
    'allow',
    'access-control-allow-methods',
    'access-control-allow-origin',
    'accept-patch',
    'dav',
    'public',
  ].some((name) => header(reply, name) !== undefined);
}
