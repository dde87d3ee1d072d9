import { spawn } from 'node:child_process';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../package.js';
import { asText, type JsonObject } from '../../json.js';
import { readNights, type NightRecord } from '../../nightly/record.js';
import { leapingClock } from '../clock.js';
import { conform } from '../conform.js';
import { seeded } from '../egress/random.js';
import { contractOf, startQuarterHost, type QuarterHost } from './host.js';
import { messagesIn, SECRET, startReceivers, TOKEN, type Receivers } from './receivers.js';
import type { Day, Story } from './story.js';
import { openRecords } from '../../artefact/folder.js';

/** What came of one day. */
export interface Passed {
  day: string;
  code: number | undefined;
  first: string;
  /** What is not as the story says. */
  faults: string[];
}

/** What is left when a story is over. */
export interface Ending {
  records: NightRecord[];
  /** By notifier, in the order in which they came. */
  messages: Map<string, JsonObject[]>;
  issues: Receivers['issues'];
  faults: string[];
}

/** At the same time of the clock each day, so late that the day in UTC is another one in winter than in summer. */
const LOCAL_TIME = '17:30';
const ZONE = 'America/Denver';
const DAY_MS = 86_400_000;

/**
 * Passes the days of a story, each with `conform nightly`, and holds each morning against what the story says.
 * @param folder an empty folder; its `out` is the output folder
 * @param fill makes the disk full and returns what makes room again; without it, folders are put out of the way
 */
export async function playStory(
  story: Story,
  {
    folder,
    seed,
    fill = blockFolders,
  }: { folder: string; seed: number; fill?: (out: string) => Promise<() => Promise<void>> },
  onDay: (passed: Passed) => void = () => undefined,
): Promise<Ending> {
  const random = seeded(seed);
  const host = await startQuarterHost(random);
  const receivers = await startReceivers();
  const spec = join(folder, 'spec');
  const out = join(folder, 'out');
  const inbox = join(folder, 'inbox.jsonl');
  const stage: Stage = { folder, spec, out, host, receivers };
  const faults: string[] = [];
  let compared: string | undefined;
  let contract: '1' | '2' = '1';
  try {
    await writeSpec(stage, inbox);
    await writeFile(inbox, '');
    for (const [number, day] of story.days.entries()) {
      host.ways = day.ways ?? host.ways;
      contract = day.contract ?? contract;
      if (day.comparedSince !== undefined) compared = dateOf(story, day.comparedSince);
      await writeFile(join(spec, 'openapi.yaml'), contractOf(contract));
      await writeNightly(stage, compared);
      const at = momentOf(story, number);
      const result = await passDay(day, at, stage, fill);
      const passed = judge(day, `${dateOf(story, number)} (${day.manner ?? 'plain'})`, result);
      faults.push(...passed.faults);
      onDay(passed);
    }
    const records = await readNights(openRecords(out), (file) => faults.push(`${file} is no record`));
    const messages = new Map([
      ['inbox', receivers.messages],
      ['command', await messagesIn(inbox)],
    ]);
    faults.push(...faultsOfHistory(story, records), ...faultsOfMessages(messages, receivers));
    return { records, messages, issues: receivers.issues, faults };
  } finally {
    await host.close();
    await receivers.close();
  }
}

interface Stage {
  folder: string;
  spec: string;
  out: string;
  host: QuarterHost;
  receivers: Receivers;
}

interface Result {
  code: number | undefined;
  first: string;
}

async function passDay(
  { manner = 'plain' }: Day,
  at: Date,
  stage: Stage,
  fill: (out: string) => Promise<() => Promise<void>>,
): Promise<Result> {
  const { host, spec } = stage;
  switch (manner) {
    case 'missed':
      return { code: undefined, first: '' };
    case 'killed':
      return killed(at, stage);
    case 'overlapped':
      return overlapped(at, stage);
    case 'no network':
      return inProcess(at, stage, 'http://127.0.0.1:9');
    case 'nobody can be notified':
      stage.receivers.areDown = true;
      try {
        return await inProcess(at, stage);
      } finally {
        stage.receivers.areDown = false;
      }
    case 'full disk': {
      const makeRoom = await fill(stage.out);
      try {
        return await inProcess(at, stage);
      } finally {
        await makeRoom();
      }
    }
    case 'broken configuration': {
      await writeFile(join(spec, 'targets.yaml'), 'targets:\n  live: { about: x }\n');
      try {
        return await inProcess(at, stage);
      } finally {
        await writeTargets(spec, host.url);
      }
    }
    case 'plain':
      return inProcess(at, stage);
  }
}

