import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from './turns.js';

/** Work that takes a while, and notes its begin and end. */
function noting(log: string[], name: string, fails = false) {
  return async (): Promise<string> => {
    log.push(`${name} begins`);
    for (let round = 0; round < 5; round += 1) await setImmediate();
    log.push(`${name} ends`);
    if (fails) throw new Error(name);
    return name;
  };
}

test('reads go together, and what could change something goes alone', async () => {
  const log: string[] = [];
  const turns = createTurns();
  const came = await Promise.all([
    turns.together(noting(log, 'read 1')),
    turns.together(noting(log, 'read 2')),
    turns.alone(noting(log, 'write 1')),
    turns.alone(noting(log, 'write 2')),
    turns.together(noting(log, 'read 3')),
  ]);
  expect(came).toEqual(['read 1', 'read 2', 'write 1', 'write 2', 'read 3']);
  for (const write of ['write 1', 'write 2']) {
    expect(log.indexOf(`${write} ends`) - log.indexOf(`${write} begins`)).toBe(1);
  }
  const apart = log.indexOf('read 1 ends') - log.indexOf('read 1 begins');
  expect(apart).toBeGreaterThan(1);
});

test('whoever fails lets the others go on', async () => {
  const log: string[] = [];
  const turns = createTurns();
  const came = await Promise.allSettled([
    turns.together(noting(log, 'read', true)),
    turns.alone(noting(log, 'write', true)),
    turns.together(noting(log, 'last')),
  ]);
  expect(came.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});

test('what goes alone waits for reads that are on their way', async () => {
  const log: string[] = [];
  const turns = createTurns();
  const read = turns.together(noting(log, 'read'));
  await setImmediate();
  expect(log).toEqual(['read begins']);
  await Promise.all([read, turns.alone(noting(log, 'write'))]);
  expect(log).toEqual(['read begins', 'read ends', 'write begins', 'write ends']);
});
