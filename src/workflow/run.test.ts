import { expect, test } from 'vitest';
import { flowRunner } from '../testing/flows.js';
test('boats', async () => {
  const { run, world } = await flowRunner('examples/boats');
  console.log(JSON.stringify(await run(world), null, 1));
  console.log(JSON.stringify(await run(world, 'route'), null, 1));
  expect(1).toBe(1);
});
