/** Whether a status is the wanted one; `4xx` and `5xx` stand for all of their kind (RFC 9110, section 15). */
export function isStatus(status: number | null, wanted: number | string): boolean {
  if (typeof wanted === 'number') return status === wanted;
  return status !== null && String(status).startsWith(wanted.charAt(0));
}

/** Whether a text is what HTTP itself calls a status (RFC 9110, section 15), with or without its number. */
export function isReasonPhrase(text: string): boolean {
  return statusOfReason(text) !== undefined;
}

/** The status that HTTP calls so, where a text is its name, with or without its number. */
export function statusOfReason(text: string): number | undefined {
  return REASONS.get(text.toLowerCase().trim().replace(/[.!]$/, ''));
}

const REASON_PHRASES: Readonly<Record<number, readonly string[]>> = {
  400: ['bad request'],
  401: ['unauthorized', 'authorization required'],
  402: ['payment required'],
  403: ['forbidden'],
  404: ['not found'],
  405: ['method not allowed', 'not allowed'],
  406: ['not acceptable'],
  407: ['proxy authentication required'],
  408: ['request timeout', 'request time-out'],
  409: ['conflict'],
  410: ['gone'],
  411: ['length required'],
  412: ['precondition failed'],
  413: ['payload too large', 'content too large', 'request entity too large'],
  414: ['uri too long', 'request-uri too large', 'request-uri too long'],
  415: ['unsupported media type'],
  417: ['expectation failed'],
  421: ['misdirected request'],
  422: ['unprocessable entity', 'unprocessable content'],
  423: ['locked'],
  425: ['too early'],
  428: ['precondition required'],
  429: ['too many requests'],
  431: ['request header fields too large'],
  451: ['unavailable for legal reasons'],
  500: ['internal server error', 'server error'],
  501: ['not implemented'],
  502: ['bad gateway'],
  503: ['service unavailable', 'service temporarily unavailable'],
  504: ['gateway timeout', 'gateway time-out'],
  511: ['network authentication required'],
};

const REASONS: ReadonlyMap<string, number> = new Map(
  Object.entries(REASON_PHRASES).flatMap(([code, phrases]) =>
    phrases.flatMap((phrase): [string, number][] => [
      [phrase, Number(code)],
      [`${code} ${phrase}`, Number(code)],
      [`http ${code} ${phrase}`, Number(code)],
      [`${code} - ${phrase}`, Number(code)],
      [`${code}: ${phrase}`, Number(code)],
      [`http ${code}: ${phrase}`, Number(code)],
      [`http error ${code} - ${phrase}`, Number(code)],
    ]),
  ),
);
