import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openFolder } from '../artefact/folder.js';
import { author } from '../author.js';
import { Secrets } from '../targets/secrets.js';
import { consumerOf } from '../testing/consumer.js';
import { temporaryFolder } from '../testing/folder.js';
import { judgeGate } from './gate.js';
import { checkedReason, recordOverride } from './override.js';

describe('the reason of an override', () => {
  test.each(['ok', '         x         ', 'too short'])('is not usable when it is “%s”', (reason) => {
    expect(() => checkedReason(reason)).toThrow('the override has no usable reason');
  });

  test('is asked for as a sentence', () => {
    expect(() => checkedReason('ok')).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('Write a sentence') as string }),
    );
  });

  test.each([
    ['ten digits', '0123456789', '0123456789'],
    ['a sentence with space around it', '  the vendor has fixed it  ', 'the vendor has fixed it'],
  ])('may be %s', (_, reason, is) => {
    expect(checkedReason(reason)).toBe(is);
  });
});

test('an override is recorded with its verdict, each under a name of its own by its second', async () => {
  await using folder = await temporaryFolder();
  const out = openFolder(folder.path, new Secrets());
  const now = new Date('2026-02-26T18:00:00.123Z');
  const verdict = judgeGate(consumerOf('shop', { one: ['GET /a/'] }), [], undefined, now);
  const reason = 'the vendor has fixed it';
  const record = () => recordOverride(verdict, reason, out, { now: () => now });
  const [first, second] = [await record(), await record()];
  expect(first).toEqual({
    ...{ reason, by: author(), at: '2026-02-26T18:00:00.123Z' },
    file: join(folder.path, 'gate', '20260226T180000Z-shop-override.json'),
  });
  expect(second.file).toBe(join(folder.path, 'gate', '20260226T180000Z-shop-override~2.json'));
  expect(JSON.parse(await readFile(first.file, 'utf8'))).toEqual({ override: first, verdict });
});
