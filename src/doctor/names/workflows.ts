import { planFlows } from '../../workflow/plan.js';
import { errorOf, problemsOf, type Found } from '../line.js';
import type { Parts } from './index.js';

/** What workflows name of the contract and of one another, and that is not there. Only `conform suites` plans them. */
export function misnamedInWorkflows({
  contract,
  workflows = [],
}: Pick<Parts, 'contract' | 'workflows'>): Found[] {
  if (!contract) return [];
  return problemsOf(() => planFlows(workflows, contract)).map((problem) => errorOf(problem));
}
