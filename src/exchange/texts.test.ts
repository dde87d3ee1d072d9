import { describe, expect, test } from 'vitest';
import { createTextKeeper, type TextPattern } from './texts.js';
import { processorTime } from '../testing/processor-time.js';

const recognise = (patterns: readonly TextPattern[], text: string, status?: number) =>
  createTextKeeper(patterns).recognise([text], status);

describe('known error texts', () => {
  const patterns = [
    { id: 'missing', text: 'No {thing:\\w+} matches', status: [404] },
    { id: 'refused', text: 'No {thing} matches', status: ['4xx'] },
    { id: 'crashed', text: '…unexpected…', status: [500] },
  ];

  test('are shown without what varies in them', () => {
    expect(recognise(patterns, 'No Person matches', 404)).toMatchObject({
      id: 'missing',
      shown: 'No <thing> matches',
      parts: { thing: 'Person' },
    });
  });

  test('of several, one that comes with the status is preferred', () => {
    expect(recognise(patterns, 'No Person matches', 403)?.id).toBe('refused');
  });

  test('are known also under a status that nobody saw them with', () => {
    expect(recognise(patterns, 'something unexpected', 503)?.id).toBe('crashed');
    expect(recognise(patterns, 'all is well', 200)).toBeUndefined();
  });

  test('of several messages, one that says more than what everybody says is preferred', () => {
    const texts = createTextKeeper([
      { id: 'everybody', text: 'Authentication is required here', common: true },
      { id: 'somebody', text: 'Jwt is missing' },
    ]);
    expect(texts.recognise(['Authentication is required here', 'Jwt is missing'])?.id).toBe('somebody');
  });
});

describe('a known text is a whole message', () => {
  const patterns = (text: string) => [{ id: 'known', text }];

  test.each<[pattern: string, message: string]>([
    ['Forbidden', 'Forbidden'],
    ['Forbidden', 'forbidden.'],
    ['Forbidden', '  "Forbidden"  '],
    ['Not found.', 'Not found'],
    ['Server is down', 'Server\n  is down!'],
    ["You don't have permission", 'You don’t have permission'],
    ['Signature expired: {when}', 'Signature expired: 20260226T174000Z'],
    ['…has been retired', 'The first version has been retired.'],
    ['Missing key…', 'Missing key'],
    ['Missing key…', 'Missing key. Ask for one.'],
    ['Missing key…', 'Missing key\nand more'],
    ['token…expired', 'token of yesterday has expired'],
    ['token…expired', 'token expired'],
    ['…oauth.v2.Invalid', 'steps.oauth.v2.Invalid'],
  ])('“%s” is said by “%s”', (pattern, message) => {
    expect(recognise(patterns(pattern), message)?.id).toBe('known');
  });

  test.each<[what: string, pattern: string, message: string]>([
    ['inside of a word', '900901', 'order-900901-7'],
    ['at the beginning of a word', 'Forbidden', 'ForbiddenByPolicy'],
    ['in a longer sentence', 'Too Many Requests', 'Too many requests, please try again later.'],
    ['at its end', 'Forbidden', 'This is forbidden'],
    ['in a sentence that quotes it', 'Unauthorized', 'The word “Unauthorized” is not used here'],
    ['inside of a word, where other words may be before', '…expired', 'The lease is unexpired'],
    ['inside of a word that is before others', '…be expired', 'It is maybe expired'],
    ['inside of a word, where other words may be after', 'Missing key…', 'Missing keyboard'],
    ['inside of a word, between other words', '…retired…', 'The unretired ones'],
    ['where the words that may be between are no words', 'token…expired', 'tokenexpired'],
  ])('not %s', (_, pattern, message) => {
    expect(recognise(patterns(pattern), message)).toBeUndefined();
  });
});

describe('of the statuses of a text', () => {
  const OF_SUCCESS = { id: 'of-success', text: 'not let in', status: [200, '2xx'] };
  const OF_REFUSAL = { id: 'of-refusal', text: 'not let in', status: [401, 403] };
  const OF_BOTH = { id: 'of-both', text: 'not let in', status: [200, 403] };

  test.each<[id: string | undefined, patterns: TextPattern[], status: number | undefined]>([
    ['of-success', [OF_SUCCESS], 200],
    [undefined, [OF_SUCCESS], 403],
    [undefined, [OF_SUCCESS], undefined],
    ['of-both', [OF_BOTH], 403],
    ['of-both', [OF_BOTH], 500],
    ['of-both', [OF_BOTH], undefined],
    ['of-refusal', [OF_REFUSAL], 403],
    ['of-refusal', [OF_REFUSAL], 502],
    ['of-refusal', [OF_SUCCESS, OF_REFUSAL], 403],
    ['of-refusal', [{ id: 'other', text: 'not let in', status: [500] }, OF_REFUSAL], 403],
    ['other', [{ id: 'other', text: 'not let in', status: [500] }, OF_REFUSAL], 404],
    ['of-refusal', [{ id: 'any', text: 'not let' }, OF_REFUSAL], 403],
    ['any', [{ id: 'any', text: 'not let in' }, OF_REFUSAL], 403],
  ])(
    'the one that it comes with is preferred, and one of successes says nothing of a refusal: %s',
    (id, patterns, status) => {
      expect(recognise(patterns, 'not let in', status)?.id).toBe(id);
    },
  );
});

