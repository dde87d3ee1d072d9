import type { Host } from './host.js';

/** Resolves at the first Ctrl-C or termination request. */
export function untilStopped(host: Host): Promise<void> {
  return new Promise((resolve) => {
    const { release } = host.onStop(() => {
      release();
      resolve();
    });
  });
}

/** Aborted at the first Ctrl-C, so that what was done so far can be kept; a second one ends the process. */
export function stopSignal(host: Host, deadlineMs?: number): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort(new Error('stopped'));
    release();
  };
  const released = new AbortController();
  const stops = host.onStop(stop);
  const release = (): void => {
    released.abort();
    stops.release();
  };
  if (deadlineMs !== undefined) host.clock.sleep(deadlineMs, released.signal).then(stop, () => undefined);
  return { signal: controller.signal, release };
}
