import type { Operation } from '../contract/contract.js';
import type { Probe } from './build.js';

/**
 * A path beside an operation's own that nobody can have routed: the first segment (a version or stage) is kept,
 * and so is the slash at the end. What it answers is what this host says of unknown paths.
 * @param unknown a path segment that is no operation's
 */
export function nonsensePath(path: string, unknown: string): string {
  const segments = path.split('?')[0]?.split('/').filter(Boolean) ?? [];
  const stage = segments.length > 1 && !segments[0]?.startsWith('{') ? `/${segments[0] ?? ''}` : '';
  return `${stage}/${unknown}${/\/(\?|$)/.test(path) ? '/' : ''}`;
}

/** The probe of the nonsense path for an operation, without a body: by its own method, or by another. */
export function nonsenseProbe(
  operation: Pick<Operation, 'id' | 'path'>,
  method: string,
  baseUrl: string,
  unknown: string,
): Probe {
  const path = nonsensePath(operation.path, unknown);
  return {
    operation: operation.id,
    role: 'control',
    purpose: 'nonsense-sibling',
    request: { method, url: baseUrl + path, headers: { accept: 'application/json' } },
    shown: baseUrl + path.replace(unknown, '__absent_<nonce>'),
  };
}

/** The same request again as a control, for example without credentials: a probe holds none. */
export function asControl(probe: Probe, purpose: string): Probe {
  return { ...probe, role: 'control', purpose };
}
