import type { Operation } from '../contract/contract.js';
import type { Probe } from './build.js';

/**
 * A path beside an operation's own that nobody can have routed: the first segment (a version or stage) is kept,
 * and so is the slash at the end. What it answers is what this host says of unknown paths.
 */
export function nonsensePath(path: string, nonce: string): string {
  const segments = path.split('?')[0]?.split('/').filter(Boolean) ?? [];
  const stage = segments.length > 1 && !segments[0]?.startsWith('{') ? `/${segments[0] ?? ''}` : '';
  return `${stage}/__absent_${nonce}${/\/(\?|$)/.test(path) ? '/' : ''}`;
}

/** The probe of the nonsense path for an operation: same method, and a body of the same kind. */
export function nonsenseProbe(operation: Operation, baseUrl: string, nonce: string): Probe {
  const path = nonsensePath(operation.path, nonce);
  const sendsBody = operation.body !== undefined;
  return {
    operation: operation.id,
    role: 'control',
    purpose: 'nonsense-sibling',
    request: {
      method: operation.method,
      url: baseUrl + path,
      headers: { accept: 'application/json', ...(sendsBody ? { 'content-type': 'application/json' } : {}) },
      ...(sendsBody ? { body: '{}' } : {}),
    },
    shown: baseUrl + path.replace(nonce, '<nonce>'),
  };
}

/** The same request again as a control, for example without its token. */
export function asControl(probe: Probe, purpose: string): Probe {
  const headers = { ...probe.request.headers };
  delete headers['authorization'];
  return { ...probe, role: 'control', purpose, request: { ...probe.request, headers } };
}
