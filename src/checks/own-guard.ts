import type { SeenReply } from '../drive/seen.js';
import { isArray, isObject, type Json } from '../json.js';
import type { Reply } from '../targets/reply.js';
import type { Broken, Check, Result } from './check.js';
import { nameOf, type Facts } from './fact.js';
import { jsonOf } from './subject.js';

/**
 * A check that others wrote, with a guard around it: what it says must not hold a value of an answer. The types of facts
 * forbid that where TypeScript compiles a check; one in JavaScript has only this.
 */
export function guarded(check: Check): Check {
  return {
    ...check,
    *run(subject) {
      const replies: Reply[] = [subject.own.reply];
      const asking = check.run(subject);
      let step = asking.next();
      while (step.done !== true) {
        const came: SeenReply = yield step.value;
        replies.push(came.reply);
        step = asking.next(came);
      }
      const result = step.value;
      return 'kind' in result ? withoutValues(result, valuesIn(replies)) : result;
    },
  };
}

function withoutValues(result: Result, values: readonly string[]): Result {
  if (result.kind === 'passed') return result;
  if (result.kind === 'inconclusive') return { ...result, why: masked(result.why, values) };
  return { ...result, broken: result.broken.map((one) => ({ ...one, facts: maskedFacts(one, values) })) };
}

function maskedFacts({ facts }: Broken, values: readonly string[]): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [
      name,
      // A number counts something.
      typeof fact === 'number' ? fact : nameOf(masked(String(fact), values)),
    ]),
  );
}

function masked(text: string, values: readonly string[]): string {
  return values.reduce((rest, value) => rest.replaceAll(value, '…'), text);
}

/** Shorter ones are in many a sentence by chance. */
const SHORTEST = 4;

/** What answers hold, longest first: of JSON its strings and numbers, of anything else its words. */
function valuesIn(replies: readonly Reply[]): string[] {
  const values = replies.flatMap((reply) => {
    if (reply.kind !== 'answer') return [];
    const body = jsonOf(reply);
    return body === undefined
      ? Buffer.from(reply.body)
          .toString('utf8')
          .split(/[^\p{L}\p{N}@._-]+/u)
      : leavesOf(body);
  });
  return [...new Set(values.filter(({ length }) => length >= SHORTEST))].sort(
    (one, other) => other.length - one.length,
  );
}

function leavesOf(value: Json): string[] {
  if (isArray(value)) return value.flatMap(leavesOf);
  if (isObject(value)) return Object.values(value).flatMap(leavesOf);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}
