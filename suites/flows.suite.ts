import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { couldChange, type Flow } from '../src/workflow/flow.js';
import { LEAVES_NOTHING, type StepOutcome } from '../src/workflow/outcome.js';
import { runFlow } from '../src/workflow/run.js';
import type { Stage } from '../src/workflow/stage.js';
import { live, NOT_LIVE } from './live-target.js';

/*
 * The flows of the spec folder, step after step, live: what one answer gives has to fit the next request. Each flow is
 * run once; its sentences say what came.
 */

afterAll(() => live?.close());

if (live) for (const flow of live.flows) describeFlow(flow, live.stage);
else test.skip(`flows (${NOT_LIVE})`, () => undefined);

function describeFlow(flow: Flow, stage: Stage): void {
  describe(flow.title, () => {
    let steps: readonly StepOutcome[] = [];
    beforeAll(async () => {
      steps = (await runFlow(flow, stage)).steps;
    });
    const last = couldChange(flow) ? [{ id: '', sentence: LEAVES_NOTHING }] : [];
    for (const { id, sentence } of [...flow.steps, ...last]) {
      test(sentence, ({ skip }) => {
        const came = steps.find(({ step }) => step === id);
        if (!came) skip('it has created nothing that has to be removed');
        else if (came.result === 'failed') expect.fail(came.why);
        else if (came.result !== 'passed') skip(came.why);
      });
    }
  });
}
