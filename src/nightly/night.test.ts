import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRecords, openFolder } from '../artefact/folder.js';
import type { Change } from '../drift/change.js';
import type { GateVerdict } from '../gate/gate.js';
import { needsOf } from '../impact/needs.js';
import { countStates } from '../impact/state.js';
import type { Message } from '../notify/message.js';
import type { Notifier } from '../notify/notifier.js';
import { Problem } from '../problem.js';
import type { Run } from '../record/run.js';
import { Secrets } from '../targets/secrets.js';
import { leapingClock } from '../testing/clock.js';
import { consumerOf } from '../testing/consumer.js';
import { temporaryFolder } from '../testing/folder.js';
import { recorded } from '../testing/recorded.js';
import { onlyOperations } from '../testing/vary.js';
import { calendarOf } from './calendar.js';
import type { Comparison } from './compare.js';
import { passNight, type NightResult, type Work } from './night.js';
import { nightId, readNights } from './record.js';

const ID = 'GET /v1/locations/';
const RUN: Run = onlyOperations(await recorded('mock'), /locations/);
const CALM: Comparison = {
  expected: { base: 'x', head: 'y', changes: [], unsteady: [], notCompared: [], compared: 1 },
  nights: undefined,
  lost: [],
  since: undefined,
};

function changed(to: string): Comparison {
  const change: Change = { operation: ID, kind: 'body-shape', from: 'a', to, target: 'mock', effect: '' };
  return { ...CALM, expected: { ...CALM.expected, changes: [change] } };
}

/** Work in which all goes well and nothing is found. */
function workOf(given: Partial<Work> = {}): Work {
  return {
    targets: [{ name: 'mock', informational: false }],
    ask: () => Promise.resolve(RUN),
    compare: () => Promise.resolve(CALM),
    report: () => Promise.resolve(),
    tickets: () => Promise.resolve(),
    consumers: [],
    gate: () => Promise.reject(new Error('no gate')),
    requireGate: false,
    needs: needsOf([consumerOf('till', { Sell: [ID] })]),
    ...given,
  };
}

/** An output folder in which nights are passed one after another, each a day later, and one notifier that can fail. */
function nightsIn(path: string) {
  let day = 0;
  const messages: Message[] = [];
  const secrets = new Secrets();
  const state = { isDown: false };
  const inbox: Notifier = {
    name: 'inbox',
    deliver: (message) => {
      if (state.isDown)
        return Promise.reject(new Problem('CONFORM_E_NOTIFICATION_FAILED', 'nobody answers there'));
      messages.push(message);
      return Promise.resolve();
    },
  };
  return {
    messages,
    secrets,
    state,
    pass: async (
      work: Work | Problem,
      more: { died?: string[]; signal?: AbortSignal; notifiers?: Notifier[] } = {},
    ): Promise<NightResult & { faults: Error[] }> => {
      const clock = leapingClock(new Date(Date.UTC(2026, 2, 1 + day, 9, 17)));
      day += 1;
      const faults: Error[] = [];
      const result = await passNight(work, {
        ...{ id: nightId(clock.now()), startedAt: clock.now().toISOString(), clock },
        earlier: await readNights(openRecords(path), () => undefined),
        died: more.died ?? [],
        out: openFolder(path, secrets),
        calendar: calendarOf('UTC'),
        notifiers: more.notifiers ?? [inbox],
        isSafe: (text) => !secrets.foundIn(text),
        signal: more.signal ?? new AbortController().signal,
        onFault: (error) => faults.push(error),
      });
      return { ...result, faults };
    },
  };
}

const stated = ({ appeared, over }: Message) => [appeared.length, over.length];

