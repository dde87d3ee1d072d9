import type { Finding } from '../verdict/verdict.js';
import type { Found } from './answer-check.js';
import type { Promised } from './check.js';

/**
 * A promise that is broken, as a finding. Only what the contract promises makes an operation deviate from it: what
 * standards and practice promise is a warning.
 */
export function findingOf(
  { id, promise, source, severity, warnings, messages }: Promised,
  { code, facts, severity: own, inconclusive, message, pointer, schema }: Found,
): Finding {
  const isError = own !== 'warning' && source.kind === 'contract' && warnings?.includes(code) !== true;
  return {
    check: id,
    code,
    ...(facts === undefined ? {} : { facts }),
    severity: isError ? severity : 'warning',
    ...(inconclusive === undefined ? {} : { inconclusive }),
    message: message ?? messages[code]?.(facts ?? {}) ?? promise,
    ...(pointer === undefined ? {} : { pointer }),
    ...(schema === undefined ? {} : { schema }),
  };
}
