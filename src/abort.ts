/**
 * What some work gives, or an error as soon as a signal is aborted: the work itself goes on, and nobody waits for it.
 * @throws what the work throws; an error “stopped” when the signal is aborted before it ends
 */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new Error('stopped'));
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
