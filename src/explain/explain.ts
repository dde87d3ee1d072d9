import { record, type Redaction } from '../exchange/record.js';
import { brief } from '../verdict/brief.js';
import { diagnose } from '../verdict/diagnose.js';
import { questionAlone } from '../verdict/question.js';
import { say } from '../verdict/sentences.js';
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
  const verdict = diagnose(questionAlone(exchange, { isToken, token }), signatures);
  const { method, url } = exchange;
  // When it came back is not known.
  const evidence = verdict.evidence.map((said) =>
    said.code === 'answer' ? say('answer-at-unknown-time', { method, url, came: brief({ exchange }) }) : said,
  );
  return { ...verdict, evidence: [...evidence, ...(hasStatus ? [] : [say('status-not-given', {})])] };
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
