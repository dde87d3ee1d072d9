import type { Exchange } from '../../exchange/exchange.js';
import type { ContractFacts } from '../../contract/facts.js';
import { factsOfEvidence } from '../../record/codes.js';
import type { Capability } from '../../record/run.js';

/** What the contract promises of an operation, and whether the status that came is among it. */
export function documentedText(
  operation: Capability,
  exchange: Exchange | undefined,
  facts: ContractFacts | undefined,
): string {
  const described = facts?.operations.get(operation.id)?.operation;
  if (!described) return 'The contract at hand does not describe this operation.';
  const statuses = Object.keys(described.responses);
  const promised = `“${described.summary ?? operation.operationId}”, with the answers ${statuses.join(', ')}.`;
  const status = exchange?.status;
  if (status === null || status === undefined || listed(status, statuses) !== undefined) return promised;
  return `${promised} ${status} is not among them.`;
}

/** What it means here that a failure is one of the documented answers; nothing where it is none. */
export function documentedFailure(
  operation: Capability,
  exchange: Exchange | undefined,
  facts: ContractFacts | undefined,
): string[] {
  const responses = facts?.operations.get(operation.id)?.operation.responses ?? {};
  const status = exchange?.status ?? 0;
  const found = status < 400 ? undefined : listed(status, Object.keys(responses));
  if (found === undefined) return [];
  const description = responses[found]?.description.trim().replace(/\.$/, '') ?? '';
  return [`${found} is documented as “${description}”. ${meaningHere(operation)}`];
}

function listed(status: number, statuses: readonly string[]): string | undefined {
  return statuses.find((one) => one === String(status) || one === `${String(status).charAt(0)}XX`);
}

function meaningHere(operation: Capability): string {
  if (operation.outcome === 'broken')
    return 'A documented failure is still a failure: we ask why it occurs now.';
  if (factsOfEvidence(operation, 'unknown-path-same'))
    return 'Here it only shows that the host does not know the path: a made-up path gets the same answer.';
  return operation.outcome === 'denied'
    ? 'Here it comes although the same credentials work elsewhere: if that is intended, please tell us what it takes to be allowed.'
    : 'The documentation does not say why it occurs here, where a success was expected.';
}
