import { Problem } from '../problem.js';
import type { Pasted } from './paste.js';
import { canBeSame } from './requests.js';

/** What is said of a paste beside it, where it does not show it itself. */
export interface Given {
  status?: number | undefined;
  method?: string | undefined;
  /** A whole URL, or a path. */
  url?: string | undefined;
}

/**
 * Adds to what was read what it does not show. Where nothing was read, and a status is given, the text is the body that came
 * with it.
 * @throws Problem where the paste shows something else
 */
export function withGiven(read: readonly Pasted[], text: string, given: Given): Pasted[] {
  const { status, method, url } = given;
  const body = text.trim();
  const alone: Pasted = {
    request: { method: undefined, url: undefined, headers: {}, credentials: 'unknown' },
    reply: {
      kind: 'answer',
      status: undefined,
      statusFrom: undefined,
      headers: undefined,
      body: body === '' ? undefined : Buffer.from(body),
    },
  };
  let pasted = read.length === 0 && status !== undefined ? [alone] : [...read];
  if (status !== undefined) pasted = withStatus(pasted, status);
  if (method !== undefined) pasted = withMethod(pasted, method);
  return url === undefined ? pasted : withUrl(pasted, url);
}

function withStatus(pasted: readonly Pasted[], status: number): Pasted[] {
  // Where no answer came, there is no status.
  const shown = pasted.map(({ reply }) => (reply.kind === 'answer' ? reply.status : 0));
  checkGiven('--status', String(status), shown, (one) => one === status);
  return pasted.map(({ request, reply }) => {
    if (reply.kind === 'failure' || reply.status !== undefined) return { request, reply };
    return { request, reply: { ...reply, status, statusFrom: 'flag' } };
  });
}

function withMethod(pasted: readonly Pasted[], method: string): Pasted[] {
  const shown = pasted.map(({ request }) => request.method);
  checkGiven('--method', method, shown, (one) => one === method);
  return pasted.map(({ request, reply }) => ({
    request: { ...request, method: request.method ?? method },
    reply,
  }));
}

function withUrl(pasted: readonly Pasted[], url: string): Pasted[] {
  const isSame = (one: string) => {
    const bare = { headers: {}, method: undefined, credentials: 'unknown' } as const;
    return canBeSame({ ...bare, url: one }, { ...bare, url });
  };
  checkGiven(
    '--url',
    'another one',
    pasted.map(({ request }) => request.url),
    isSame,
  );
  return pasted.map(({ request, reply }) => {
    const { url: shown } = request;
    // What was pasted can be a part of the whole: a path, or a host.
    const isPart = shown !== undefined && isSame(shown) && url.length > shown.length;
    return { request: { ...request, url: shown === undefined || isPart ? url : shown }, reply };
  });
}

/** An option fills what is not shown; where all is shown, and nothing of it is what the option says, one of them is wrong. */
function checkGiven<Value>(
  option: string,
  given: string,
  shown: readonly (Value | undefined)[],
  isSame: (one: Value) => boolean,
): void {
  if (shown.length === 0 || shown.some((one) => one === undefined || isSame(one))) return;
  throw new Problem(
    'CONFORM_E_OPTION_CONFLICT',
    `${option} says ${given}, but the pasted text says something else`,
    {
      remedy: `Leave ${option} out, or paste only what it belongs to.`,
    },
  );
}