const VARIABLES = {
  TZ: ZONE,
  PATH: process.env['PATH'],
  GITHUB_TOKEN: TOKEN,
  NIGHT_SECRET: SECRET,
};

function argsOf({ spec, out }: Stage, baseUrl?: string): string[] {
  return [
    ...['nightly', '--spec-dir', spec, '--out', out],
    ...(baseUrl === undefined ? [] : ['--base-url', baseUrl]),
  ];
}

async function inProcess(at: Date, stage: Stage, baseUrl?: string): Promise<Result> {
  const clock = leapingClock(at);
  stage.host.clock = clock;
  const { code, out, err } = await conform(argsOf(stage, baseUrl), { env: VARIABLES, clock });
  stage.host.clock = undefined;
  return { code: code ?? undefined, first: out.split('\n')[0] ?? err };
}

/** A night in a process of its own. */
function startChild(at: Date, stage: Stage) {
  const file = join(PACKAGE_ROOT, 'dist/src/testing/quarter/child.js');
  const child = spawn(process.execPath, [file, at.toISOString(), ...argsOf(stage)], {
    env: { ...VARIABLES, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const done = new Promise<Result>((resolve) => {
    child.on('close', (code) => {
      resolve({ code: code ?? undefined, first: text.split('\n')[0] ?? '' });
    });
  });
  return { child, done };
}

/** A night that is killed at its third request. */
async function killed(at: Date, stage: Stage): Promise<Result> {
  const { child, done } = startChild(at, stage);
  let requests = 0;
  stage.host.onRequest = () => {
    requests += 1;
    if (requests === 3) child.kill('SIGKILL');
    return requests < 3 ? undefined : new Promise(() => undefined);
  };
  await done;
  stage.host.onRequest = () => undefined;
  return { code: undefined, first: '' };
}

/** A night that begins while another is asking: the other one ends as if nothing had been. */
async function overlapped(at: Date, stage: Stage): Promise<Result> {
  let goOn = (): void => undefined;
  const paused = new Promise<void>((resolve) => (goOn = resolve));
  const asked = new Promise<void>((resolve) => {
    stage.host.onRequest = () => {
      resolve();
      return paused;
    };
  });
  const { done } = startChild(at, stage);
  await asked;
  const second = await inProcess(new Date(at.getTime() + 60_000), stage);
  stage.host.onRequest = () => undefined;
  goOn();
  const first = await done;
  return first.code === 0 ? second : { code: first.code, first: `the other night: ${first.first}` };
}

function judge(day: Day, name: string, { code, first }: Result): Passed {
  const isPlain = day.code === undefined && day.first === undefined;
  const silent = day.manner === 'missed' || day.manner === 'killed';
  const wanted = silent ? undefined : (day.code ?? 0);
  const like = day.first ?? (isPlain && !silent ? /^GREEN live: 6 operations as expected/ : /^/);
  const faults = [
    ...(code === wanted ? [] : [`${name}: it ended with ${code}, not ${wanted}: ${first}`]),
    ...(like.test(first) ? [] : [`${name}: its first line is “${first}”, not like ${like.source}`]),
  ];
  return { day: name, code, first, faults };
}

/** The moment of a day of a story at which its night begins. */
function momentOf({ from }: Story, number: number): Date {
  const day = new Date(Date.parse(`${from}T00:00:00Z`) + number * DAY_MS).toISOString().slice(0, 10);
  // Denver is 7 hours behind UTC, in summer 6.
  const winter = new Date(`${day}T${LOCAL_TIME}:00-07:00`);
  const shown = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, timeStyle: 'short' }).format(winter);
  return shown === LOCAL_TIME ? winter : new Date(winter.getTime() - 3_600_000);
}

function dateOf({ from }: Story, number: number): string {
  return new Date(Date.parse(`${from}T00:00:00Z`) + number * DAY_MS).toISOString().slice(0, 10);
}

/** Each night that began has a record, but where the disk was full, and each of them ended or is said to have died. */
function faultsOfHistory(story: Story, records: readonly NightRecord[]): string[] {
  const kept = new Map(records.map((record) => [record.startedAt.slice(0, 16), record]));
  return story.days.flatMap(({ manner = 'plain' }, number) => {
    const at = momentOf(story, number).toISOString().slice(0, 16);
    const record = kept.get(at);
    if (manner === 'missed' || manner === 'full disk')
      return record ? [`${at}: a record that nobody made`] : [];
    if (!record) return [`${at} (${manner}): there is no record`];
    const state = manner === 'killed' ? 'died' : 'ended';
    return record.state === state ? [] : [`${at}: its record says ${record.state}, not ${state}`];
  });
}

/** Nothing is said twice before it is over, and nothing is over that was not said. */
function faultsOfMessages(
  messages: ReadonlyMap<string, readonly JsonObject[]>,
  { issues }: Receivers,
): string[] {
  const faults: string[] = [];
  for (const [name, all] of messages) {
    const open = new Set<string>();
    const ids = new Set<string>();
    for (const message of all) {
      const id = asText(message['id'] ?? null);
      if (ids.has(id)) faults.push(`${name}: a message came twice`);
      ids.add(id);
      for (const key of keysIn(message['appeared'])) {
        if (open.has(key)) faults.push(`${name}: ${key} is said twice`);
        open.add(key);
      }
      for (const key of keysIn(message['over'])) {
        if (!open.delete(key)) faults.push(`${name}: ${key} is over and was never said`);
      }
    }
    if (all.length === 0) faults.push(`${name}: nobody was notified`);
  }
  const isOpen = issues.filter(({ state }) => state === 'open').length;
  if (isOpen > 1) faults.push(`${isOpen} issues are open at the same time`);
  for (const { comments, body } of issues)
    if (new Set([body, ...comments]).size !== comments.length + 1) faults.push('an issue has one text twice');
  return faults;
}

function keysIn(items: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(items) ? items : [];
  return list.flatMap((item) =>
    typeof item === 'object' && item !== null && 'key' in item ? [String(item.key)] : [],
  );
}

async function writeSpec({ spec, host }: Stage, inbox: string): Promise<void> {
  await mkdir(join(spec, 'consumers'), { recursive: true });
  await writeFile(join(spec, 'checks.yaml'), 'all: { off: [all] }\n');
  await writeTargets(spec, host.url);
  await writeFile(join(spec, 'append.sh'), `cat >> '${inbox}'\n`);
  const need = (operation: string) => `{ operation: GET ${operation}, loss: stops }`;
  await writeFile(
    join(spec, 'consumers', 'till.yaml'),
    `name: till
policy:
  targets: [live]
  writes: route
  maxAge: { read: 36h, route: 36h, validate: 8d, full: 31d, bench: 31d }
  stale: blocks
  skipped: blocks
  deviates: warns
readiness: { ready: 90, mostly: 50 }
features:
  - { name: Moor, critical: true, operations: [${need('/berths/')}, ${need('/docks/')}] }
  - { name: Hire, operations: [${need('/crews/')}] }
`,
  );
}

async function writeTargets(spec: string, url: string): Promise<void> {
  await writeFile(
    join(spec, 'targets.yaml'),
    `targets:
  live:
    about: an invented host
    standing: assumed
    baseUrl: ${url}
    authorization: Bearer token-for-tests
    requestsPerSecond: 1000
    concurrency: 1
    writes: { default: none, most: none }
`,
  );
}

async function writeNightly({ spec, receivers }: Stage, since: string | undefined): Promise<void> {
  await writeFile(
    join(spec, 'nightly.yaml'),
    `targets: [live]
timeZone: ${ZONE}
compare: { nights: 40${since === undefined ? '' : `, since: ${since}`} }
notify:
  - issue: { repository: harbour/nights, api: ${receivers.url} }
  - http: { url: ${receivers.url}/inbox, secret: NIGHT_SECRET }
  - command: { run: [sh, ${join(spec, 'append.sh')}] }
`,
  );
}

/** Stands for a full disk where none can be made: nothing can be written into the folders of an output folder. */
async function blockFolders(out: string): Promise<() => Promise<void>> {
  const names = await readdir(out);
  for (const name of names) {
    await rename(join(out, name), join(out, `${name}.away`));
    await writeFile(join(out, name), '');
  }
  return async () => {
    for (const name of names) {
      await rm(join(out, name), { recursive: true });
      await rename(join(out, `${name}.away`), join(out, name));
    }
  };
}
