import { LONGEST_CHECK_MS, type Checked } from '../../contract/validator.js';
import type { Found } from './check.js';

type Why = Extract<Checked, { kind: 'not checked' }>['why'];

const WHY_NOT: Record<Why, string> = {
  schema: 'the contract’s schema for it cannot be used',
  time: `checking it against the contract took longer than ${LONGEST_CHECK_MS / 1000} s`,
  depth: 'checking it against the contract goes too deep',
};

/** That a part of an answer was not held against the contract: a warning, and never a promise that is kept. */
export function notChecked(what: string, why: Why | { because: string }): Found {
  const because = typeof why === 'string' ? WHY_NOT[why] : why.because;
  return { severity: 'warning', inconclusive: true, message: `${what} was not checked: ${because}` };
}
