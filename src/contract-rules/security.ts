import { isObject } from '../json.js';
import type { WrittenOperation } from './subject.js';

/** The names of the security schemes that keep everybody else out; none where an empty alternative lets everybody in. */
export function guardsOf({ security }: WrittenOperation): string[] {
  const alternatives = (security ?? []).map((one) => (isObject(one) ? Object.keys(one) : []));
  return alternatives.some((names) => names.length === 0) ? [] : alternatives.flat();
}
