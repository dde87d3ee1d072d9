import type { OnEvent, RunEvent } from '../engine/events.js';
import { asError, Problem } from '../problem.js';

/** Hears of a run while it goes on: a progress bar, a dashboard, a log of one's own. */
export interface Reporter {
  /** What errors call it. */
  name: string;
  /** Called with every event, in order. The run does not wait for it; its end does. */
  onEvent: (event: RunEvent) => unknown;
}

/** Whether a value has what a reporter needs. */
export function isReporter(value: unknown): value is Reporter {
  if (typeof value !== 'object' || value === null) return false;
  const name: unknown = Reflect.get(value, 'name');
  return typeof name === 'string' && name !== '' && typeof Reflect.get(value, 'onEvent') === 'function';
}

/**
 * Passes events on to reporters. One that fails is left alone from then on: the run is worth more than what is said of it.
 * @param onFault called with why a reporter failed
 */
export function passOn(
  reporters: readonly Reporter[],
  onFault: (error: Problem) => void,
): { onEvent: OnEvent; settled: () => Promise<void> } {
  const failed = new Set<Reporter>();
  const pending = new Set<Promise<void>>();
  const fail = (reporter: Reporter, event: RunEvent, error: unknown): void => {
    if (failed.has(reporter)) return;
    failed.add(reporter);
    onFault(
      new Problem(
        'CONFORM_E_PLUGIN_FAILED',
        `the reporter “${reporter.name}” failed on “${event.kind}”: ${asError(error).message}`,
        {
          cause: error,
          remedy: 'Correct it, or leave out its plugin. The run itself is complete.',
        },
      ),
    );
  };
  return {
    onEvent: (event) => {
      for (const reporter of reporters) {
        if (failed.has(reporter)) continue;
        try {
          const result = reporter.onEvent(event);
          if (!(result instanceof Promise)) continue;
          const done = result.then(
            () => void pending.delete(done),
            (error: unknown) => {
              pending.delete(done);
              fail(reporter, event, error);
            },
          );
          pending.add(done);
        } catch (error) {
          fail(reporter, event, error);
        }
      }
    },
    settled: async () => {
      await Promise.all(pending);
    },
  };
}
