// What has changed between two snapshots of a product, in words.
import { nameOf } from './product.js';

/** @typedef {import('./product.js').StateRecord} StateRecord */

/**
 * @param {readonly StateRecord[]} before
 * @param {readonly StateRecord[]} after
 * @returns {{ harmed: string[], added: StateRecord[] }} what happened to records that were there, and records that are new;
 *   what belongs to another new record is not named by itself
 */
export function compare(before, after) {
  const then = new Map(before.map((record) => [nameOf(record), record]));
  const now = new Map(after.map((record) => [nameOf(record), record]));
  const harmed = [...then].flatMap(([name, record]) => {
    const found = now.get(name);
    if (found === undefined) return [`${name} is gone`];
    return differences(record.value, found.value, '').map((difference) => `${name}: ${difference}`);
  });
  const added = [...now]
    .filter(([name, { within }]) => !then.has(name) && (within === undefined || then.has(within)))
    .map(([, record]) => record);
  return { harmed, added };
}

/**
 * “/settings/fixedDelay: 1 → 500”, for each place.
 * @param {unknown} one @param {unknown} other @param {string} place @returns {string[]}
 */
function differences(one, other, place) {
  if (isBranch(one) && isBranch(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return [...names].flatMap((name) => differences(one[name], other[name], `${place}/${name}`));
  }
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [`${place} ${short(one)} → ${short(other)}`];
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isBranch(value) {
  return typeof value === 'object' && value !== null;
}

/** @param {unknown} value */
function short(value) {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
