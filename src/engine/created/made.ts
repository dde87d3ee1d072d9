import type { Fillers } from '../../probe/build.js';
import type { RealWrite } from '../../probe/creations.js';
import type { Value } from '../../probe/value.js';
import type { HttpRequest } from '../../targets/reply.js';
import type { AskedStep } from '../observation.js';
import type { Ready } from '../ready.js';
import type { Listed } from './list.js';

/** One thing that the run has created: that this is so is proven as far as the target lets it be. */
export interface Made {
  by: AskedStep;
  value: Value;
  entry: number;
  /** The request that removes it; undefined when it may stay. */
  removal: Ready | undefined;
  /** The request that reads it; undefined when the contract has none. */
  reading: Ready | undefined;
  removed: boolean;
}

/** What is known of a creation that has been sent. */
export interface Sent {
  observation: AskedStep;
  /** The number of its entry in the journal. */
  entry: number;
  write: RealWrite | undefined;
  /** Our marker, when the body holds it. */
  marker: string | undefined;
  made: readonly Made[];
  /** Values of things that were created before. */
  fillers: Fillers;
  /** What its collection held before. */
  listed: Listed | undefined;
}

/** Whether an id is that of a thing that the run has created by the same operation, and that is still there. */
export function isOfRun(text: string, { step }: AskedStep, made: readonly Made[]): boolean {
  return made.some(
    ({ value, by, removed }) => !removed && value.sent === text && by.step.operation.id === step.operation.id,
  );
}

/** The thing that a request removes: exactly this one, with exactly this method. */
export function removedBy({ method, url }: HttpRequest, made: readonly Made[]): Made | undefined {
  return made.find(
    ({ removed, removal }) => !removed && removal?.request.method === method && removal.request.url === url,
  );
}
