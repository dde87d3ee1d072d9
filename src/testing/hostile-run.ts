import type { Contract } from '../contract/contract.js';
import type { Exchange } from '../exchange/exchange.js';
import type { Capability, Run } from '../record/run.js';
import { capability, runOf } from './runs.js';

const OUTCOMES = ['works', 'broken', 'unrouted', 'deviates', 'denied', 'skipped'] as const;

/** A run of the operations of a contract that holds a text wherever a run file can hold one. */
export function hostileRun(text: string, contract: Contract): Run {
  const operations = contract.operations.map((operation, index) =>
    operationOf(text, operation, OUTCOMES[index % OUTCOMES.length] ?? 'works'),
  );
  return runOf(operations, {
    id: text,
    target: text,
    world: text,
    tool: { name: text, version: text },
    contract: {
      ...{ title: text, version: text, sha256: contract.sha256, operations: operations.length },
      repairs: [{ kind: text, what: text, file: text, line: 1, assumed: text }],
    },
    unproven: [{ operation: text, why: text, lastProven: text }],
    left: [{ operation: text, why: text, journal: true }],
  });
}

function operationOf(
  text: string,
  { id, operationId, tag }: Contract['operations'][number],
  outcome: Capability['outcome'],
): Capability {
  const isRefused = outcome !== 'works' && outcome !== 'deviates' && outcome !== 'skipped';
  return capability({
    ...{ id, operationId, tag, outcome, explanation: text, fix: text, evidence: [text], definition: text },
    expected: {
      ...{ outcome: 'works', met: outcome === 'works', because: text },
      accepted: { reason: text, owner: text, until: text, ticket: text },
    },
    ...(isRefused ? { layer: 'application', cause: 'crashed', confidence: 'certain' } : {}),
    ruledOut: [{ cause: text, because: text }],
    findings:
      outcome === 'deviates'
        ? [{ check: text, severity: 'error', message: text, pointer: text, exchange: 0 }]
        : [],
    checks: [{ id: text, result: 'inconclusive', why: text, code: 'not-its-turn' }],
    exchanges:
      outcome === 'skipped'
        ? []
        : [exchangeOf(text, 'operation'), exchangeOf(text, 'control'), exchangeOf(text, 'variant')],
  });
}

function exchangeOf(text: string, role: Exchange['role']): Exchange {
  return {
    ...{ at: text, role, purpose: text, method: text, url: `https://api.shop.example/${text}` },
    requestHeaders: ['authorization', 'content-type', text],
    status: 500,
    responseHeaders: { [text]: text, 'x-request-id': text, 'x-replica-standing': text },
    bodyShape: { [text]: text },
    ...{ message: text, text, failure: text, fingerprint: text, durationMs: 2, curl: text },
  };
}
