import { expect, test } from 'vitest';
import { NotApplicable } from '../drive/drive.js';
import type { Json } from '../json.js';
import type { Answer, Reply } from '../targets/reply.js';
import { subjectOn } from '../testing/checks.js';
import { answer, exchangeOf, seenOf, silence } from '../testing/host.js';
import { check, failed, inconclusive, passed, type Result } from './check.js';
import { count, nameOf } from './fact.js';
import { guarded } from './own-guard.js';

/** What is let through of what a check says that has heard this answer, and has asked once more where there is another. */
async function saying(result: Result | NotApplicable, own: Answer, later?: Reply) {
  const given = check({
    id: 'own/saying',
    promise: 'It is kept.',
    source: { kind: 'practice', ref: 'ours' },
    since: '1.0.0',
    severity: 'error',
    asks: { atMost: 1 },
    messages: { wrong: () => 'it is wrong' },
    *run({ request }) {
      if (later) yield request.same('again');
      return result;
    },
  });
  const { subject } = await subjectOn({
    ...{ paths: '/things: { get: {} }', operation: 'GET /things', host: () => own },
  });
  const run = guarded(given).run(subject);
  const first = run.next();
  const last = later && !first.done ? run.next(seenOf(exchangeOf(), { reply: later })) : first;
  return last.value;
}

/** The reason that is shown where a check says this of an answer. */
async function shown(why: string, body: Json, ...later: Reply[]): Promise<unknown> {
  const came = await saying(inconclusive(why), answer(200, body), ...later);
  return 'why' in came ? came.why : came;
}

const TEXT = 'Ann Muster was here in 1999';

test('what a check says of no answer is let through as it is', async () => {
  const own = answer(200, { name: 'Ann Muster' });
  expect(await saying(passed, own)).toBe(passed);
  const absent = new NotApplicable('Ann Muster is none');
  expect(await saying(absent, own)).toBe(absent);
});

test.each<[body: Json, shown: string]>([
  [{ name: 'Ann Muster' }, '… was here in 1999'],
  [{ at: [{ name: 'Ann Muster' }, { year: 1999 }] }, '… was here in …'],
  [['here', 1999], 'Ann Muster was … in …'],
  // Whole values are hidden before parts of them.
  [{ part: 'Muster', name: 'Ann Muster' }, '… was here in 1999'],
  // Short ones are in many a sentence by chance.
  [{ part: 'Ann', other: 'was', place: 'here' }, 'Ann Muster was … in 1999'],
  [{ is: true, none: null, there: [], name: 'true' }, TEXT],
  [{}, TEXT],
])('of the answer %j the reason %s is shown', async (body, seen) => {
  expect(await shown(TEXT, body)).toBe(seen);
});

test('the words true and null are no values', async () => {
  expect(await shown('it is true, false or null', { a: true, b: false, c: null })).toBe(
    'it is true, false or null',
  );
});

test('of an answer that is no JSON each word is a value', async () => {
  expect(await shown('Ann Muster, ann@shop.example', 'Hello Muster <ann@shop.example>!')).toBe('Ann …, …');
});

test('values of what was asked for meanwhile are hidden as well', async () => {
  const later = answer(200, { name: 'Ann Muster' });
  expect(await shown(TEXT, {}, later)).toBe('… was here in 1999');
  expect(await shown(TEXT, {}, silence('ECONNRESET'))).toBe(TEXT);
});

test('a fact that is a name is hidden, and a number counts something', async () => {
  const facts = { name: nameOf('of Ann Muster'), times: count(1999) };
  const came = await saying(failed('wrong', facts, '/name'), answer(200, { name: 'Ann Muster', year: 1999 }));
  expect(came).toEqual({
    kind: 'failed',
    broken: [{ code: 'wrong', facts: { name: 'of …', times: 1999 }, pointer: '/name' }],
  });
});
