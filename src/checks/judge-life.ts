import { NotApplicable } from '../drive/drive.js';
import type { Operation } from '../contract/operation.js';
import type { Validator } from '../contract/schema/validator.js';
import type { SeenReply } from '../drive/seen.js';
import type { Finding } from '../verdict/verdict.js';
import { addBroken } from './add-broken.js';
import type { Broken } from './check.js';
import { checkedIn, type Checked, type CheckResult } from './checked.js';
import { findingKey } from './finding-key.js';
import { certainViolations } from './extra-violations.js';
import type { Life, LifeCheck, LifeResult } from './life.js';

/** What a check makes of one operation in a life. */
interface Judged {
  check: LifeCheck;
  operation: Operation;
  result: LifeResult | NotApplicable;
}

function judged(checks: readonly LifeCheck[], life: Life): Judged[] {
  return checks.flatMap((check): Judged[] => {
    if (check.of === 'change')
      return life.changes.map((change) => ({
        check,
        operation: change.operation,
        result: check.judge(change, life),
      }));
    const operation = check.of === 'creation' ? life.creation : life.remover;
    return operation ? [{ check, operation, result: check.judge(life) }] : [];
  });
}

/** What lives are held to. */
export interface LifeRules {
  checks: readonly LifeCheck[];
  /** For the answers to reads that come in a life: the empty list, the record as it was just created. */
  validator: Validator;
  /** What an operation is known to break already, by the keys of its findings. */
  known: (operation: string) => ReadonlySet<string>;
}

/** Whether anything in a life looks broken, so that a second one has to show it too. */
export function looksBroken(rules: LifeRules, life: Life): boolean {
  return judged(rules.checks, life).some(({ result }) => isBroken(result)) || extrasIn(life, rules).size > 0;
}

/** What answers to reads break of their description, each way of each operation once. */
function extrasIn({ reads }: Life, { validator, known }: LifeRules) {
  const found = new Map<string, { operation: string; finding: Finding; heard: SeenReply }>();
  for (const { operation, heard } of reads) {
    if (heard.reply.kind !== 'answer') continue;
    for (const finding of certainViolations(operation, heard.reply, validator)) {
      const key = findingKey(finding);
      if (!known(operation.id).has(key))
        found.set(`${operation.id} ${key}`, { operation: operation.id, finding, heard });
    }
  }
  return found;
}

/**
 * What came of the checks of a life, by operation. A promise is only said to be broken when it was seen broken in the
 * same way in a second life, of another record.
 * @param second undefined where the second could not be lived, or was not needed
 */
export function settleLife(rules: LifeRules, first: Life, second: Life | undefined): Map<string, Checked> {
  const { checks } = rules;
  const settled = settledExtras(rules, first, second);
  const later = second === undefined ? [] : judged(checks, second);
  for (const { check, operation, result } of judged(checks, first)) {
    const again = later.find((one) => one.check === check && one.operation.id === operation.id)?.result;
    const own = checkedIn(settled, operation.id);
    own.results.push(settledResult(own, check, result, again));
  }
  return settled;
}

/** @param again what the second life made of it; undefined where there was none */
function settledResult(
  own: Checked,
  check: LifeCheck,
  result: Judged['result'],
  again: Judged['result'] | undefined,
): CheckResult {
  const { id } = check;
  const unclear = (why: string): CheckResult => ({ id, result: 'inconclusive', why });
  if (!isBroken(result)) return resultOf(id, result);
  if (again === undefined)
    return unclear('it was seen broken once, and no second record could be created to see it again');
  if (!isBroken(again)) return unclear('it was seen broken once, and not again');
  const keyOf = ({ code, pointer = '' }: Broken) => `${code} ${pointer}`;
  const keys = new Set(result.broken.map(keyOf));
  const twice = again.broken.filter((one) => keys.has(keyOf(one)));
  if (twice.length === 0) return unclear('it was broken in another way the second time');
  const exchanges = (again.at ?? []).map(({ exchange }) => exchange);
  addBroken(own, check, twice, exchanges);
  return { id, result: 'failed' };
}

function settledExtras(rules: LifeRules, first: Life, second: Life | undefined): Map<string, Checked> {
  const settled = new Map<string, Checked>();
  const again = second ? extrasIn(second, rules) : new Map<string, never>();
  for (const key of extrasIn(first, rules).keys()) {
    const shown = again.get(key);
    if (!shown) continue;
    const { operation, finding, heard } = shown;
    const own = checkedIn(settled, operation);
    own.exchanges.push(heard.exchange);
    own.findings.push({ ...finding, exchange: own.exchanges.length - 1 });
  }
  return settled;
}

type Failed = Extract<LifeResult, { kind: 'failed' }>;

function isBroken(result: LifeResult | NotApplicable): result is Failed {
  return 'kind' in result && result.kind === 'failed';
}

function resultOf(id: string, result: LifeResult | NotApplicable): CheckResult {
  if (result instanceof NotApplicable) return { id, result: 'not-applicable', why: result.why };
  return result.kind === 'inconclusive'
    ? { id, result: 'inconclusive', why: result.why }
    : { id, result: 'passed' };
}
