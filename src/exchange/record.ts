import { createHash } from 'node:crypto';
import type { Json } from '../json.js';
import type { Probe } from '../probe/build.js';
import { header, isSuccess, type Answer, type Reply } from '../target/reply.js';
import { readBody, type Body } from './body.js';
import { curlFor } from './curl.js';
import type { Exchange } from './exchange.js';
import { fingerprintOf } from './fingerprint.js';
import { keepHeaders } from './headers.js';
import { shapeOf } from './shape.js';
import { messagesOf } from './messages.js';
import type { RecognisedText, TextKeeper } from './texts.js';

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
  if (reply.kind === 'silence') {
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
  const body = readBody(reply);
  const kept = keepHeaders(reply.headers, redaction.isSecret);
  // What the strings of a success say is data: it is not searched for error texts.
  const ordinary = isSuccess(reply.status) && body.kind === 'json';
  const text = ordinary
    ? undefined
    : (recogniseChallenge(reply, redaction.texts) ??
      redaction.texts.recognise(messagesOf(body), reply.status));
  const echo = echoOf(text, request.headers);
  const shape = describeBody(body, redaction.isKnownName);
  const failure = body.kind === 'unreadable' ? body.why : undefined;
  return {
    ...common,
    status: reply.status,
    responseHeaders: kept,
    bodyShape: shape,
    ...(text === undefined ? {} : { message: text.shown, text: text.id }),
    ...(failure === undefined ? {} : { failure }),
    ...(echo === undefined ? {} : { echo }),
    fingerprint: fingerprintOf({
      status: reply.status,
      failure,
      errorType: kept['x-amzn-errortype'],
      message: text?.shown,
      shape,
    }),
  };
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

/** What a challenge says of the token that came (RFC 6750, section 3: `error_description`). */
function recogniseChallenge(answer: Answer, texts: TextKeeper): RecognisedText | undefined {
  const challenge = header(answer, 'www-authenticate') ?? '';
  const description = /\berror_description="([^"]{1,300})"/.exec(challenge)?.[1];
  return description === undefined ? undefined : texts.recognise([description], answer.status);
}

/**
 * Whether a hash that the gateway echoes is that of the Authorization header as it was sent: Base64 of the
 * SHA-256 of the whole header value, which is what AWS API Gateway computes.
 */
function echoOf(
  text: RecognisedText | undefined,
  headers: Record<string, string>,
): 'ours' | 'other' | undefined {
  const echoed = text?.parts['hash'];
  const sent = headers['authorization'];
  if (echoed === undefined || sent === undefined) return undefined;
  return createHash('sha256').update(sent, 'utf8').digest('base64') === echoed ? 'ours' : 'other';
}

/** The value of a JSON body, for the stages that look at it before it is forgotten. */
export function jsonOf(answer: Answer): Json | undefined {
  const body = readBody(answer);
  return body.kind === 'json' ? body.value : undefined;
}
