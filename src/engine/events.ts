import type { Capability, Run } from '../record/run.js';

/**
 * What happens while a run is made, in this order: `started` once, `asked` for each operation of the plan, `judged` for each
 * operation that is reported, `finished` once, where the run was written. Nothing in an event is secret: exchanges are
 * redacted before they get here.
 */
export type RunEvent =
  | {
      kind: 'started';
      /** Id of the run. */
      run: string;
      target: string;
      /** How many operations are asked, and how many requests that may take at most. */
      operations: number;
      requests: number;
    }
  | { kind: 'asked'; target: string; operation: string; done: number; total: number }
  | { kind: 'judged'; target: string; operation: Capability }
  | {
      kind: 'finished';
      target: string;
      run: Run;
      /** The run file. */
      file: string;
    };

/** Takes events while a run goes on. It has to return at once: the run does not wait for what it starts. */
export type OnEvent = (event: RunEvent) => void;
