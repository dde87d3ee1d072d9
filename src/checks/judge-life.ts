import { NotApplicable } from '../drive/drive.js';
import type { Operation } from '../contract/operation.js';
import { addBroken } from './add-broken.js';
import type { Checked, CheckResult } from './drive-checks.js';
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

/** Whether anything in a life looks broken, so that a second one has to show it too. */
export function looksBroken(checks: readonly LifeCheck[], life: Life): boolean {
  return judged(checks, life).some(({ result }) => isBroken(result));
}

/**
 * What came of the checks of a life, by operation. A promise is only said to be broken when it was seen broken in the
 * same way in a second life, of another record.
 * @param second undefined where the second could not be lived, or was not needed
 */
export function settleLife(
  checks: readonly LifeCheck[],
  first: Life,
  second: Life | undefined,
): Map<string, Checked> {
  const settled = new Map<string, Checked>();
  const later = second === undefined ? [] : judged(checks, second);
  for (const { check, operation, result } of judged(checks, first)) {
    const own = settled.get(operation.id) ?? { results: [], findings: [], exchanges: [] };
    settled.set(operation.id, own);
    if (!isBroken(result)) {
      own.results.push(resultOf(check.id, result));
      continue;
    }
    const again = later.find((one) => one.check === check && one.operation.id === operation.id)?.result;
    if (again === undefined || !isBroken(again)) {
      own.results.push({
        id: check.id,
        result: 'inconclusive',
        why:
          again === undefined
            ? 'it was seen broken once, and no second record could be created to see it again'
            : 'it was seen broken once, and not again',
      });
      continue;
    }
    const keyOf = ({ code, pointer = '' }: { code: string; pointer?: string }) => `${code} ${pointer}`;
    const keys = new Set(result.broken.map(keyOf));
    const twice = again.broken.filter((one) => keys.has(keyOf(one)));
    if (twice.length === 0) {
      own.results.push({
        id: check.id,
        result: 'inconclusive',
        why: 'it was broken in another way the second time',
      });
      continue;
    }
    const seen = again.at ?? [];
    addBroken(
      own,
      check,
      twice,
      seen.map(({ exchange }) => exchange),
    );
    own.results.push({ id: check.id, result: 'failed' });
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
