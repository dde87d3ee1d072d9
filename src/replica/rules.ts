import { within } from '../bounded/within.js';
import { asText, isArray, type Json } from '../json.js';
import { compilePattern } from '../pattern/pattern.js';
import { valueAt } from './place.js';
import type { Rule } from './world/route.js';

/** What a rule looks at. */
interface Given {
  query: URLSearchParams;
  body: Json | undefined;
}

/** The first rule that a request breaks. */
export function brokenRule(rules: readonly Rule[], given: Given): Rule | undefined {
  return rules.find((rule) => breaks(rule, given));
}

function breaks({ needs, needsOneOf, matches, notArray, knows }: Rule, { query, body }: Given): boolean {
  const at = (place: string): Json | undefined =>
    valueAt(body ?? null, place) ?? query.get(place) ?? undefined;
  const isThere = (place: string) => asText(at(place) ?? '') !== '';
  if (needs && !needs.every(isThere)) return true;
  if (needsOneOf && !needsOneOf.some(isThere)) return true;
  if (notArray !== undefined && isArray(at(notArray))) return true;
  if (knows && [...query.keys()].some((name) => !knows.includes(name))) return true;
  if (matches === undefined) return false;
  const value = at(matches.at);
  return value !== undefined && !isMatch(matches.pattern, asText(value));
}

/** No pattern of a world takes longer. */
const LONGEST_MS = 1000;

function isMatch(source: string, text: string): boolean {
  const pattern = compilePattern(source);
  if (pattern.linear) return pattern.test(text);
  const matched = within(LONGEST_MS, () => pattern.test(text));
  return matched.done && matched.value;
}
