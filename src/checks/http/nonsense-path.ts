import { NotApplicable, type Ask } from '../../drive/drive.js';
import { segmentsOf } from '../../probe/segments.js';
import { unknownPathBeside, unknownPathProbe } from '../../probe/unknown-path.js';
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import type { Subject } from '../subject.js';

export const nonsensePath = check({
  id: 'http/nonsense-path',
  promise: 'A path that nothing is at is not answered with a success.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 15.5.5',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.5',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 2 },
  messages: {
    'catch-all': ({ came }) =>
      `it answers ${came} for a nonsense path that the contract does not have, where 404 is due`,
  },
  scope: 'host',
  *run(subject) {
    const asks = nonsense(subject);
    if (asks.length === 0) return new NotApplicable('every path may be one of an operation');
    let isRefused = true;
    for (const ask of asks) {
      const { reply } = yield ask;
      const came = reply.kind === 'answer' && reply.incomplete === undefined ? reply.status : null;
      if (isSuccess(came)) return failed('catch-all', { came: status(came) });
      isRefused &&= came !== null && REFUSED.has(came);
    }
    return isRefused ? passed : inconclusive('it answered in a way that may have another reason');
  },
});

const REFUSED = new Set([401, 403, 404, 405, 410]);

/** A path right below the base URL, and one beside the operation. */
function nonsense({ operation, probe, token, host }: Subject): Ask[] {
  const [url = ''] = probe.request.url.split('?');
  const [shown = ''] = probe.shown.split('?');
  const depth = segmentsOf(operation.path).length;
  const bare = (one: string) => one.replace(/\/$/, '');
  const baseUrl = bare(url).split('/').slice(0, -depth).join('/');
  const templates = host.contract.operations.map(({ path }) => path);
  const own = { sent: bare(url).slice(baseUrl.length), shown: bare(shown).slice(baseUrl.length) };
  const root = { sent: '/x', shown: '/x' };
  const found = new Map<string, Ask>();
  for (const [path, purpose] of [
    [root, 'a nonsense path'],
    [own, 'a nonsense path beside it'],
  ] as const) {
    const unknown = host.absent.segment();
    const beside = unknownPathBeside(path, templates, unknown);
    if (!beside) continue;
    const asked = unknownPathProbe(beside, unknown, {
      operation: operation.id,
      method: 'GET',
      baseUrl,
      purpose,
    });
    found.set(beside.sent.replace(unknown, ''), { probe: asked, token });
  }
  return [...found.values()];
}
