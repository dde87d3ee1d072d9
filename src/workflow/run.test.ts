import { expect, test } from 'vitest';
import { flowRunner } from '../testing/flows.js';
import { resultOf } from './outcome.js';
test('agency', async () => {
  const { run, world, worlds } = await flowRunner('spec');
  for (const w of worlds) {
    const t = process.cpuUsage();
    for (const o of await run(w)) {
      const r = resultOf(o);
      if (w !== world && r === 'passed') continue;
      console.log(
        w.date,
        r,
        o.flow,
        o.steps
          .filter((s) => s.result !== 'passed')
          .map((s) => `\n     ${s.result} ${s.step}: ${s.sentence}: ${'why' in s ? s.why : ''}`)
          .join(''),
      );
    }
    console.log(process.cpuUsage(t));
  }
  expect(1).toBe(1);
});
