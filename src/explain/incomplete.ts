import type { Pasted, PastedAnswer, Read } from './paste.js';

/**
 * Whether what was found tells too little for what else may be in the text: one refusal by its status alone, or nothing but
 * successes of which no more than the status is shown, beside which there may be what went wrong.
 */
export function isIncomplete(found: readonly Read[]): boolean {
  const replies = found.flatMap(({ pasted }) => pasted.map(({ reply }) => reply));
  return replies.every(isFineAlone) || (replies.length === 1 && replies.every(isRefusedAlone));
}

/**
 * What was found, with what readers of a later stage have found beside it: the body of the one refusal, or what went wrong
 * beside successes, which then takes their place.
 */
export function withMore(found: readonly Read[], more: readonly Read[]): Read[] {
  const [one] = found.filter(({ pasted }) => pasted.length > 0);
  const [only] = one?.pasted ?? [];
  if (!one || !only || only.reply.kind !== 'answer') return [...found];
  // What went wrong beside successes is what the paste is about.
  if (isFineAlone(only.reply)) return more.some(({ pasted }) => pasted.length > 0) ? [...more] : [...found];
  const others = more.flatMap(({ pasted }) => pasted);
  const [other] = others;
  const body = others.length === 1 && other ? bodyFor(only.reply, other) : undefined;
  if (body === undefined) return [...found];
  return [{ ...one, pasted: [{ ...only, reply: { ...only.reply, body } }] }];
}

/** The body of another answer, where it can be that of this one. */
function bodyFor({ status }: PastedAnswer, { reply }: Pasted): Buffer | undefined {
  if (reply.kind !== 'answer') return undefined;
  return reply.status === undefined || reply.status === status ? reply.body : undefined;
}

function isAlone(reply: Pasted['reply']): reply is PastedAnswer {
  return reply.kind === 'answer' && reply.headers === undefined && reply.body === undefined;
}

function isFineAlone(reply: Pasted['reply']): boolean {
  return isAlone(reply) && reply.status !== undefined && reply.status < 400;
}

function isRefusedAlone(reply: Pasted['reply']): boolean {
  return isAlone(reply) && reply.status !== undefined && reply.status >= 400;
}

/**
 * Whether nothing was found but successes by their status alone, and what else is in the text speaks of an error: then the
 * status is not all that came.
 * @param left the text without what was found
 */
export function isDoubtful(found: readonly Read[], left: string): boolean {
  const replies = found.flatMap(({ pasted }) => pasted.map(({ reply }) => reply));
  return replies.length > 0 && replies.every(isFineAlone) && speaksOfError(left.slice(0, LONGEST));
}

/** Whether a text has a level, the class of an exception, or a word of failure, and not that there was none. */
export function speaksOfError(text: string): boolean {
  return SPEAKS_OF_ERROR.test(text);
}

const LONGEST = 200_000;
const SPEAKS_OF_ERROR =
  /\b(?:ERROR|FATAL|CRITICAL|Traceback)\b|(?<!\b(?:no|No|0|zero|without) )\b(?:\w*(?:Error|Exception)|[Ee]rror|[Ff]ailed|[Ff]ailure|[Uu]nable to|[Cc]ould not|[Cc]annot)\b(?!s?["']?\s{0,4}[:=.]+\s{0,4}["']?(?:0|null|none|nil|undefined|false|\[\]))/;
