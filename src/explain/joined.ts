import type { Pasted, PastedAnswer, Read } from './paste.js';
import { canBeSame, completed } from './requests.js';

/**
 * Puts together what is said of one exchange at two places: an answer, and the line of a client that names its status; a
 * failure, and the general words that follow it.
 * @param found in the order of the text
 */
export function joined(found: readonly Read[], text: string): Read[] {
  const out: Read[] = [];
  for (const one of found) {
    const last = out.at(-1);
    const joint = last && isNear(last, one, text) ? together(last, one) : undefined;
    if (!last || !joint) {
      out.push(one);
      continue;
    }
    out[out.length - 1] = {
      ...last,
      to: Math.max(last.to, one.to),
      pasted: [...last.pasted.slice(0, -1), joint, ...one.pasted.slice(1)],
    };
  }
  return out;
}

/** So many lines may be between what is said twice. */
const MOST_BETWEEN = 12;

function isNear(last: Read, one: Read, text: string): boolean {
  const between = text.slice(last.to, Math.max(last.to, one.from));
  return (
    between.length < 4_000 && between.split('\n').filter((line) => line.trim() !== '').length <= MOST_BETWEEN
  );
}

/** What the last of one place and the first of the next tell together, where they can be of one exchange. */
function together(last: Read, next: Read): Pasted | undefined {
  const [one, other] = [last.pasted.at(-1), next.pasted[0]];
  if (!one || !other || !canBeSame(one.request, other.request)) return undefined;
  const request = completed(one.request, other.request);
  const isOfOneForm = last.reader === next.reader;
  const isNamedOnce = (one.request.url === undefined) !== (other.request.url === undefined);
  const reply = replyOfBoth(one.reply, other.reply, { isOfOneForm, isNamedOnce });
  return reply && { request, reply };
}

/** Two lines of one form that say as much as each other are two exchanges. */
function replyOfBoth(
  first: Reply,
  second: Reply,
  { isOfOneForm, isNamedOnce }: { isOfOneForm: boolean; isNamedOnce: boolean },
): Reply | undefined {
  if (first.kind === 'answer' && second.kind === 'answer') {
    if (first.status === undefined && first.body !== undefined && isBare(second))
      return { ...second, body: first.body };
    if (first.status !== second.status || !(isBare(first) || isBare(second))) return undefined;
    const areBoth = isBare(first) && isBare(second);
    if (areBoth ? !isNamedOnce : isOfOneForm && !isNamedOnce) return undefined;
    return isBare(first) ? second : first;
  }
  if (first.kind === 'failure' && second.kind === 'failure') {
    if (UNEXPLAINED.has(second.code)) return UNEXPLAINED.has(first.code) ? undefined : first;
    if (UNEXPLAINED.has(first.code)) return second;
    return first.code === second.code && !isOfOneForm && isNamedOnce ? first : undefined;
  }
  const [answer, failure] = first.kind === 'answer' ? [first, second] : [second, first];
  if (answer.kind !== 'answer' || failure.kind !== 'failure') return undefined;
  // A page does not get the success that its browser has.
  if (failure.code === 'CORS_BLOCKED' && (answer.status ?? 400) < 400) return failure;
  // Of an answer by its status alone, that it was no data is what is known.
  if (failure.code === 'NOT_JSON' && isBare(answer) && (answer.status ?? 400) < 400) return failure;
  // What could not make use of an answer says so beside it.
  if (USELESS.has(failure.code)) return answer;
  // An answer that was cut off is none.
  const isCut = first === answer && failure.client === 'curl' && CUT.has(failure.code);
  return isCut && (answer.status ?? 0) < 400 ? failure : undefined;
}

type Reply = Pasted['reply'];

/** The codes of failures of which clients do not say why. */
const UNEXPLAINED: ReadonlySet<string> = new Set(['NO_ANSWER', 'NO_CONNECTION']);
const USELESS: ReadonlySet<string> = new Set(['NO_ANSWER', 'CORS_BLOCKED', 'NOT_JSON']);
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
