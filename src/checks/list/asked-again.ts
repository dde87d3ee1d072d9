import { plainName } from '../../probe/id-names.js';
import { saysWhere } from '../list-form.js';

/**
 * Whether a link has what was asked for: by the name of the parameter, or as a value under another name. Undefined where
 * something in it that only the host can read may stand for it.
 */
export function isInLink(link: URLSearchParams, asked: URLSearchParams, name: string): boolean | undefined {
  const wanted = asked.get(name) ?? '';
  const pairs = [...link];
  const has = pairs.some(
    ([own, value]) =>
      plainName(own) === plainName(name) ||
      (!saysWhere(own) && (value === wanted || (wanted.length > 2 && value.includes(wanted)))),
  );
  if (has) return true;
  return pairs.some(([own, value]) => !asked.has(own) && !/^\d{1,9}$/.test(value) && !isOrdinary(value))
    ? undefined
    : false;
}

/** Whether a value is a plain word, which holds nothing else. */
function isOrdinary(value: string): boolean {
  return /^-?[a-z][a-z_.]{0,11}$/i.test(value);
}
