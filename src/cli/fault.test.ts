import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { systemChance } from '../chance.js';
import { PACKAGE_ROOT } from '../package.js';
import { Problem } from '../problem.js';
import { conform, copyOfSpec, temporaryFolder, testClock } from '../testing/conform.js';
import { printFailure } from './failure.js';
import { faultOf } from './fault.js';
import { guard } from './host.js';

const broken = {
  ...testClock,
  now: (): Date => {
    throw new TypeError('cannot read the record of Zerlinda Quackenbush');
  },
};

test('an error that nobody expected ends with 70 and says where, but no value and no path of the machine', async () => {
  const { code, out, err } = await conform(['gate', '--consumer', 'gigi'], { clock: broken });
  expect([code, out]).toEqual([70, '']);
  expect(err).toMatch(/^error CONFORM_E_INTERNAL: an internal error of conform: TypeError$/m);
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

test('a message that looks like the places of a stack is not reported with them', () => {
  const error = new Error('read\n    at Zerlinda Quackenbush (7 Mole Lane)\n    at nobody');
  const { message, report } = faultOf(Object.assign(error, { name: 'of Zerlinda' }));
  expect(message).toBe('an internal error of conform: Error');
  expect(report.join()).not.toMatch(/Zerlinda|nobody/);
  expect(report.length).toBeGreaterThan(2);
  const changed = new Error('read\n    at Zerlinda Quackenbush');
  // The stack is made when it is first read.
  expect(changed.stack).toContain('at Zerlinda');
  changed.message = 'something else';
  expect(faultOf(changed).report.join()).not.toContain('Zerlinda');
});

describe('with --json', () => {
  test('an error is one document on standard output, and still printed on standard error', async () => {
    const { code, out, err } = await conform(['check', '--checks', 'list/none', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({
      error: {
        code: 'CONFORM_E_CHECK_UNKNOWN',
        message: 'there is no check “list/none”',
        exitCode: 2,
        remedy: expect.stringContaining('conform checks lists them.') as unknown,
        docs: 'docs/errors/check-unknown.md',
      },
    });
    expect(err).toContain('error CONFORM_E_CHECK_UNKNOWN: there is no check “list/none”');
  });

  test('an error in a file has its place, and several are all there', async () => {
    await using folder = await temporaryFolder();
    const spec = await copyOfSpec(folder.path);
    const file = join(spec, 'checks.yaml');
    await writeFile(file, 'all:\n  checkz: []\n  severityy: {}\n');
    const { code, out } = await conform(['check', '--spec-dir', spec, '--json']);
    const { error, errors } = JSON.parse(out) as { error: object; errors: object[] };
    expect(code).toBe(2);
    expect(errors).toHaveLength(2);
    expect(error).toEqual(errors[0]);
    expect(errors).toMatchObject([
      { code: 'CONFORM_E_MEMBER_UNKNOWN', file, line: 2 },
      { code: 'CONFORM_E_MEMBER_UNKNOWN', file, line: 3 },
    ]);
  });

  test('wrong usage is an error as well', async () => {
    const { code, out } = await conform(['check', '--tarket', 'mock', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'CONFORM_E_OPTION_UNKNOWN', exitCode: 2 } });
  });

  test('an internal error has its report, and no value', async () => {
    const { code, out } = await conform(['gate', '--consumer', 'gigi', '--json'], { clock: broken });
    expect(code).toBe(70);
    expect(out).not.toContain('Quackenbush');
    expect(JSON.parse(out)).toMatchObject({
      error: {
        code: 'CONFORM_E_INTERNAL',
        message: 'an internal error of conform: TypeError',
        exitCode: 70,
        report: expect.arrayContaining([
          expect.stringMatching(/^conform \d/),
          expect.stringMatching(/^at .*src\/cli\/actions\/gate\.ts/),
        ]) as unknown,
      },
    });
  });
});

describe('the document of an error', () => {
  const printed = (error: unknown, secret?: string) => {
    const text = { out: '', err: '' };
    const into = (name: 'out' | 'err') => ({ isTTY: false, write: (piece: string) => (text[name] += piece) });
    const host = guard({
      ...{ env: {}, stdin: Readable.from([]), clock: testClock, chance: systemChance },
      ...{ stdout: into('out'), stderr: into('err') },
      onStop: () => ({ release: () => undefined }),
    });
    if (secret !== undefined) host.secrets.add(secret);
    return { host, text, fail: () => printFailure(error, { json: true }, host) };
  };
  const wrong = new Problem('CONFORM_E_TARGET_UNKNOWN', 'there is no target “very-secret-value”');

  test('keeps its code and loses its words where these hold a secret', () => {
    const { text, fail } = printed(wrong, 'very-secret-value');
    expect(fail()).toBe(2);
    expect(text.out + text.err).not.toContain('very-secret-value');
    expect(JSON.parse(text.out)).toMatchObject({
      error: {
        code: 'CONFORM_E_TARGET_UNKNOWN',
        message: expect.stringContaining('is not shown') as unknown,
      },
    });
  });

  test('is not behind a result that was printed before', () => {
    const { host, text, fail } = printed(wrong);
    host.stdout.write('[]\n');
    expect(fail()).toBe(2);
    expect(text.out).toBe('[]\n');
    expect(text.err).toContain('CONFORM_E_TARGET_UNKNOWN');
  });
});
