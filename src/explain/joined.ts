import type { Pasted, PastedAnswer, Read } from './paste.js';
import { canBeSame, completed } from './requests.js';

/**
 * Puts together what is told of one exchange at two places: an answer, and the line of a client that names its status; a
 * failure, and the general words that follow it.
 * @param found in the order of the text
 */
export function joined(found: readonly Read[], text: string): Read[] {
  const out: Read[] = [];
  for (const one of found) {
    const last = out.at(-1);
    const told = last && isNear(last, one, text) ? together(last.pasted.at(-1), one.pasted[0]) : undefined;
    if (!last || !told) {
      out.push(one);
      continue;
    }
    out[out.length - 1] = {
      ...last,
      to: Math.max(last.to, one.to),
      pasted: [...last.pasted.slice(0, -1), told, ...one.pasted.slice(1)],
    };
  }
  return out;
}

/** So many lines may stand between what is told twice. */
const MOST_BETWEEN = 12;

function isNear(last: Read, one: Read, text: string): boolean {
  const between = text.slice(last.to, Math.max(last.to, one.from));
  return (
    between.length < 4_000 && between.split('\n').filter((line) => line.trim() !== '').length <= MOST_BETWEEN
  );
}

/** What two pastes tell together, where they can be of the same exchange, and one of them says little. */
function together(one: Pasted | undefined, other: Pasted | undefined): Pasted | undefined {
  if (!one || !other || !canBeSame(one.request, other.request)) return undefined;
  const [first, second] = [one.reply, other.reply];
  const request = completed(one.request, other.request);
  if (first.kind === 'answer' && second.kind === 'answer') {
    if (first.status === second.status && (isBare(first) || isBare(second))) {
      // Two lines of a log that say no more than a status are two answers.
      if (isBare(first) && isBare(second) && !isOneToldTwice(one, other)) return undefined;
      return { request, reply: isBare(first) ? second : first };
    }
    return undefined;
  }
  if (first.kind === 'failure' && second.kind === 'failure') {
    if (second.code === 'NO_ANSWER' && first.code !== 'NO_ANSWER') return { request, reply: first };
    if (first.code === 'NO_ANSWER' && second.code !== 'NO_ANSWER') return { request, reply: second };
    return first.code === second.code && isOneToldTwice(one, other) ? { request, reply: first } : undefined;
  }
  const [answer, failure] = first.kind === 'answer' ? [first, second] : [second, first];
  if (answer.kind !== 'answer' || failure.kind !== 'failure') return undefined;
  // A browser that does not show the answer says so beside it.
  if (failure.code === 'NO_ANSWER' || failure.code === 'CORS_BLOCKED' || failure.code === 'NOT_JSON')
    return { request, reply: answer };
  // An answer that was cut off is none.
  const isCut =
    first === answer && failure.client === 'curl' && CUT.has(failure.code) && (answer.status ?? 0) < 400;
  return isCut ? { request, reply: failure } : undefined;
}

const CUT: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'UND_ERR_SOCKET',
  'UND_ERR_BODY_TIMEOUT',
  'EPIPE',
  'Z_DATA_ERROR',
]);

function isBare({ headers, body }: PastedAnswer): boolean {
  return headers === undefined && body === undefined;
}

/** Whether only one of them names the request. */
function isOneToldTwice(one: Pasted, other: Pasted): boolean {
  return (one.request.url === undefined) !== (other.request.url === undefined);
}
