import { afterEach, describe, expect, test } from 'vitest';
import { checkOn } from '../testing/checks.js';
import { answer } from '../testing/host.js';
import { check, failed, inconclusive, passed, type Check } from './check.js';
import { nameOf } from './fact.js';
import { addChecks, allPromises, readChecks, removeChecks } from './own.js';
import { jsonOf } from './subject.js';
import { settleChoices, type Choice } from './select.js';

afterEach(removeChecks);

const plain = check({
  id: 'own/plain',
  promise: 'It is plain.',
  source: { kind: 'practice', ref: 'ours' },
  since: '1.0.0',
  severity: 'error',
  asks: { atMost: 1 },
  messages: { 'not-plain': ({ what }) => `it says ${what}` },
  *run() {
    yield* [];
    return passed;
  },
});

test('an added check is chosen, listed and left out as all others are', () => {
  addChecks([plain], 'mine.js');
  expect(readChecks().map(({ id }) => id)).toContain('own/plain');
  expect(allPromises().at(-1)?.promise).toBe('It is plain.');
  const ids = (choice: Choice) => settleChoices(choice).reads.map(({ id }) => id);
  expect(ids({ on: ['own/*'] })).toEqual(['own/plain']);
  expect(ids({ on: ['all'] })).toContain('own/plain');
  expect(ids({ on: ['all'], off: ['own/plain'] })).not.toContain('own/plain');
});

test('the same check may be added twice, another of its name may not', () => {
  addChecks([plain], 'mine.js');
  addChecks([plain], 'mine.js');
  expect(() => {
    addChecks([{ ...plain }], 'yours.js');
  }).toThrow('there are two checks “own/plain”');
  removeChecks();
  expect(() => {
    addChecks([plain, { ...plain }], 'mine.js');
  }).toThrow('there are two checks “own/plain”');
  expect(readChecks()).not.toContain(plain);
});

test.each<[what: string, given: unknown, message: string]>([
  ['nothing', undefined, 'no usable “id”'],
  ['the name of a check of ours', { ...plain, id: 'list/page-size' }, 'no usable “id”'],
  ['a name with more before it', { ...plain, id: 'my-own/plain' }, 'no usable “id”'],
  ['a name with more behind it', { ...plain, id: 'own/plain text' }, 'no usable “id”'],
  ['a name that is no text', { ...plain, id: { toString: () => 'own/plain' } }, 'no usable “id”'],
  ['a promise that is no text', { ...plain, promise: 7 }, 'no usable “promise”'],
  ['a source that is none', { ...plain, source: null }, 'no usable “source”'],
  ['a version that is no text', { ...plain, since: 1 }, 'no usable “since”'],
  ['no promise', { ...plain, promise: '' }, 'no usable “promise”'],
  ['a severity that is none', { ...plain, severity: 'fatal' }, 'no usable “severity”'],
  ['no end of requests', { ...plain, asks: { atMost: 1000 } }, 'no usable “asks”'],
  ['fewer requests than none', { ...plain, asks: { atMost: -1 } }, 'no usable “asks”'],
  ['a part of a request', { ...plain, asks: { atMost: 0.5 } }, 'no usable “asks”'],
  ['one request too much', { ...plain, asks: { atMost: 13 } }, 'no usable “asks”'],
  ['a number of requests that is none', { ...plain, asks: { atMost: '1' } }, 'no usable “asks”'],
  ['no messages', { ...plain, messages: undefined }, 'no usable “messages”'],
  ['nothing that runs', { ...plain, run: 'later' }, 'no usable “run”'],
])('what is no check is refused: %s', (_, given, message) => {
  expect(() => {
    addChecks([given], 'mine.js');
  }).toThrow(message);
});

describe('what an added check says holds no value of an answer', () => {
  const NAME = 'Jo Invented';
  const LATER = 'Al Invented';
  const hostOf = () => {
    let asked = 0;
    return () => answer(200, { name: asked++ === 0 ? NAME : LATER, age: 30012 });
  };
  const on = async (given: Check) => {
    addChecks([given], 'mine.js');
    const added = readChecks().find(({ id }) => id === given.id);
    if (!added) throw new Error('it was not added');
    return checkOn(added, { paths: '/things: { get: {} }', operation: 'GET /things', host: hostOf() });
  };

  test('a fact of the answer that the run has', async () => {
    const { messages } = await on({
      ...plain,
      *run({ body }) {
        yield* [];
        return failed('not-plain', { what: nameOf(`“${JSON.stringify(body)}”`) });
      },
    });
    expect(messages.join()).toContain('it says');
    expect(messages.join()).not.toContain(NAME);
    expect(messages.join()).not.toContain('30012');
  });

  test('a fact of an answer that the check has asked for', async () => {
    const { messages } = await on({
      ...plain,
      *run({ request }) {
        const { reply } = yield request.same('again', { fresh: true });
        const body = reply.kind === 'answer' ? JSON.stringify(jsonOf(reply)) : '';
        return failed('not-plain', { what: nameOf(body) });
      },
    });
    expect(messages).toHaveLength(1);
    expect(messages.join()).not.toContain(LATER);
  });

  test('the reason why it was not found out', async () => {
    const whys: string[] = [];
    addChecks(
      [
        {
          ...plain,
          *run({ body }: { body: unknown }) {
            yield* [];
            return inconclusive(JSON.stringify(body));
          },
        },
      ],
      'mine.js',
    );
    const [added] = readChecks().filter(({ id }) => id === plain.id);
    const noting: Check = {
      ...plain,
      *run(subject) {
        const result = yield* added?.run(subject) ?? plain.run(subject);
        if ('kind' in result && result.kind === 'inconclusive') whys.push(result.why);
        return result;
      },
    };
    await checkOn(noting, { paths: '/things: { get: {} }', operation: 'GET /things', host: hostOf() });
    expect(whys.join()).toContain('…');
    expect(whys.join()).not.toContain(NAME);
  });
});

test.each<[what: string, given: Partial<Check>]>([
  ['no request', { asks: { atMost: 0 } }],
  ['as many requests as may be', { asks: { atMost: 12 } }],
  ['warnings only', { severity: 'warning' }],
])('a check with %s is one', (_, given) => {
  addChecks([{ ...plain, ...given }], 'mine.js');
  expect(readChecks().at(-1)).toMatchObject({ id: 'own/plain', ...given });
});

test('what is refused is said with the file that it came from, and with what it has to be', () => {
  const add =
    (...given: unknown[]) =>
    () => {
      addChecks(given, 'mine.js');
    };
  expect(add({ ...plain, promise: '' })).toThrow(
    expect.objectContaining({
      message: 'a check has no usable “promise”: it has to be a sentence',
      place: { file: 'mine.js' },
    }),
  );
  expect(add(plain, { ...plain })).toThrow(expect.objectContaining({ place: { file: 'mine.js' } }));
});

test('two checks of different names may be added at once', () => {
  addChecks([plain, { ...plain, id: 'own/other' }], 'mine.js');
  expect(
    readChecks()
      .slice(-2)
      .map(({ id }) => id),
  ).toEqual(['own/plain', 'own/other']);
});
