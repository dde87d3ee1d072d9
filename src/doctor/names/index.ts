import type { Spec } from '../../spec/open.js';
import type { Found } from '../line.js';
import { misnamedInConsumers } from './consumers.js';
import { misnamedInExpected } from './expected.js';
import { misnamedInSamples } from './samples.js';
import { misnamedInTargets } from './targets.js';
import { misnamedInWorkflows } from './workflows.js';

/** What could be read of a spec folder. */
export type Parts = { dir: string } & Partial<
  Spec<'contract' | 'hosts' | 'samples' | 'consumers' | 'expected' | 'workflows'>
>;

/**
 * The names that parts of a spec folder use of one another, and that are not there. What would stop every command is
 * found by who reads the folder; these only have no effect, or the wrong one, and nobody would know.
 */
export async function misnamed(parts: Parts): Promise<Found[]> {
  return [
    ...misnamedInTargets(parts),
    ...(await misnamedInSamples(parts)),
    ...(await misnamedInExpected(parts)),
    ...misnamedInConsumers(parts),
    ...misnamedInWorkflows(parts),
  ];
}
