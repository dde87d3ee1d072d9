import { isArray, isObject, type Json } from '../json.js';
import { mayBeSameInstant } from './instants.js';

/** Whether a value is a text, a number, true or false. */
export function isScalar(value: Json | undefined): value is string | number | boolean {
  return value !== undefined && value !== null && !isArray(value) && !isObject(value);
}

/** Whether two values say the same, however they are written: a number may be a text, a time may have another offset. */
export function isSameScalar(one: string | number | boolean, other: string | number | boolean): boolean {
  const [text, also] = [String(one), String(other)];
  if (text === also) return true;
  if (isNumber(one) && isNumber(other)) return Number(one) === Number(other);
  return mayBeSameInstant(text, also);
}

/** Texts of more digits are not numbers that a program could tell apart. */
function isNumber(value: string | number | boolean): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^-?\d{1,15}(\.\d{1,15})?$/.test(value));
}
