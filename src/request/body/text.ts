import type { WriteBody } from './body.js';

/** A text, a number or a boolean as it is. Nothing says how a list or an object is written as a text. */
export const writeText: WriteBody = (value, { type }) =>
  typeof value === 'object'
    ? { ok: false, why: `the contract does not say how such a value is written as ${type}` }
    : { ok: true, type, body: String(value) };
