/** One request, ready to be sent. Holds secrets; only exchanges are kept. */
export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** A text is sent as UTF-8. */
  body?: string | Uint8Array | undefined;
}

/** What came of a request: an answer, or no answer. Holds what the host sent as it was; never kept. */
export type Reply = Answer | NoAnswer;

export interface Answer {
  kind: 'answer';
  at: Date;
  durationMs: number;
  status: number;
  /** Names in lower case, in the order in which they came; repeated headers stand repeatedly. */
  headers: [name: string, value: string][];
  /** At most `LARGEST_BODY` bytes, decompressed. */
  body: Buffer;
  /** Set when the body could not be read to its end, and why. */
  incomplete: BodyDamage | undefined;
}

/** Whether a status is that of a success (RFC 9110, section 15.3); null is that of no answer. */
export function isSuccess(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

/** Whether a status says that there is no such thing: no other refusal does (RFC 9110, sections 15.5.5 and 15.5.11). */
export function isOfNothing(status: number | null): boolean {
  return status === 404 || status === 410;
}

/** Whether an answer came, and is a success. */
export function hasSucceeded(reply: Reply): boolean {
  return reply.kind === 'answer' && isSuccess(reply.status);
}

export type BodyDamage = 'too large' | 'cut off' | 'stalled' | 'wrongly compressed';

export interface NoAnswer {
  kind: 'no-answer';
  at: Date;
  durationMs: number;
  /** An error code of Node or undici, such as ENOTFOUND. */
  code: string;
  /** In which phase it failed. */
  phase: 'connect' | 'send' | 'headers' | 'aborted';
}

export function header(answer: Pick<Answer, 'headers'>, name: string): string | undefined {
  return answer.headers.find(([candidate]) => candidate === name)?.[1];
}

/** The body of a request as the text that it is in UTF-8; undefined where there is none, or it is no such text. */
export function requestText({ body }: Pick<HttpRequest, 'body'>): string | undefined {
  if (typeof body !== 'object') return body;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}
