import type { Expectations } from '../record/expected.js';
import type { Capability, Run } from '../record/run.js';
import { provedAnything } from '../record/success.js';
import { usefulness } from '../record/proof.js';
import type { Difference, Drift, NotCompared } from './change.js';
import type { Needs } from '../impact/needs.js';
import { byEffect, effectOf } from './effect.js';
import { evidenceOf } from '../impact/state.js';
import { describeState } from './state.js';

/** What a run does otherwise than it was expected to. A defect that is known and accepted is no drift. */
export function driftFromExpected(run: Run, expectations: Expectations, name: string, needs: Needs): Drift {
  const today = run.startedAt.slice(0, 10);
  const differences: Difference[] = [];
  const notCompared: NotCompared[] = [];
  let compared = 0;
  const evidence = evidenceOf(run);
  const proved = provedAnything(run);
  for (const capability of run.operations) {
    if (!proved) {
      notCompared.push({ target: run.target, operation: capability.id, why: 'the run proved nothing' });
      continue;
    }
    const expected = expectations.of(capability, run.policy.writes, today);
    if (expected === null) {
      notCompared.push({
        target: run.target,
        operation: capability.id,
        why: `not asked: ${capability.explanation}`,
      });
      continue;
    }
    compared += 1;
    if (!expected.met) differences.push(difference(capability, expected));
  }
  return {
    base: name,
    head: run.id,
    changes: differences
      .map((found) => ({
        ...found,
        target: run.target,
        effect: effectOf(found, needs, (operation) => evidence(operation) === 'fails'),
      }))
      .sort(byEffect(needs)),
    unsteady: [],
    notCompared,
    compared,
  };
}

function difference(capability: Capability, expected: NonNullable<Capability['expected']>): Difference {
  const { id: operation } = capability;
  const { outcome, cause, code, because } = expected;
  const from = outcome === 'works' || cause === undefined ? outcome : `${outcome} (${cause})`;
  const to = describeState(capability);
  if (capability.outcome !== outcome) {
    // What was expected was asked in the same manner; where it stands for a refusal the layer does not matter.
    const before = usefulness({
      outcome,
      manner: capability.manner ?? 'plain',
      ...(cause === 'token-invalid' ? { layer: 'token' as const } : {}),
    });
    const gain = usefulness(capability) - before;
    return { operation, kind: gain > 0 ? 'better' : gain < 0 ? 'worse' : 'different', from, to };
  }
  return {
    operation,
    kind: code === 'finding-new' ? 'finding-new' : 'different',
    from,
    to: because === undefined ? to : `${to}: ${because}`,
  };
}
