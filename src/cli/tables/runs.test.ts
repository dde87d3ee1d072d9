import { expect, test } from 'vitest';
import type { Capability } from '../../record/run.js';
import { exchangeOf } from '../../testing/host.js';
import { capability, reportOf, runOf } from '../../testing/runs.js';
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
    printRuns(reportOf(runOf(operations)), false, io);
  });
}

/** The head of each cause that is printed as not as expected, or as expected. */
function causes(text: string): string[] {
  return text.match(/^ {2}[^\d\s] [a-z].*operations?\b.*$/gm) ?? [];
}

test('the verdict comes first, and what is not as expected before what works', () => {
  const text = shown(deviating('GET /a', [THING]), capability({ id: 'GET /b' }));
  const lines = text.split('\n').filter((line) => line !== '');
  expect(lines[0]).toBe('live: NOT AS EXPECTED');
  expect(text.indexOf('Not as expected')).toBeLessThan(text.indexOf('Works  things 1/2'));
});

test('what breaks several operations for one cause is printed once, with three of them', () => {
  const ids = ['/a', '/b', '/c', '/d', '/e'].map((path) => `GET ${path}`);
  const text = shown(...ids.map((id) => deviating(id, [THING])));
  expect(text.match(/the required member “name” is missing/g)).toHaveLength(1);
  expect(causes(text)).toEqual([expect.stringMatching(/^ {2}≈ deviates, 5 operations {2}the vendor acts;/)]);
  expect(text).toContain('Promised: A body can be read');
  expect(text).toContain('GET /a, GET /b, GET /c and 2 more');
});

test('an operation that is wrong in a way of its own is printed with that way', () => {
  const text = shown(deviating('GET /a', [THING]), deviating('GET /b', [THING, OWN]));
  expect(causes(text)).toHaveLength(1);
  expect(text).toContain('also answer/body-schema: the required member “size” is missing');
});

test('what is known at every operation is not printed as unexpected', () => {
  const text = shown(deviating('GET /a', [THING], true), deviating('GET /b', [THING], true));
  expect(text).not.toMatch(/not as expected/i);
  expect(text).toContain('Fails as expected');
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
    ...['GET /a', 'GET /c', 'GET /d'].map((id) => ending(id, '2026-12-31')),
    ending('GET /b', '2027-06-30'),
  );
  expect(text.match(/warning {2}.*/g)).toEqual([
    'warning  GET /a and 2 more: answer/end-announced: it ends on 2026-12-31',
    'warning  GET /b: answer/end-announced: it ends on 2027-06-30',
  ]);
});

/** 300 operations that fail in 60 ways, and have 60 warnings. */
const MANY = Array.from({ length: 300 }, (_, index) => {
  const way = index % 60;
  const member = (severity: 'error' | 'warning', name: string): Finding => ({
    ...{ check: 'answer/body-schema', code: 'required', facts: { member: name }, exchange: 0, severity },
    message: `the required member “${name}” is missing from a thing that has many members`,
  });
  return deviating(`GET /v1/things-of-kind-${way}/{thing_id}/parts/${index}`, [
    member('error', `name${way}`),
    member('warning', `size${way}`),
  ]);
});

test.each([60, 80, 200])('300 operations take at most 100 lines of %i characters', (columns) => {
  const print = (isWhole: boolean) =>
    printed((io) => {
      printRuns(reportOf(runOf(MANY)), isWhole, io);
    }, columns).split('\n');
  const lines = print(false);
  expect(lines.length).toBeLessThanOrEqual(100);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(Math.min(columns, 140));
  expect(lines).toContainEqual(expect.stringMatching(/… and \d\d more causes/));
  expect(print(true).length).toBeGreaterThan(600);
});

test('what failed and then worked is printed as flaky', () => {
  const exchanges = [exchangeOf({ status: 500 }), exchangeOf()];
  expect(shown(capability({ id: 'GET /a', exchanges }))).toContain(
    'flaky: GET /a: 500, and worked when it was asked again',
  );
  expect(shown(capability({ id: 'GET /a' }))).not.toContain('flaky');
});
