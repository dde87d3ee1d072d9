import { randomBytes } from 'node:crypto';

/** So many random bytes, as hexadecimal digits. Tests give the program bytes that they know. */
export type Chance = (bytes: number) => string;

/** Random bytes of the operating system. */
export const systemChance: Chance = (bytes) => randomBytes(bytes).toString('hex');
