import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { removeChecks } from '../checks/own.js';
import { PACKAGE_ROOT } from '../package.js';
import { temporaryFolder } from '../testing/folder.js';
import {
  check,
  defineCheck,
  failed,
  judge,
  openSpec,
  plan,
  readRun,
  status,
  type RunEvent,
} from './index.js';

afterEach(removeChecks);

const BOATS = join(PACKAGE_ROOT, 'examples/boats');

const never = defineCheck({
  id: 'own/never',
  promise: 'Nothing answers.',
  source: { kind: 'contract', ref: 'its description' },
  since: '1.0.0',
  severity: 'error',
  asks: { atMost: 0 },
  messages: { answers: ({ came }) => `it answers ${came}` },
  *run({ own: { reply } }) {
    yield* [];
    return failed('answers', { came: status(reply.status) });
  },
});

describe('a program that imports the engine', () => {
  test('opens, plans, asks, judges and reads again', async () => {
    await using folder = await temporaryFolder();
    const heard: RunEvent[] = [];
    const others: string[] = [];
    const spec = await openSpec(BOATS, {
      plugins: [{ reporters: [{ name: 'other', onEvent: ({ kind }) => others.push(kind) }] }],
    });
    expect(spec.targets).toContain('replica');
    const options = { target: 'replica', only: ['tides'], out: folder.path };
    const planned = await plan(spec, options);
    expect(planned.operations).toEqual([{ id: 'GET /tides', manner: 'plain' }]);
    const { run, file } = await check(spec, { ...options, onEvent: (event) => heard.push(event) });
    expect(heard.map(({ kind }) => kind)).toEqual(['started', 'asked', 'judged', 'finished']);
    expect(others).toEqual(heard.map(({ kind }) => kind));
    expect(heard[0]).toMatchObject({ target: 'replica', operations: 1, requests: planned.requests });
    expect(judge(run, spec)).toMatchObject({
      verdict: 'as expected',
      exitCode: 0,
      unexpected: [],
      causes: [],
    });
    expect(await readRun(file)).toEqual(run);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ format: 'conform-run/1' });
  });

  test('brings checks of its own, whose findings count', async () => {
    await using folder = await temporaryFolder();
    const spec = await openSpec(BOATS, { plugins: [{ checks: [never] }] });
    const { run } = await check(spec, {
      target: 'replica',
      only: ['tides'],
      checks: ['own/*'],
      out: folder.path,
    });
    expect(run.operations[0]).toMatchObject({ outcome: 'deviates' });
    expect(run.operations[0]?.findings).toMatchObject([{ check: 'own/never', message: 'it answers 200' }]);
    expect(judge(run).causes[0]?.title).toContain('it answers 200');
  });

  test('is refused what the command line is refused, before anything is asked', async () => {
    const spec = await openSpec(BOATS);
    await expect(check(spec, { target: 'moon' })).rejects.toThrow('moon');
    await expect(check(spec, { target: 'replica', checks: ['list/none'] })).rejects.toThrow('list/none');
    await expect(openSpec('no/such/folder')).rejects.toThrow('there is no such folder');
  });
});
