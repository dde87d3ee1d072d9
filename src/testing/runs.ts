import type { ContractFacts } from '../contract/facts.js';
import type { ReportInput } from '../documents/formats/format.js';
import type { Capability, Run } from '../record/run.js';
import { OUTCOMES } from '../verdict/causes.js';

/** An operation as a run shows it; what is not given is that of one that works. */
export function capability(given: Partial<Capability> & { id: string }): Capability {
  return {
    operationId: given.id.replaceAll(/\W+/g, '_'),
    tag: 'things',
    safe: true,
    outcome: 'works',
    expected: { outcome: 'works', met: (given.outcome ?? 'works') === 'works' },
    explanation: 'It does what the contract says.',
    evidence: [],
    ruledOut: [],
    statuses: [200],
    latencyMs: { min: 1, p50: 2, max: 3 },
    findings: [],
    exchanges: [
      {
        at: '2026-02-26T17:40:00.123Z',
        role: 'operation',
        method: given.id.split(' ')[0] ?? 'GET',
        url: `https://api.shop.example${given.id.split(' ')[1] ?? '/'}`,
        requestHeaders: ['accept', 'authorization'],
        status: 200,
        responseHeaders: { 'content-type': 'application/json' },
        bodyShape: { id: 'string 4' },
        fingerprint: '0123456789abcdef',
        durationMs: 2,
        curl: 'curl -i "$BASE_URL/" -H "Authorization: Bearer $TOKEN"',
      },
    ],
    ...given,
  };
}

/** A run with these operations. */
export function runOf(operations: Capability[], given: Partial<Run> = {}): Run {
  return {
    format: 'conform-run/1',
    id: '20260226T174000Z-live',
    target: 'live',
    startedAt: '2026-02-26T17:40:00.000Z',
    finishedAt: '2026-02-26T17:40:01.500Z',
    tool: { name: 'conform', version: '0.0.0' },
    contract: {
      title: 'Shop',
      version: '7',
      sha256: '0'.repeat(64),
      operations: operations.length,
      repairs: [],
    },
    policy: { writes: 'route', requestsPerSecond: 100 },
    totals: Object.fromEntries(
      OUTCOMES.map((outcome) => [outcome, operations.filter((one) => one.outcome === outcome).length]),
    ),
    complete: true,
    unproven: [],
    operations,
    ...given,
  };
}

/** A report of one run and its contract alone: no consumers, no earlier runs. */
export function reportOf(run: Run, contract?: ContractFacts): ReportInput {
  return {
    runs: [run],
    contract,
    features: [],
    histories: new Map(),
    past: new Map(),
    coverages: new Map(),
    turns: new Map(),
    gates: new Map(),
    bench: undefined,
  };
}
