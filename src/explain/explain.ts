import { record, type Redaction } from '../exchange/record.js';
import { diagnose } from '../verdict/diagnose.js';
import type { Signature } from '../verdict/signatures.js';
import type { Verdict } from '../verdict/verdict.js';
import type { Kept } from './read.js';

/**
 * What a refusal means that somebody has kept: by itself, without asking anything. `likely` at best, because no
 * control probe can be made.
 */
export function explain(kept: Kept, signatures: readonly Signature[], redaction: Redaction): Verdict {
  const { request, reply, hasStatus } = kept;
  const shown = new URL(request.url, 'https://host');
  const probe = {
    operation: 'pasted',
    role: 'operation',
    request,
    shown: shown.origin + shown.pathname,
  } as const;
  const known = hasStatus ? reply : withLikelyStatus(kept, signatures, redaction);
  const exchange = record(probe, known, redaction);
  const token = Object.keys(request.headers).some((name) => name.toLowerCase() === 'authorization')
    ? 'valid'
    : 'none';
  const isToken = /oauth|token/i.test(shown.pathname) && request.method === 'POST';
  const verdict = diagnose({ exchange, isToken, token, findings: [], controls: {} }, signatures);
  // When it came back is not known.
  const evidence = verdict.evidence.map((sentence) => sentence.replace(` at ${exchange.at}`, ''));
  return hasStatus
    ? { ...verdict, evidence }
    : {
        ...verdict,
        evidence: [
          ...evidence,
          'The status was not given; it was taken from what such a body usually comes with.',
        ],
      };
}

/** A bare body is read with the status that the refusal it looks like usually has. */
function withLikelyStatus(
  { reply }: Kept,
  signatures: readonly Signature[],
  { texts }: Redaction,
): Kept['reply'] {
  if (reply.kind !== 'answer') return reply;
  const id = texts.recognise(reply.body.toString('utf8'))?.id.split('/')[0];
  const status = signatures
    .find((signature) => signature.id === id)
    ?.status?.find((one) => typeof one === 'number');
  return { ...reply, status: status ?? 400 };
}
