import { record, type Redaction } from '../exchange/record.js';
import type { Probe } from '../probe/build.js';
import type { Reply } from '../target/reply.js';
import { brief } from '../verdict/brief.js';
import { diagnose } from '../verdict/diagnose.js';
import { questionAlone } from '../verdict/question.js';
import { say } from '../verdict/sentences.js';
import type { Signature } from '../verdict/signatures.js';
import type { Verdict } from '../verdict/verdict.js';
import type { Pasted } from './paste.js';

/**
 * What a refusal means that somebody has kept: by itself, without asking anything. `likely` at best, because no
 * control probe can be made.
 */
export function explain(
  pasted: Pasted,
  signatures: readonly Signature[],
  redaction: Redaction,
): Verdict | undefined {
  const { method = 'GET', url = '/', headers } = pasted.request;
  const shown = new URL(URL.canParse(url, 'https://host') ? url : '/', 'https://host');
  const request = { method, url: shown.href, headers: { ...headers } };
  const reply = replyOf(pasted);
  const hasStatus = pasted.reply.kind === 'failure' || pasted.reply.status !== undefined;
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
  // When it came back is not known.
  const evidence = verdict.evidence.map((said) =>
    said.code === 'answer'
      ? say('answer-at-unknown-time', {
          method: exchange.method,
          url: exchange.url,
          came: brief({ exchange }),
        })
      : said,
  );
  return { ...verdict, evidence: [...evidence, ...(hasStatus ? [] : [say('status-not-given', {})])] };
}

function replyOf({ reply }: Pasted): Reply {
  const common = { at: new Date(0), durationMs: 0 };
  if (reply.kind === 'failure')
    return { ...common, kind: 'silence', code: reply.code, phase: reply.phase ?? 'connect' };
  const { status = 0, headers = [], body = Buffer.alloc(0) } = reply;
  const kept = headers.filter(([name]) => name !== 'content-encoding' && name !== 'content-length');
  return { ...common, kind: 'answer', status, headers: [...kept], body, incomplete: undefined };
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
