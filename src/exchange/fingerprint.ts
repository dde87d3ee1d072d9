import { createHash } from 'node:crypto';
import type { Json } from '../json.js';
import { withoutLengths } from './shape.js';

/**
 * The same for answers that mean the same: made of the status, the kind of error the gateway names, the known
 * error text and the shape of the body without its lengths. Tokens, hashes, ids, dates and request ids have no
 * part in it. 16 hexadecimal digits.
 */
export function fingerprintOf(features: {
  status: number | null;
  failure: string | undefined;
  errorType: string | undefined;
  message: string | undefined;
  shape: Json;
}): string {
  const { status, failure, errorType, message, shape } = features;
  const parts = [status, failure ?? null, errorType ?? null, message ?? null, withoutLengths(shape)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
