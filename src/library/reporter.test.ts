import { expect, test } from 'vitest';
import type { RunEvent } from '../engine/events.js';
import type { Problem } from '../problem.js';
import { isReporter, passOn } from './reporter.js';

const EVENT: RunEvent = { kind: 'asked', target: 'mock', operation: 'GET /things', done: 1, total: 2 };

test('every reporter hears of every event, whatever another one does', async () => {
  const heard: string[] = [];
  const faults: Problem[] = [];
  const { onEvent, settled } = passOn(
    [
      {
        name: 'throws',
        onEvent: () => {
          throw new Error('out of paper');
        },
      },
      { name: 'rejects', onEvent: () => Promise.reject(new Error('no network')) },
      { name: 'waits', onEvent: ({ kind }) => Promise.resolve().then(() => heard.push(`waited ${kind}`)) },
      { name: 'hears', onEvent: ({ kind }) => heard.push(kind) },
    ],
    (fault) => faults.push(fault),
  );
  onEvent(EVENT);
  onEvent(EVENT);
  await settled();
  expect(heard.sort()).toEqual(['asked', 'asked', 'waited asked', 'waited asked']);
  // One that has failed is left alone.
  expect(faults.map(({ message }) => message)).toEqual([
    'the reporter “throws” failed on “asked”: out of paper',
    'the reporter “rejects” failed on “asked”: no network',
  ]);
});

test.each([
  [{ name: 'a', onEvent: () => undefined }, true],
  [{ name: '', onEvent: () => undefined }, false],
  [{ name: 'a' }, false],
  [undefined, false],
])('a reporter has a name and a function: %o', (value, is) => {
  expect(isReporter(value)).toBe(is);
});
