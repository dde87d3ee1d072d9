import type { BenchResult, Loop, OpenRow, Row } from 'wellsky-conform/kit';
import { noAnswers } from '../bench/answers.js';
import { sumUp, type Evidence } from '../bench/verdict.js';

/** A loop that holds its target of 5 ms. */
const LOOP: Loop = {
  ...{ p50: 0.2, p90: 0.3, p95: 0.4, p99: 0.6, p999: 1.2, max: 1.4, floorP50: 0.1, floorOver: 0 },
  ...{ samples: 1000, wrong: 0, timedOut: 0, failed: 0, overTarget: 0, attempts: 1, judged: true },
  overTargetInterval: { low: 0, high: 0.004 },
  judgement: 'holds',
};

export function closedLoopOf(changes: Partial<Row> = {}): Row {
  const cell = { variant: 'own', rows: 19_101, mix: 'given', concurrency: 1, connection: 'kept' } as const;
  return { ...cell, ...LOOP, ratioToFloor: 2, ...changes };
}

export function openLoopOf(changes: Partial<OpenRow> = {}): OpenRow {
  return { variant: 'own', rows: 19_101, ratePerSecond: 500, unanswered: 0, ...LOOP, ...changes };
}

/** What is measured of a lookup that is right and fast; a change is what another lookup has in its place. */
export function evidenceOf(changes: Partial<Evidence> = {}): Evidence {
  return {
    rows: [closedLoopOf(), closedLoopOf({ concurrency: 16 })],
    openLoop: [openLoopOf()],
    edgeCases: [{ variant: 'own', name: 'anonymous', expected: null, named: null, right: true }],
    noise: [],
    target: { percentile: 'p99', ms: 5 },
    complete: true,
    truth: 'file',
    answers: { ...noAnswers(), asked: 30, named: 28, somebody: 28, found: 28 },
    unasked: 0,
    timeoutMs: 2000,
    ...changes,
  };
}

/** The result of a bench of the user's own function, with the verdict that its evidence has. */
export function benchResultOf(changes: Partial<Evidence> = {}): BenchResult {
  const evidence = evidenceOf(changes);
  const { verdict, cause, because } = sumUp(evidence, ['own']);
  return {
    format: 'conform-bench/1',
    id: '20260201T120000Z-0000',
    startedAt: '2026-02-01T12:00:00.000Z',
    finishedAt: '2026-02-01T12:00:05.000Z',
    tool: { name: 'conform', version: '0.0.0' },
    machine: { cpus: 2, model: 'a processor', node: 'v20.19.0', os: 'Linux' },
    engine: { kind: 'own-server', version: '15.18', authentication: 'as the server asks' },
    ...{ holds: verdict === 'holds', verdict, cause, because },
    judged: { variants: ['own'], connection: 'kept' },
    size: { rows: 19_101, exact: true, tables: [{ name: 'public.people', rows: 19_101, exact: true }] },
    ...{ cold: [], floors: [], timeParts: [], breakingPoints: [], plans: [], curves: [], notMeasured: [] },
    ...evidence,
  };
}