test('a text that says more is preferred to one that everybody says, also where it is shorter', () => {
  const patterns = [
    { id: 'everybody', text: 'not found in {where} of {what}', common: true },
    { id: 'somebody', text: 'not found in {all}' },
  ];
  expect(recognise(patterns, 'not found in the list of items')).toMatchObject({
    id: 'somebody',
    common: false,
  });
});

test('quotes of every kind are the same, and so are blanks', () => {
  expect(recognise([{ id: 'known', text: 'the “key” is  wrong' }], 'The "key"\nis wrong')?.id).toBe('known');
  expect(recognise([{ id: 'known', text: 'the "key" isn’t {what}' }], "the “key” isn't known")?.id).toBe(
    'known',
  );
  expect(recognise([{ id: 'known', text: 'cost (a+b)? [1]...' }], 'cost (a+b)? [1]')?.id).toBe('known');
});

test('what varies is kept by its name, at most 200 characters of it, and no line end', () => {
  const patterns = [{ id: 'known', text: 'no {thing} of {Owner_2}' }];
  expect(recognise(patterns, 'no item of shop')?.parts).toEqual({ thing: 'item', Owner_2: 'shop' });
  expect(recognise(patterns, `no ${'x'.repeat(200)} of shop`)?.id).toBe('known');
  expect(recognise(patterns, `no ${'x'.repeat(201)} of shop`)).toBeUndefined();
  expect(recognise(patterns, 'no it\nem of shop')).toBeUndefined();
});

test('of the values of a success only those are known that come with one', () => {
  const texts = createTextKeeper([
    { id: 'value', text: 'ok: false', isValue: true, status: ['2xx'] },
    { id: 'both', text: 'state: refused', isValue: true, status: [403, 201] },
    { id: 'of-refusals', text: 'code: 17', isValue: true, status: [403] },
    { id: 'of-any', text: 'code: 18', isValue: true },
    { id: 'message', text: 'code: 19', status: ['2xx'] },
  ]);
  const known = (value: string) => texts.recogniseInSuccess([value], 200)?.id;
  expect(['ok: false', 'state: refused', 'code: 17', 'code: 18', 'code: 19'].map(known)).toEqual([
    ...['value', 'both', undefined, undefined, undefined],
  ]);
  expect(texts.recogniseInSuccess([], 200)).toBeUndefined();
});

describe('what a member holds', () => {
  const texts = createTextKeeper([
    { id: 'message', text: 'code: E7' },
    { id: 'value', text: 'error.code: E{digits:\\d+}', isValue: true, status: ['2xx', 403] },
    { id: 'of-refusals', text: 'code: 17', isValue: true, status: [403] },
  ]);

  test('is known where a pattern names the member, and nowhere else', () => {
    expect(texts.recognise([], 403, ['error.code: E7'])).toMatchObject({
      id: 'value',
      shown: 'error.code: E<digits>',
    });
    expect(texts.recognise(['error.code: E7'], 403)).toBeUndefined();
    expect(texts.recognise([], 403, ['code: E7'])).toBeUndefined();
    expect(texts.recognise(['code: E7'], 403)?.id).toBe('message');
  });

  test('of a success is known only where it is known to come with one', () => {
    expect(texts.recogniseInSuccess(['error.code: E7'], 200)?.id).toBe('value');
    expect(texts.recogniseInSuccess(['code: 17'], 200)).toBeUndefined();
    expect(texts.recogniseInSuccess([], 200)).toBeUndefined();
  });
});

test('of two that say the same, the one without other words is taken', () => {
  const patterns = [
    { id: 'among-others', text: '…not found…' },
    { id: 'alone', text: 'Not found' },
  ];
  expect(recognise(patterns, 'Not found')?.id).toBe('alone');
  expect(recognise(patterns, 'It was not found here')?.id).toBe('among-others');
});

test.each([
  ['{what} refused', 'all refused'],
  ['refused{what}', 'refusedly'],
  ['E{code:\\d+}', 'E17'],
  ['a {what} b', 'a - b'],
  ['{one}{two:x}', 'yx'],
])('“%s” is found in “%s”, where no word of it is alone', (text, message) => {
  expect(recognise([{ id: 'known', text }], message)?.id).toBe('known');
});

test('a text that was made to take long is recognised all the same, in bounded time', () => {
  const slow = createTextKeeper([
    { id: 'slow', text: 'refused {why:(?:a+)+} here' },
    { id: 'plain', text: 'refused…' },
  ]);
  const began = processorTime();
  const messages = [`refused ${'a'.repeat(50)}! here`, `refused ${'a'.repeat(40)} here`];
  expect(slow.recognise(messages)).toEqual({
    id: 'slow',
    common: false,
    shown: 'refused <why> here',
    parts: { why: 'a'.repeat(40) },
  });
  expect(processorTime() - began).toBeLessThan(10_000);
});

test('a form that cannot be searched in linear time does not keep the others from being recognised', () => {
  const slow = createTextKeeper([
    { id: 'slow', text: 'refused {why:(?=a)(?:a+)+} here' },
    { id: 'plain', text: 'refused…' },
  ]);
  expect(slow.recognise([`refused ${'a'.repeat(50)}! here`])?.id).toBe('plain');
});