describe('one night', () => {
  test('the first line has colour, what is new, since when, who is affected, and what to do', async () => {
    await using folder = await temporaryFolder();
    const nights = nightsIn(folder.path);
    expect(await nights.pass(workOf())).toMatchObject({
      exitCode: 0,
      first: 'GREEN mock: 2 operations as expected',
    });
    const work = workOf({ compare: () => Promise.resolve(changed('no [].name')) });
    expect(await nights.pass(work)).toMatchObject({
      exitCode: 1,
      first: `RED mock: ${ID}: a → no [].name; new since last night; may touch “Sell” (till); check whether the consumers read that member`,
    });
    expect((await nights.pass(work)).first).toMatch(
      /^RED nothing new; still: .*; since 2026-03-02, 2 nights; /,
    );
  });

  test('a step that fails ends no other, and is in the record and the exit code', async () => {
    await using folder = await temporaryFolder();
    const nights = nightsIn(folder.path);
    const taken: string[] = [];
    const result = await nights.pass(
      workOf({
        report: () =>
          Promise.reject(new Problem('CONFORM_E_FILE_UNWRITABLE', 'cannot be written: the disk is full')),
        tickets: () => Promise.resolve(taken.push('tickets')),
        consumers: ['till'],
      }),
    );
    expect(taken).toEqual(['tickets']);
    expect(result.exitCode).toBe(70);
    expect(result.faults.map(({ message }) => message)).toEqual(['no gate']);
    expect(result.record.steps.map(({ name, result: how, exitCode }) => [name, how, exitCode])).toEqual([
      ['check mock', 'done', 0],
      ['compare mock', 'done', 0],
      ['report', 'failed', 2],
      ['tickets', 'done', 0],
      ['gate till', 'failed', 70],
      ['notify inbox', 'done', 0],
    ]);
    // Of an error that nobody expected the message can hold a value.
    expect(JSON.stringify(result.record)).not.toContain('no gate');
    expect(nights.messages.map(stated)).toEqual([[2, 0]]);
  });

  test.each([
    ['it is red', workOf({ compare: () => Promise.resolve(changed('b')) })],
    [
      'a report cannot be written',
      workOf({ report: () => Promise.reject(new Problem('CONFORM_E_FILE_UNWRITABLE', 'no room')) }),
    ],
    ['the gate throws', workOf({ consumers: ['till'] })],
    [
      'nothing can be asked',
      workOf({ ask: () => Promise.reject(new Problem('CONFORM_E_NOTIFICATION_FAILED', 'no network')) }),
    ],
    ['the configuration is wrong', new Problem('CONFORM_E_FILE_MISSING', 'there is no such folder')],
  ])('history is kept when %s', async (_, work) => {
    await using folder = await temporaryFolder();
    const { record } = await nightsIn(folder.path).pass(work);
    expect(await readNights(openRecords(folder.path), () => undefined)).toEqual([record]);
    expect(record).toMatchObject({ state: 'ended', colour: expect.any(String) as string });
  });

  test('the record is there before anything is asked, and says that the night is running', async () => {
    await using folder = await temporaryFolder();
    let seen: unknown;
    await nightsIn(folder.path).pass(
      workOf({
        ask: async () => {
          seen = (await readNights(openRecords(folder.path), () => undefined)).map(({ state }) => state);
          return RUN;
        },
      }),
    );
    expect(seen).toEqual(['running']);
  });

  test('a night that is stopped leaves out what is to come, notifies nobody, and is kept', async () => {
    await using folder = await temporaryFolder();
    const nights = nightsIn(folder.path);
    const stop = new AbortController();
    const work = workOf({
      ask: () => {
        stop.abort();
        return Promise.resolve(RUN);
      },
      compare: () => Promise.resolve(changed('b')),
    });
    const { record } = await nights.pass(work, { signal: stop.signal });
    expect(record.state).toBe('stopped');
    expect(record.steps.map(({ result }) => result)).toEqual(['done', 'left-out', 'left-out', 'left-out']);
    expect(nights.messages).toEqual([]);
    expect(await readdir(join(folder.path, 'nights'))).toHaveLength(1);
  });

  test('what a target for information does makes no night red and notifies nobody', async () => {
    await using folder = await temporaryFolder();
    const nights = nightsIn(folder.path);
    const result = await nights.pass(
      workOf({
        targets: [{ name: 'mock', informational: true }],
        compare: () => Promise.resolve(changed('b')),
      }),
    );
    expect([result.colour, result.exitCode, nights.messages]).toEqual(['GREEN', 0, []]);
    expect(result.lines[0]).toMatch(/^not counted: mock: /);
  });

  test('a gate that is shut makes a night red only where it is required', async () => {
    await using folder = await temporaryFolder();
    const nights = nightsIn(folder.path);
    const gate = (): Promise<GateVerdict> =>
      Promise.resolve({
        ...{
          consumer: 'till',
          name: 'Till',
          open: false,
          judged: true,
          why: 'critical and shut: “Sell”',
          at: '',
        },
        readiness: {
          met: 0,
          of: 1,
          notProven: 1,
          percent: 0,
          band: 'not ready',
          passes: false,
          scenarios: [],
        },
        features: [
          {
            ...{ name: 'Sell', open: false, state: 'not proven', reliesOn: [], critical: true },
            ...{ why: '', proof: [], losses: [], lacks: [] },
          },
        ],
        evidence: [],
        ...{ counts: countStates(['not proven']), relies: [] },
      });
    const loose = await nights.pass(workOf({ consumers: ['till'], gate }));
    expect([loose.exitCode, loose.lines]).toEqual([0, ['gate of till: shut: critical and shut: “Sell”']]);
    const strict = await nights.pass(workOf({ consumers: ['till'], gate, requireGate: true }));
    expect([strict.exitCode, strict.first]).toEqual([
      1,
      'RED the gate of till is shut: critical and shut: “Sell”; new since last night; conform gate --consumer till',
    ]);
  });
});

