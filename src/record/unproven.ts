import type { Capability } from './run.js';

/** An operation is proven when the run shows what it does with a good token and a valid request. */
export function whyUnproven(operation: Capability): { operation: string; why: string } | undefined {
  if (operation.outcome === 'skipped') return { operation: operation.id, why: operation.explanation };
  if (operation.proof === 'works-unchecked') {
    const unchecked = operation.findings.filter(({ inconclusive }) => inconclusive);
    return {
      operation: operation.id,
      why: `It works, but not all of it could be checked: ${unchecked.map(({ message }) => message).join('; ')}.`,
    };
  }
  const purpose = operation.exchanges.find(({ role }) => role === 'operation')?.purpose;
  if (purpose !== undefined && operation.outcome !== 'unrouted') {
    return { operation: operation.id, why: `It was asked ${purpose}; a real request was not made.` };
  }
  if (operation.confidence === 'possible') {
    return { operation: operation.id, why: 'The answer leaves several explanations open.' };
  }
  return undefined;
}
