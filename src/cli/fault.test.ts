import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../package.js';
import { conform, testClock } from '../testing/conform.js';

const broken = {
  ...testClock,
  now: (): Date => {
    throw new TypeError('cannot read the record of Zerlinda Quackenbush');
  },
};

test('an error that nobody expected ends with 70 and says where, but no value and no path of the machine', async () => {
  const { code, out, err } = await conform(['gate', '--consumer', 'gigi'], { clock: broken });
  expect([code, out]).toEqual([70, '']);
  expect(err).toMatch(/^conform: a fault of conform itself: TypeError$/m);
  expect(err).toMatch(/^ {2}conform \d+\.\d+\.\d+, Node v\d+/m);
  expect(err).toMatch(/at .*src\/cli\/actions\/gate\.ts:\d+/);
  expect(err).not.toContain('Quackenbush');
  expect(err).not.toContain(PACKAGE_ROOT);
});

test('its message is shown to whom wants it', async () => {
  const { err } = await conform(['gate', '--consumer', 'gigi'], {
    clock: broken,
    env: { CONFORM_DEBUG: '1' },
  });
  expect(err).toContain('cannot read the record of Zerlinda Quackenbush');
});
