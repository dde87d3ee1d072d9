import type { WriteBody } from './body.js';

/** JSON, and what is written in it (RFC 8259; RFC 6839, section 3.1). */
export const writeJson: WriteBody = (value, { type }) => ({ ok: true, type, body: JSON.stringify(value) });
