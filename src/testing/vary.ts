import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprintOf } from '../exchange/fingerprint.js';
import { isArray, isObject, type Json } from '../json.js';
import { runId } from '../record/name.js';
import type { Capability, Run } from '../record/run.js';
import { OUTCOMES } from '../verdict/causes.js';

/** A random source that gives the same for the same seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * A run as the same host would give it at another time: other dates, ids, request ids, lengths of texts and
 * lists, and latencies that scatter as on a network. Fingerprints are those of what was changed.
 */
export function askedAgain(run: Run, at: Date, seed: number): Run {
  const next = random(seed);
  return {
    ...begunAt(run, at),
    operations: run.operations.map((capability) => {
      const factor = 40 * Math.exp((next() + next() + next() - 1.5) * 0.5);
      const scale = (ms: number) => Math.round((ms + 5) * factor) / 10;
      const exchanges = capability.exchanges.map((exchange) => {
        const bodyShape = otherData(exchange.bodyShape as Json, next);
        return {
          ...exchange,
          at: new Date(at.getTime() + Math.floor(next() * 1000)).toISOString(),
          url: exchange.url.replaceAll(/\d+$/g, () => String(Math.floor(next() * 1e6))),
          responseHeaders: { ...exchange.responseHeaders, 'x-request-id': String(next()) },
          bodyShape,
          durationMs: scale(exchange.durationMs),
          fingerprint: fingerprintOf({
            status: exchange.status,
            failure: exchange.failure,
            errorType: exchange.responseHeaders['x-amzn-errortype'],
            message: exchange.message,
            shape: bodyShape,
          }),
        };
      });
      const { latencyMs } = capability;
      return {
        ...capability,
        exchanges,
        latencyMs: latencyMs && {
          min: scale(latencyMs.min),
          p50: scale(latencyMs.p50),
          max: scale(latencyMs.max),
        },
      };
    }),
  };
}

/** The same run, begun at another time. */
export function begunAt(run: Run, at: Date): Run {
  return {
    ...run,
    id: runId(at, run.target),
    startedAt: at.toISOString(),
    finishedAt: new Date(at.getTime() + 1500).toISOString(),
  };
}

/** The same shape with other lengths and counts. An empty list stays empty. */
function otherData(shape: Json, next: () => number): Json {
  if (typeof shape === 'string') {
    return shape
      .replace(/^×([1-9]\d*)$/, () => `×${1 + Math.floor(next() * 40)}`)
      .replace(/string \d+(\.\.\d+)?/, () => {
        const least = 1 + Math.floor(next() * 9);
        return `string ${least}..${least + Math.floor(next() * 30)}`;
      });
  }
  if (isArray(shape)) return shape.map((part) => otherData(part, next));
  if (!isObject(shape)) return shape;
  return Object.fromEntries(Object.entries(shape).map(([name, member]) => [name, otherData(member, next)]));
}

/** The run with one operation changed, and its totals as they are then. */
export function withOperation(run: Run, id: string, change: (operation: Capability) => Capability): Run {
  if (!run.operations.some((operation) => operation.id === id)) throw new Error(`the run has no ${id}`);
  return withOperations(
    run,
    run.operations.map((operation) => (operation.id === id ? change(operation) : operation)),
  );
}

/** The run of the operations whose names are like this. */
export function onlyOperations(run: Run, name: RegExp): Run {
  return withOperations(
    run,
    run.operations.filter(({ id }) => name.test(id)),
  );
}

/** The run with these operations, and its totals as they are then. */
export function withOperations(run: Run, operations: Capability[]): Run {
  return {
    ...run,
    operations,
    totals: Object.fromEntries(
      OUTCOMES.map((outcome) => [outcome, operations.filter((one) => one.outcome === outcome).length]),
    ),
  };
}

/** The operation as it is when it is refused. */
export function refused(
  operation: Capability,
  how: { status: number } & Required<Pick<Capability, 'outcome' | 'layer' | 'cause'>>,
): Capability {
  const { status, ...verdict } = how;
  const message = `${how.cause} of the ${how.layer}`;
  const bodyShape = { message: `string ${message.length}..${message.length}` };
  return {
    ...operation,
    ...verdict,
    confidence: 'certain',
    explanation: `It is refused: ${message}.`,
    statuses: [status],
    findings: [],
    exchanges: operation.exchanges.slice(0, 1).map((exchange) => ({
      ...exchange,
      status,
      message,
      bodyShape,
      fingerprint: fingerprintOf({
        status,
        failure: undefined,
        errorType: exchange.responseHeaders['x-amzn-errortype'],
        message,
        shape: bodyShape,
      }),
    })),
  };
}

/** Writes runs to a folder under the names that they have there. @returns their paths */
export async function writeRuns(folder: string, runs: readonly Run[]): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    runs.map(async (run) => {
      const file = join(folder, `${run.id}.json`);
      await writeFile(file, JSON.stringify(run));
      return file;
    }),
  );
}

/** Each day at the same hour, from a first day on. */
export function night(number: number): Date {
  return new Date(Date.UTC(2026, 1, 1 + number, 9, 0, 0));
}
