import { settleFindings } from '../checks/stated/waive.js';
import { asError } from '../problem.js';
import type { Finding } from '../verdict/verdict.js';
import { capabilityOf } from './capability.js';
import { checkAccess, together } from './check-access.js';
import { checkReads, type Checking } from './check-reads.js';
import { investigate, type Investigation } from './investigate.js';
import { judge } from './judge.js';
import { FAILED_ON_IT, type Observation } from './observation.js';
import type { Capability } from '../record/run.js';

/** Asks what it takes to judge the observations of one address, and judges them, each for itself. */
export async function judgeAll(
  observations: readonly Observation[],
  investigation: Investigation,
  checking: Checking,
): Promise<Capability[]> {
  const { target, signatures, onFault, asking } = checking;
  const settled = settling(checking);
  const investigated = target.serve === 'mock' ? undefined : await investigate(observations, investigation);
  const checked = together([
    await checkReads(observations, investigation, checking),
    ...(await checkAccess(observations, checking)),
    ...asking.lived,
  ]);
  return observations
    .filter(({ step }) => !step.supporting)
    .map((observation) => {
      if (!observation.asked) return capabilityOf(observation, undefined);
      try {
        const { id } = observation.step.operation;
        return judge(
          settled(observation, id),
          {
            investigated: investigated?.get(id),
            checked: settled(checked.get(id), id),
          },
          investigation,
          signatures,
        );
      } catch (error) {
        onFault(asError(error));
        return capabilityOf({ step: observation.step, asked: false, why: FAILED_ON_IT }, undefined);
      }
    });
}

/** Gives the findings of an operation the severity that somebody has said, and marks those that are accepted for now. */
function settling({ plan, startedAt }: Checking) {
  const today = startedAt.toISOString().slice(0, 10);
  return <Holder extends { findings: Finding[] } | undefined>(holder: Holder, operation: string): Holder =>
    holder && { ...holder, findings: settleFindings(holder.findings, plan.settings, { operation, today }) };
}
