import type { Checked } from '../checks/checked.js';
import type { Exchange } from '../exchange/exchange.js';
import { say } from '../verdict/sentences.js';
import { worded } from '../verdict/worded.js';
import type { Verdict } from '../verdict/verdict.js';
import type { AskedStep, Observation } from './observation.js';
import { proofOf, stateOf } from '../record/proof.js';
import type { Capability } from '../record/run.js';

/** What one operation does, from its exchanges and their verdict. */
export function capabilityOf(
  observation: Observation,
  judged: { verdict: Verdict; controls: readonly Exchange[]; checked?: Checked | undefined } | undefined,
): Capability {
  const { operation } = observation.step;
  const base = {
    id: operation.id,
    operationId: operation.operationId,
    tag: operation.tag,
    safe: operation.safe,
    manner: observation.step.manner,
    expected: null,
  };
  if (!observation.asked || !judged) {
    return {
      ...base,
      outcome: 'skipped',
      proof: 'nothing',
      explanation: observation.asked
        ? 'It was asked, but the run ended before it was judged.'
        : sentence(observation.why),
      evidence: [],
      ruledOut: [],
      statuses: [],
      latencyMs: null,
      findings: [],
      exchanges: observation.asked ? [] : (observation.looks ?? []),
    };
  }
  const { verdict, controls, checked } = judged;
  const own = [...observation.before, observation.exchange];
  const before = [...own, ...(observation.after ?? []), ...controls];
  const state = stateOf({ ...verdict, manner: base.manner, findings: observation.findings });
  return {
    ...base,
    ...worded(flakiness(observation, state === 'expected refusal' ? withoutFix(verdict) : verdict)),
    proof: proofOf({ ...verdict, manner: base.manner, findings: observation.findings }),
    statuses: [...new Set(own.flatMap(({ status }) => status ?? []))],
    latencyMs: latencies(own),
    findings: [
      ...observation.findings.map((finding) => ({ ...finding, exchange: own.length - 1 })),
      ...(checked?.findings ?? []).map(({ exchange, exchanges, ...one }) => ({
        ...one,
        exchange: before.length + exchange,
        ...(exchanges ? { exchanges: exchanges.map((index) => before.length + index) } : {}),
      })),
    ],
    exchanges: [...before, ...(checked?.exchanges ?? [])],
    ...(checked ? { checks: checked.results } : {}),
  };
}

/** A refusal that we have provoked needs no fix: what we sent was wrong on purpose. */
function withoutFix(verdict: Verdict): Verdict {
  const rest = { ...verdict };
  delete rest.fix;
  return rest;
}

/** A success at the second try is no clean success: the first try is reported. What came each time is steady. */
function flakiness({ before, exchange }: AskedStep, verdict: Verdict): Verdict {
  if (before.every(({ status, failure }) => status === exchange.status && failure === exchange.failure))
    return verdict;
  const first = before.map(({ status, failure }) => status ?? failure ?? '').join(', ');
  return { ...verdict, evidence: [...verdict.evidence, say('unsteady', { before: first })] };
}

function latencies(exchanges: readonly Exchange[]): Capability['latencyMs'] {
  const sorted = exchanges.map(({ durationMs }) => durationMs).sort((one, other) => one - other);
  const min = sorted[0];
  const max = sorted.at(-1);
  const p50 = sorted[Math.floor((sorted.length - 1) / 2)];
  return min === undefined || max === undefined || p50 === undefined ? null : { min, p50, max };
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.$/, '')}.`;
}
