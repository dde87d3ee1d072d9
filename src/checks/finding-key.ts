import type { Finding } from '../verdict/verdict.js';
import { BETWEEN, presentKey } from './former-names.js';

/** A finding, also one of a run file of a former version, which has no code. */
type Keyed = Pick<Finding, 'check' | 'facts' | 'pointer' | 'message'> & { code?: string };

/**
 * The same for a finding in every run: the check, in which way it is not kept, the place without the numbers of list
 * items, and the names that are its facts. Which item of a list breaks the contract, and by how much, changes with the
 * data; and a sentence can be worded better. A finding of a former version, which has no code, goes by its message.
 */
export function findingKey(finding: Keyed): string {
  const { check, code, facts = {} } = finding;
  if (code === undefined) return keyByMessage(finding);
  const names = Object.keys(facts)
    .sort()
    .flatMap((name) => (typeof facts[name] === 'string' ? [facts[name]] : []));
  return [check, code, placeOf(finding), ...names].filter((part) => part !== '').join(BETWEEN);
}

/**
 * In which way a promise is broken, wherever it is: the code, the member that is wrong, and the names that are facts of
 * it. Two hosts that break it in the same way have the same, whatever data they hold. A finding of a former version has
 * no code, and goes by its sentence.
 */
export function wayOf({ code, message, pointer = '', facts = {} }: Keyed): string[] {
  const names = Object.values(facts).filter((fact) => typeof fact === 'string');
  const member = pointer.split('/').findLast((step) => step !== '' && !/^(\d+|\*)$/.test(step)) ?? '';
  return [code ?? message.replaceAll(/\d+/g, '#'), member, ...names];
}

/**
 * Whether a finding is among those of a list of keys. What was listed by a former version is known by its message, or by
 * the former name of its check.
 */
export function isListed(finding: Keyed, keys: readonly string[]): boolean {
  const present = keys.map(presentKey);
  return present.includes(findingKey(finding)) || present.includes(keyByMessage(finding));
}

/**
 * By which former versions knew a finding: the message without the numbers in it, but those that are in one of the names
 * that are its facts. A status says something, a number of things changes with the data.
 */
export function keyByMessage(finding: Keyed): string {
  const names = Object.values(finding.facts ?? {}).filter((fact) => typeof fact === 'string');
  const meant = new Set(names.flatMap((name) => name.match(/\d+/g) ?? []));
  const message = finding.message.replaceAll(/\d+/g, (digits) => (meant.has(digits) ? digits : '#'));
  return [finding.check, placeOf(finding), message].filter((part) => part !== '').join(BETWEEN);
}

function placeOf({ pointer = '' }: Keyed): string {
  return pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
}
