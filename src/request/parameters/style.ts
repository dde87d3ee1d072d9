import type { Flat } from './flat.js';

/** Writes a value in one style. The texts in it, and the name, are encoded already. */
export type WriteStyle = (value: Flat, form: { name: string; explode: boolean }) => string[] | undefined;
