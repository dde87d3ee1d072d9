import type { Contract } from '../contract/contract.js';
import type { Samples } from '../probe/samples.js';
import { planRun } from '../engine/plan.js';
import { Problem } from '../problem.js';
import { total } from '../session/budget.js';
import { rank } from '../session/gate.js';
import { chooseWritePolicy, limitsOf, UNLOCK, type WriteLimits } from '../session/policy.js';
import { addressed } from '../targets/addresses.js';
import type { Target } from '../targets/targets.js';
import { errorOf, ok, warning, type Found, type Line } from './line.js';

/** What `conform check` would ask of a target as it is set up, and how far writes may go there. */
export function examinePlan(
  target: Target,
  {
    contract,
    samples,
    targets,
    env,
  }: {
    contract: Contract;
    samples: Samples;
    targets: readonly Target[];
    /** The environment of the process; a file does not unlock anything. */
    env: Readonly<Record<string, string | undefined>>;
  },
): Line[] {
  const limits = limitsOf(target, targets, undefined);
  const lineOf = (name: string, found: Found): Line => ({
    group: 'plan',
    name,
    target: target.name,
    ...found,
  });
  try {
    const policy = chooseWritePolicy({ name: target.name, limits }, undefined, {});
    const place = addressed(contract, target);
    const plan = planRun(place.contract, place.target, policy, samples);
    const asked = plan.steps.filter(({ manner }) => manner !== 'not').length;
    return [
      lineOf(
        'requests',
        ok(
          `conform check would ask ${asked} of ${plan.steps.length} operations with writes “${policy}”: at most ${total(plan.budget)} requests`,
        ),
      ),
      lineOf('writes', lockOf(target, limits, env)),
    ];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return [lineOf('writes', errorOf(error, 2))];
  }
}

function lockOf(
  { name }: Target,
  { most, unlocked }: WriteLimits,
  env: Readonly<Record<string, string | undefined>>,
): Found {
  const without = `writes up to “${most}” can be asked for on the command line`;
  if (rank(unlocked) <= rank(most)) return ok(`${without}; nothing beyond is possible`);
  if (env[UNLOCK] === name) {
    return warning(
      `${without}; beyond, up to “${unlocked}”, they are unlocked by ${UNLOCK}`,
      `Unset ${UNLOCK} as soon as it is no longer needed.`,
    );
  }
  return ok(`${without}; beyond, up to “${unlocked}”, they are locked`);
}
