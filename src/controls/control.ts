import type { Driven } from '../drive/drive.js';
import type { Probe } from '../probe/build.js';

/**
 * A control probe: what differs from the request in question in one thing only, so that what it is answered proves
 * something about that thing.
 */
export interface Control<Subject, Result> extends Driven<Subject, Result> {
  /** The one thing in which it differs. */
  varies: string;
  /** What its answer can prove. */
  proves: string;
}

/** The same request as a control: a probe holds no credentials. */
export function asControl(probe: Probe, purpose: string): Probe {
  return { ...probe, role: 'control', purpose };
}

/** The same URL by a safe method, without a body. */
export function byMethod(probe: Probe, method: 'GET' | 'HEAD' | 'OPTIONS', purpose: string): Probe {
  const { url, headers } = probe.request;
  return {
    ...asControl(probe, purpose),
    request: { method, url, headers: { accept: headers['accept'] ?? 'application/json' } },
  };
}