describe('somebody is notified', () => {
  const red = (to: string) => workOf({ compare: () => Promise.resolve(changed(to)) });

  test('once of each change, and once of its end', async () => {
    await using folder = await temporaryFolder();
    const nights = nightsIn(folder.path);
    for (const work of [workOf(), red('b'), red('b'), red('c'), workOf(), workOf()]) await nights.pass(work);
    expect(nights.messages.map(stated)).toEqual([
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
    expect(new Set(nights.messages.map(({ id }) => id)).size).toBe(3);
  });

  test('of a change that comes again, again, and not by the same message', async () => {
    await using folder = await temporaryFolder();
    const nights = nightsIn(folder.path);
    for (const work of [red('b'), workOf(), red('b')]) await nights.pass(work);
    expect(nights.messages.map(stated)).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
    ]);
    expect(new Set(nights.messages.map(({ id }) => id)).size).toBe(3);
  });

  test('in the next night of what could not be delivered', async () => {
    await using folder = await temporaryFolder();
    const nights = nightsIn(folder.path);
    nights.state.isDown = true;
    const failed = await nights.pass(red('b'));
    expect(failed.lines.at(-1)).toBe('not delivered: notify inbox: nobody answers there');
    nights.state.isDown = false;
    await nights.pass(red('b'));
    await nights.pass(red('b'));
    expect(nights.messages.map(stated)).toEqual([[1, 0]]);
  });

  test('not of an end that nobody can see: a night without a verdict ends nothing', async () => {
    await using folder = await temporaryFolder();
    const nights = nightsIn(folder.path);
    const silent = workOf({
      ask: () => Promise.reject(new Problem('CONFORM_E_NOTIFICATION_FAILED', 'no network')),
    });
    for (const work of [red('b'), silent, silent, red('b')]) await nights.pass(work);
    // That there is no verdict, and that there is one again; the change stays open all the time.
    expect(nights.messages.map(stated)).toEqual([
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(nights.messages[1]?.stillOpen).toHaveLength(1);
  });

  test('once of a night that did not end', async () => {
    await using folder = await temporaryFolder();
    const nights = nightsIn(folder.path);
    const first = await nights.pass(workOf(), { died: ['2026-02-28T09:17:00.000Z'] });
    expect([first.colour, first.first]).toEqual([
      'GREEN',
      'GREEN mock: 2 operations as expected; the night of 2026-02-28 09:17 did not end',
    ]);
    await nights.pass(workOf());
    expect(nights.messages.map(stated)).toEqual([[1, 0]]);
  });

  test('when the configuration is wrong', async () => {
    await using folder = await temporaryFolder();
    const nights = nightsIn(folder.path);
    const wrong = new Problem('CONFORM_E_MEMBER_UNKNOWN', 'has a member that is not known', {
      place: { file: '/home/somebody/spec/targets.yaml', line: 3 },
    });
    const result = await nights.pass(wrong);
    expect([result.exitCode, result.first]).toEqual([
      2,
      'BROKEN spec/targets.yaml:3: has a member that is not known; found on the first night; conform doctor --offline',
    ]);
    await nights.pass(wrong);
    await nights.pass(workOf());
    expect(nights.messages.map(stated)).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  test('of nothing that holds a secret of the process', async () => {
    await using folder = await temporaryFolder();
    const nights = nightsIn(folder.path);
    await nights.pass(workOf());
    nights.secrets.add('very-secret-value');
    const result = await nights.pass(
      workOf({
        ask: () => Promise.reject(new Problem('CONFORM_E_SETTING_INVALID', 'very-secret-value is wrong')),
      }),
    );
    expect(nights.messages).toEqual([]);
    expect(result.record.steps.some(({ error }) => error?.message.includes('would hold a secret'))).toBe(
      true,
    );
  });
});
