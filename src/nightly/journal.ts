import type { Folder } from '../artefact/folder.js';
import { PACKAGE_NAME, VERSION } from '../package.js';
import { asError, Problem, Problems } from '../problem.js';
import { newsOfStep, scopeOfStep } from './news.js';
import { INTERNAL } from './outcome.js';
import { writeNight, type NightRecord, type StepError } from './record.js';

/** The record of a night while it is written: before the first step, and after each. */
export interface Journal {
  record: NightRecord;
  /** Notes that a step failed. */
  fail: (name: string, error: unknown) => void;
  /** Writes the record as it is. @returns whether that went well; where not, it is a step that failed */
  keep: () => Promise<boolean>;
  /**
   * Takes a step and notes what came of it. An error ends the step and not the night.
   * @returns what the step gives; undefined when it failed, or was left out because the night was stopped
   */
  step: <T>(name: string, take: () => Promise<T>, options?: StepOptions) => Promise<T | undefined>;
}

interface StepOptions {
  /** Whether somebody is notified when it fails. */
  isNews?: boolean;
  /** Whether its failure shows in the exit code. */
  counts?: boolean;
}

const KEEP = 'record';
export const SCOPE_OF_RECORD = scopeOfStep(KEEP);

/**
 * @param announced what notifiers have delivered before: a night that dies before it notifies forgets nothing
 * @param onFault called with an error that nobody expected
 */
export function openJournal(
  { id, startedAt, announced }: Pick<NightRecord, 'id' | 'startedAt' | 'announced'>,
  { out, signal, onFault }: { out: Folder; signal: AbortSignal; onFault: (error: Error) => void },
): Journal {
  const record: NightRecord = {
    format: 'conform-night/1',
    ...{ id, startedAt, state: 'running', tool: { name: PACKAGE_NAME, version: VERSION } },
    ...{
      runs: [],
      judged: [SCOPE_OF_RECORD],
      comparedSince: {},
      news: [],
      gates: [],
      steps: [],
      announced: { ...announced },
    },
  };
  const fail = (name: string, error: unknown, { isNews = false, counts = true }: StepOptions = {}): void => {
    const exitCode = error instanceof Problem ? error.exitCode : INTERNAL;
    if (!(error instanceof Problem)) onFault(asError(error));
    const [said] = errorsOf(error);
    record.steps.push({ name, result: 'failed', exitCode: counts ? exitCode : 0, error: said });
    if (isNews) record.news.push(newsOfStep(name, said));
  };
  return {
    record,
    fail: (name, error) => {
      fail(name, error);
    },
    keep: async () => {
      try {
        await writeNight(record, out);
        return true;
      } catch (error) {
        if (!record.steps.some(({ name }) => name === KEEP)) fail(KEEP, error, { isNews: true });
        return false;
      }
    },
    step: async (name, take, options = {}) => {
      if (signal.aborted) {
        record.steps.push({ name, result: 'left-out', exitCode: 0 });
        return undefined;
      }
      if (options.isNews) record.judged.push(scopeOfStep(name));
      try {
        const value = await take();
        record.steps.push({ name, result: 'done', exitCode: 0 });
        return value;
      } catch (error) {
        fail(name, error, options);
        return undefined;
      }
    },
  };
}

/** An error as the record keeps it. Of one that nobody expected the message can hold a value, and is not kept. */
export function errorsOf(error: unknown): [StepError, ...StepError[]] {
  if (error instanceof Problems) {
    const [first, ...others] = error.all;
    return [ofProblem(first), ...others.map(ofProblem)];
  }
  if (error instanceof Problem) return [ofProblem(error)];
  return [
    {
      code: 'CONFORM_E_INTERNAL',
      message: `an internal error of conform (${asError(error).name})`,
      remedy: 'Please report it.',
    },
  ];
}

function ofProblem({ code, message, place, remedy }: Problem): StepError {
  return {
    code,
    message,
    ...(place === undefined ? {} : { file: shownPath(place.file) }),
    ...(place?.line === undefined ? {} : { line: place.line }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** The end of a path: what is before it can be the name of a person. */
function shownPath(file: string): string {
  return file.split(/[\\/]/).slice(-2).join('/');
}
