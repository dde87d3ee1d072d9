import type { Checked } from '../checks/checked.js';
import type { Operation } from '../contract/operation.js';
import { asControlOf } from '../drive/seen.js';
import type { AbsentIds } from '../session/absent-ids.js';
import { diagnose } from '../verdict/diagnose.js';
import type { Credentials, Ids } from '../verdict/question.js';
import type { Signatures } from '../verdict/signatures.js';
import type { Verdict } from '../verdict/verdict.js';
import { capabilityOf } from './capability.js';
import type { Investigated, Investigation } from './investigate.js';
import type { AskedStep } from './observation.js';
import type { Capability } from '../record/run.js';

/** What the answer to one operation shows of it, with all that was asked further. */
export function judge(
  observation: AskedStep,
  { investigated: found, checked }: { investigated: Investigated | undefined; checked: Checked | undefined },
  { absent, takesCredentials }: Pick<Investigation, 'absent' | 'takesCredentials'>,
  signatures: Signatures,
): Capability {
  const { exchange, digest, redirect, isToken, token, findings, step, listing } = observation;
  const { operation } = step;
  const ids = idsIn(observation, absent);
  const verdict = diagnose(
    {
      answer: { exchange, digest, redirect },
      ...{ isToken, token, listing },
      findings: [...findings, ...(checked?.findings ?? [])],
      credentials: credentialsOf(operation, takesCredentials),
      isDescribed: describes(operation, exchange.status),
      ids,
      controls: found?.controls ?? {},
    },
    signatures.all,
  );
  const controls = found?.exchanges ?? [];
  // Nobody has promised that there is a thing by an example, so that there is none says nothing of the operation.
  if (ids === 'example' && (verdict.outcome === 'absent' || isOpen(verdict))) {
    const looks = [asControlOf(observation, 'example-id').exchange, ...controls];
    const why = 'no id of a thing is known, and there is none by the example of the contract';
    return capabilityOf({ step, asked: false, why, looks }, undefined);
  }
  return capabilityOf(observation, { verdict, controls, checked });
}

/** Whether the contract asks for credentials, or some are sent without that. */
function credentialsOf(
  operation: Operation,
  takesCredentials: Investigation['takesCredentials'],
): Credentials {
  if (operation.secured) return 'asked-for';
  return takesCredentials(operation) ? 'sent-unasked' : 'none';
}

/** Whether it is not known if a path is routed. */
function isOpen({ outcome, confidence }: Verdict): boolean {
  return outcome === 'unrouted' && confidence === 'possible';
}

/** Whether the contract has this status, or its class, among the answers of an operation. */
function describes({ responses }: Operation, status: number | null): boolean {
  const text = String(status);
  return [text, `${text.charAt(0)}XX`].some((one) => Object.hasOwn(responses, one));
}

/** What the path of a request names. */
function idsIn({ step, probe, listing, ids = [] }: AskedStep, absent: AbsentIds): Ids {
  if (!step.operation.path.includes('{')) return 'none';
  if (new URL(probe.request.url).pathname.split('/').some(absent.has)) return 'of-nothing';
  if (ids.some(({ origin }) => origin === 'contract example')) return 'example';
  return listing === undefined ? 'unlisted' : 'listed';
}
