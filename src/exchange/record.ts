import { createHash } from 'node:crypto';
import type { Json } from '../json.js';
import type { Probe } from '../probe/build.js';
import { isSuccess, type Answer, type Reply } from '../targets/reply.js';
import { readBody, type Body } from './body.js';
import { curlFor } from './curl.js';
import type { Exchange } from './exchange.js';
import { fingerprintOf } from './fingerprint.js';
import { keepHeaders } from './headers.js';
import { shapeOf } from './shape.js';
import { messagesOf } from './messages.js';
import { pairsIn } from './pairs.js';
import type { RecognisedText, TextKeeper } from './texts.js';
import { valuesOf, valuesOfSuccess } from './values.js';

/** What decides what may be kept of an exchange. */
export interface Redaction {
  texts: TextKeeper;
  /** Whether the name of a member is one that the contract or the signatures know. */
  isKnownName: (name: string) => boolean;
  /** Whether a text holds a secret of this process. */
  isSecret: (text: string) => boolean;
}

/** Makes what may be kept of a request and its reply. */
export function record(probe: Probe, reply: Reply, redaction: Redaction): Exchange {
  const { request } = probe;
  const requestHeaders = Object.keys(request.headers)
    .map((name) => name.toLowerCase())
    .sort();
  const common = {
    at: reply.at.toISOString(),
    role: probe.role,
    ...(probe.purpose === undefined ? {} : { purpose: probe.purpose }),
    method: request.method,
    url: probe.shown,
    requestHeaders,
    durationMs: Math.round(reply.durationMs * 10) / 10,
    curl: curlFor(request, probe.shown, redaction.isSecret),
  };
  if (reply.kind === 'no-answer') {
    const failure = `${reply.code} (${reply.phase})`;
    return {
      ...common,
      status: null,
      responseHeaders: {},
      bodyShape: null,
      failure,
      fingerprint: fingerprintOf({
        status: null,
        failure,
        errorType: undefined,
        message: undefined,
        shape: null,
      }),
    };
  }
  const answered = recordAnswer(reply, redaction);
  const echo = echoOf(answered.echoed, request.headers);
  const { status, responseHeaders, bodyShape, message, text, failure } = answered;
  return {
    ...common,
    ...{ status, responseHeaders, bodyShape },
    ...(message === undefined ? {} : { message }),
    ...(text === undefined ? {} : { text }),
    ...(failure === undefined ? {} : { failure }),
    ...(echo === undefined ? {} : { echo }),
    fingerprint: fingerprintOf({
      ...{ status, failure, message },
      errorType: responseHeaders['x-amzn-errortype'],
      shape: bodyShape,
    }),
  };
}

/** What may be kept of an answer, beside the hash that it may echo. */
export interface RecordedAnswer {
  status: number | null;
  responseHeaders: Record<string, string>;
  bodyShape: Json;
  message: string | undefined;
  text: string | undefined;
  failure: string | undefined;
  /** The hash of the Authorization header that the gateway echoes. Never kept. */
  echoed: string | undefined;
}

/** An answer as it came; its status is null where somebody has kept the answer without it. */
export type AnswerAsItCame = Pick<Answer, 'headers' | 'body' | 'incomplete'> & { status: number | null };

/** Makes what may be kept of an answer. */
export function recordAnswer(answer: AnswerAsItCame, redaction: Redaction): RecordedAnswer {
  const body = readBody(answer);
  const text = recognise(answer, body, redaction.texts);
  return {
    status: answer.status,
    responseHeaders: keepHeaders(answer.headers, redaction.isSecret),
    bodyShape: describeBody(body, redaction.isKnownName),
    message: text?.shown,
    text: text?.id,
    failure: body.kind === 'unreadable' ? body.why : undefined,
    echoed: text?.parts['hash'],
  };
}

/**
 * The known text that an answer says. What the strings of a success say is data: only a member by which such a body says
 * that it is a refusal is looked for in it.
 */
function recognise(answer: AnswerAsItCame, body: Body, texts: TextKeeper): RecognisedText | undefined {
  const { status } = answer;
  const isData =
    body.kind === 'json' || body.kind === 'xml' || (body.kind === 'text' && pairsIn(body.text) !== undefined);
  if (status !== null && isSuccess(status) && isData) {
    const refusal = texts.recogniseInSuccess(valuesOfSuccess(body), status);
    return refusal?.common === true ? undefined : refusal;
  }
  return (
    recogniseChallenge(answer, texts) ??
    texts.recognise(messagesOf(body), status ?? undefined, valuesOf(body))
  );
}

function describeBody(body: Body, isKnownName: (name: string) => boolean): Json {
  switch (body.kind) {
    case 'empty':
      return 'empty';
    case 'json':
      return shapeOf(body.value, isKnownName);
    case 'unreadable':
      return `unreadable (${body.why})`;
    case 'binary':
      return `binary ${body.bytes.length}`;
    default:
      return `${body.kind} ${body.text.length}`;
  }
}

/** What challenges say of the token that came (RFC 6750, section 3: `error_description`). */
function recogniseChallenge(
  { headers, status }: AnswerAsItCame,
  texts: TextKeeper,
): RecognisedText | undefined {
  const challenges = headers.filter(([name]) => name === 'www-authenticate').map(([, value]) => value);
  const descriptions = challenges.flatMap((challenge) =>
    [...challenge.matchAll(/\berror_description="([^"]{1,300})"/g)].map(
      ([, description = '']) => description,
    ),
  );
  return descriptions.length === 0 ? undefined : texts.recognise(descriptions, status ?? undefined);
}

/**
 * Whether a hash that the gateway echoes is that of the Authorization header as it was sent: Base64 of the
 * SHA-256 of the whole header value, which is what AWS API Gateway computes.
 */
function echoOf(echoed: string | undefined, headers: Record<string, string>): 'ours' | 'other' | undefined {
  const sent = headers['authorization'];
  if (echoed === undefined || sent === undefined) return undefined;
  return createHash('sha256').update(sent, 'utf8').digest('base64') === echoed ? 'ours' : 'other';
}

/** The value of a JSON body, for the stages that look at it before it is forgotten. */
export function jsonOf(answer: Answer): Json | undefined {
  const body = readBody(answer);
  return body.kind === 'json' ? body.value : undefined;
}
