import { record, type Redaction } from '../exchange/record.js';
import type { Probe } from '../probe/build.js';
import type { Reply } from '../target/reply.js';
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
  const exchange = record(
    probe,
    hasStatus ? reply : withLikelyStatus(reply, signatures, probe, redaction),
    redaction,
  );
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

/** A bare body is read with the status that it names, or that the refusal it looks like usually has. */
function withLikelyStatus(
  reply: Reply,
  signatures: readonly Signature[],
  probe: Probe,
  redaction: Redaction,
): Reply {
  if (reply.kind !== 'answer') return reply;
  const [, named] = NAMED_STATUS.exec(reply.body.subarray(0, 4_000).toString('utf8')) ?? [];
  if (named !== undefined) return { ...reply, status: Number(named) };
  const id = record(probe, reply, redaction).text?.split('/')[0];
  const status = signatures
    .find((signature) => signature.id === id)
    ?.status?.find((one) => typeof one === 'number');
  return { ...reply, status: status ?? 400 };
}

/** `HTTP 401`, `"status": 403`, “status code does not indicate success: 429”. */
const NAMED_STATUS =
  /(?:\bHTTP(?:\/[\d.]{1,3})?|\bstatus(?: ?code)?\b[^\d\n]{0,40}?)[ :="']{0,5}\b([45]\d\d)\b/i;
