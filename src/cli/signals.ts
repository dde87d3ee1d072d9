import type { Host } from './host.js';

/** Resolves at the first Ctrl-C or termination request: for servers, whose work ends so. */
export function untilStopped(host: Host): Promise<void> {
  return new Promise((resolve) => {
    const { release } = host.onStop(() => {
      release();
      resolve();
    });
  });
}

/**
 * Aborted at the first Ctrl-C or at the deadline, so that what was done so far can be kept; a second Ctrl-C ends the
 * process. The command then ends with the exit code of the signal.
 */
export function stopSignal(host: Host, deadlineMs?: number): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort(new Error('stopped'));
    release();
  };
  const released = new AbortController();
  const stops = host.onStop((signal) => {
    host.stoppedBy ??= signal;
    stop();
  });
  const release = (): void => {
    released.abort();
    stops.release();
  };
  if (deadlineMs !== undefined) host.clock.sleep(deadlineMs, released.signal).then(stop, () => undefined);
  return { signal: controller.signal, release };
}
