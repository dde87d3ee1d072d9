import type { RunEvent } from '../engine/events.js';
import type { Io } from './io.js';

/** Shows on a terminal how far a run is. */
export function showProgress(event: RunEvent, io: Pick<Io, 'progress'>): void {
  if (event.kind === 'asked') io.progress(`${event.target}: ${event.done} of ${event.total} asked`);
}
