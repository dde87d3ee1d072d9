import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { isSameKind } from '../same-kind.js';
import { stillWorks } from '../still-works.js';
import type { Subject } from '../subject.js';

export const noToken = check({
  id: 'auth/no-token',
  promise: 'Nobody reads without credentials what the contract guards.',
  source: { kind: 'contract', ref: 'the security of the operation' },
  since: '0.2.0',
  severity: 'error',
  // Nobody got in: what broke is not the promise of the contract.
  warnings: ['fails'],
  asks: { atMost: 2 },
  messages: {
    'let-in': ({ came }) => `it answers ${came} without credentials, where the contract asks for them`,
    fails: ({ came }) => `it fails with ${came} without credentials, where it should refuse`,
  },
  *run(subject) {
    const { operation, token, host, own, request } = subject;
    if (!operation.secured || !operation.guarded) return new NotApplicable('everybody may read it');
    if (token !== 'valid' || !host.takesCredentials(operation))
      return new NotApplicable('it is asked without credentials');
    if (hasOwnCredentials(subject))
      return new NotApplicable('the request may have credentials of another kind, which stay in it');
    const { reply } = yield request.same('without credentials', { token: 'none' });
    if (reply.kind !== 'answer') return inconclusive('it did not answer');
    if (reply.status >= 500) {
      return (yield* stillWorks(subject))
        ? failed('fails', { came: status(reply.status) })
        : inconclusive('it does not work with credentials either');
    }
    if (!isSuccess(reply.status)) return passed;
    return isSameKind(own.reply, reply)
      ? failed('let-in', { came: status(reply.status) })
      : inconclusive('it answers something of another kind without credentials');
  },
});

/** Certificates belong to the connection, and what the request has of its own is sent whatever the token is. */
function hasOwnCredentials({ operation, probe }: Subject): boolean {
  const { headers, url } = probe.request;
  const names = new Set([...Object.keys(headers), ...new URL(url).searchParams.keys()].map(lower));
  const schemes = operation.security.flat();
  return (
    schemes.some(({ type }) => type === 'mutualTLS') ||
    ['authorization', 'cookie', ...schemes.flatMap(({ parameter }) => parameter ?? [])].some((name) =>
      names.has(lower(name)),
    )
  );
}

function lower(text: string): string {
  return text.toLowerCase();
}
