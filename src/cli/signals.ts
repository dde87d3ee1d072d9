/** Resolves at the first Ctrl-C or termination request. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
}

/** Aborted at the first Ctrl-C, so that what was done so far can be kept; a second one ends the process. */
export function stopSignal(deadlineMs?: number): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const stop = (): void => {
    controller.abort(new Error('stopped'));
    release();
  };
  const timer = deadlineMs === undefined ? undefined : setTimeout(stop, deadlineMs);
  const release = (): void => {
    clearTimeout(timer);
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return { signal: controller.signal, release };
}
