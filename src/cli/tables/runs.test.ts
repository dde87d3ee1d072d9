import { expect, test } from 'vitest';
import type { Capability } from '../../run/run.js';
import { exchangeOf } from '../../testing/host.js';
import { capability, runOf } from '../../testing/runs.js';
import { printed } from '../../testing/printed.js';
import { printRuns } from './runs.js';

type Finding = Capability['findings'][number];

const THING: Finding = {
  ...{ check: 'answer/body-schema', code: 'required', facts: { member: 'name' }, exchange: 0 },
  ...{ severity: 'error', message: 'the required member “name” is missing' },
};
const OWN: Finding = {
  ...THING,
  facts: { member: 'size' },
  message: 'the required member “size” is missing',
};

const deviating = (id: string, findings: Finding[], met = false): Capability =>
  capability({ id, outcome: 'deviates', findings, expected: { outcome: met ? 'deviates' : 'works', met } });

/** What is printed of a run. */
function shown(...operations: Capability[]): string {
  return printed((io) => {
    printRuns([runOf(operations)], io);
  });
}

test('what breaks several operations for one cause is printed once, with three of them', () => {
  const ids = ['/a', '/b', '/c', '/d'].map((path) => `GET ${path}`);
  const text = shown(...ids.map((id) => deviating(id, [THING])));
  expect(text.match(/the required member “name” is missing/g)).toHaveLength(1);
  expect(text.match(/not as expected {2}(.*)/g)).toEqual(['not as expected  4 operations, for one cause']);
  expect(text).toContain('Promised: A body can be read');
  expect(text).toContain('GET /a, GET /b, GET /c and 1 more');
});

test('an operation that is wrong in a way of its own is printed with that way', () => {
  const text = shown(deviating('GET /a', [THING]), deviating('GET /b', [THING, OWN]));
  expect(text.match(/not as expected {2}(.*)/g)).toEqual([
    'not as expected  GET /b',
    'not as expected  2 operations, for one cause',
  ]);
  expect(text.match(/the required member “(name|size)” is missing/g)).toHaveLength(2);
});

test('what is known at every operation is no headline', () => {
  expect(shown(deviating('GET /a', [THING], true), deviating('GET /b', [THING], true))).not.toContain(
    'not as expected',
  );
});

test('a warning that says the same of several operations is printed once, and one that says something else by itself', () => {
  const ending = (id: string, date: string): Capability =>
    capability({
      id,
      findings: [
        {
          ...{ check: 'answer/end-announced', code: 'ends', facts: { date }, exchange: 0 },
          ...{ severity: 'warning', message: `it ends on ${date}` },
        },
      ],
    });
  const text = shown(
    ending('GET /a', '2026-12-31'),
    ending('GET /b', '2027-06-30'),
    ending('GET /c', '2026-12-31'),
  );
  expect(text.match(/warning {2}.*\n.*/g)).toEqual([
    'warning  GET /a and 1 more\n      answer/end-announced: it ends on 2026-12-31',
    'warning  GET /b\n      answer/end-announced: it ends on 2027-06-30',
  ]);
});

test('what failed and then worked is printed as flaky', () => {
  const exchanges = [exchangeOf({ status: 500 }), exchangeOf()];
  expect(shown(capability({ id: 'GET /a', exchanges }))).toContain(
    'flaky: GET /a: 500, and worked when it was asked again',
  );
  expect(shown(capability({ id: 'GET /a' }))).not.toContain('flaky');
});
