import { mkdir, writeFile } from 'node:fs/promises';
import { hostname, uptime } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readNights } from '../nightly/record.js';
import { conform, temporaryFolder, testClock } from '../testing/conform.js';
import { messagesIn } from '../testing/quarter/receivers.js';
import { SHOP } from '../testing/shop.js';
import { vendorSpec } from '../testing/vendor.js';
import { openRecords } from '../artefact/folder.js';

/** A spec folder whose host cannot be reached, and a receiver that appends to a file. */
async function folderOf(nightly = '') {
  const folder = await temporaryFolder();
  const spec = await vendorSpec(folder.path, 'http://127.0.0.1:9', SHOP);
  const inbox = join(folder.path, 'inbox');
  const command = `notify: [{ command: { run: [sh, -c, 'cat >> "$0"', '${inbox}'] } }]\n`;
  await writeFile(join(spec, 'nightly.yaml'), `${command}${nightly}`);
  const out = join(folder.path, 'out');
  return {
    spec,
    out,
    messages: () => messagesIn(inbox),
    records: () => readNights(openRecords(out), () => undefined),
    night: (...more: string[]) =>
      conform(['nightly', '--spec-dir', spec, '--out', out, ...more], { env: { PATH: process.env['PATH'] } }),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

test('a host that cannot be reached is no verdict: it is kept, and said once', async () => {
  await using folder = await folderOf();
  const first = await folder.night();
  expect([first.code, first.out.split('\n')[0]]).toEqual([
    3,
    expect.stringMatching(/^NO VERDICT live: .*; found on the first night; /),
  ]);
  await folder.night();
  expect((await folder.records()).map(({ colour }) => colour)).toEqual(['NO VERDICT', 'NO VERDICT']);
  expect(await folder.messages()).toHaveLength(1);
});

test('when the spec folder is broken, somebody is notified, and the night is kept', async () => {
  await using folder = await folderOf();
  await writeFile(join(folder.spec, 'samples.yaml'), 'parameters: []\n');
  const { code, out } = await folder.night();
  expect([code, out.split('\n')[0]]).toEqual([
    2,
    expect.stringMatching(
      /^BROKEN spec\/samples\.yaml:1: “parameters” must be object; found on the first night/,
    ),
  ]);
  expect(await folder.messages()).toMatchObject([{ colour: 'BROKEN' }]);
  expect(await folder.records()).toMatchObject([{ exitCode: 2, state: 'ended' }]);
});

test.each([
  ['nightly.yaml is broken', 'targtes: [live]\n', [], /an unknown member: “targtes”/],
  ['a target is not there', 'targets: [lvie]\n', [], /lvie/],
  ['a consumer is not there', '', ['--consumer', 'till'], /there is no consumer “till”/],
  ['a notifier is not there', '', ['--notify', 'mail'], /there is no notifier “mail”/],
])('%s: exit code 2, and the night is kept', async (_, text, args, said) => {
  await using folder = await folderOf(text);
  const { code, out } = await folder.night(...args);
  expect(code).toBe(2);
  expect(out.split('\n')[0]).toMatch(said);
  expect(await folder.records()).toMatchObject([{ colour: 'BROKEN' }]);
});

test('--json prints the record, and nothing else', async () => {
  await using folder = await folderOf();
  const { code, out } = await folder.night('--json', '--notify', 'none');
  expect(code).toBe(3);
  expect(JSON.parse(out)).toMatchObject({ format: 'conform-night/1', colour: 'NO VERDICT', announced: {} });
});

test('a night that finds another one running says who holds the lock', async () => {
  await using folder = await folderOf();
  await mkdir(join(folder.out, 'nights'), { recursive: true });
  const now = testClock.now().getTime();
  const holder = {
    format: 'conform-night-lock/1',
    pid: process.ppid,
    host: hostname(),
    bootedAt: new Date(now - uptime() * 1000).toISOString(),
    startedAt: new Date(now).toISOString(),
    longestMs: 3_600_000,
  };
  await writeFile(join(folder.out, 'nights', 'lock.json'), JSON.stringify(holder));
  const { code, out } = await folder.night();
  expect([code, out]).toEqual([
    3,
    expect.stringContaining(`NO VERDICT another night is running: process ${process.ppid} on ${hostname()}`),
  ]);
  expect(await folder.records()).toEqual([]);
});
