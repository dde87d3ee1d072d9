import { expect, test } from 'vitest';
import { flowRunner } from '../testing/flows.js';
import { readMutations } from '../testing/mutated-worlds.js';
import { resultOf, type FlowOutcome } from './outcome.js';

// Each flow on each mutated world takes minutes: mutated.long.test.ts.

const { flows, world, go } = await flowRunner('spec');

test('in the newest world no flow fails', async () => {
  expect(failed(await go(flows, world))).toEqual([]);
});

test.each(await readMutations(world, 'flows.yaml'))('a flow sees it: $what', async ({ mutated }) => {
  expect(failed(await go(flows, mutated))).not.toEqual([]);
});

function failed(outcomes: readonly FlowOutcome[]): string[] {
  return outcomes.filter((outcome) => resultOf(outcome) === 'failed').map(({ flow }) => flow);
}
