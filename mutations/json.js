// JSON values and JSON Pointers (RFC 6901).

/** @typedef {null | boolean | number | string | unknown[] | Record<string, any>} Json */

/** @param {unknown} value @returns {value is Record<string, any>} */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param {...(string | number)} steps */
export function pointer(...steps) {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** @param {string} text @returns {string[]} */
export function steps(text) {
  return text
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What is at a pointer. @param {any} root @param {string} text */
export function at(root, text) {
  let value = root;
  for (const step of steps(text)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = value[step];
  }
  return value;
}

/**
 * A copy of a value with another one at a pointer; without that member, if the other one is undefined.
 * @param {any} root @param {string} text @param {any} value
 */
export function withAt(root, text, value) {
  if (text === '') return value;
  const copy = JSON.parse(JSON.stringify(root));
  const path = steps(text);
  const last = path.pop() ?? '';
  const parent = at(copy, pointer(...path));
  if (value === undefined) Reflect.deleteProperty(parent, last);
  // To assign to `__proto__` would not make a member.
  else Object.defineProperty(parent, last, { value, writable: true, enumerable: true, configurable: true });
  return copy;
}

/** @param {unknown} one @param {unknown} other */
export function isSame(one, other) {
  return canonical(one) === canonical(other);
}

/** A text that is the same for values that are. @param {any} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}
