import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Json } from '../../json.js';
import { conform } from '../conform.js';
import { seeded } from '../egress/random.js';
import { serveBytes } from '../serve-bytes.js';
import { OUT, PERSON, SECRET, SPEC, type Bench, type Drawn } from './bench.js';
import { PLAIN, type Form } from './form.js';
import { KINDS, type KindName } from './kinds.js';
import { differences, treeOf, writeTree } from './tree.js';

/** Which input is tried: the one of a number, or a smaller one that was made of it. */
export interface Task {
  index: number;
  instead?: { tree: Json; plain: boolean };
}

/** What is wrong with what the program did, in words that are the same for the same fault, and where it was seen. */
export interface Finding {
  what: string;
  where: string;
}

export interface Tried {
  index: number;
  finding: Finding | undefined;
  /** Processor time of all its commands, in milliseconds. */
  cpuMs: number;
  by: readonly string[];
  exits: readonly (number | null)[];
  tree?: Json;
  form?: Form;
}

/** An input that takes more time of a processor is one that hangs. */
export const MOST_CPU_MS = 20_000;

/** Tries inputs of one kind, one after another, in a folder of its own. */
export interface Trials {
  attempt: (task: Task) => Promise<Tried>;
  close: () => Promise<void>;
}

/** Opens a folder with a project in it. The folders around it would take what is written outside of it. */
export async function openTrials(kind: KindName, seed: number): Promise<Trials> {
  const bench: Bench = await KINDS[kind].open();
  const root = await realpath(await mkdtemp(join(tmpdir(), 'conform-fuzz-')));
  const project = join(root, 'a', 'b', 'project');
  await mkdir(project, { recursive: true });
  await writeTree(project, bench.files);
  process.chdir(project);
  const out = join(project, OUT);
  const outFiles = new Map([...bench.files].filter(([name]) => name.startsWith(`${OUT}/`)));
  const before = await treeOf(root, out);
  // A token endpoint that lies is judged as well, but then nothing else is asked.
  let tokens = true;
  let answer: Buffer = Buffer.alloc(0);
  const server = await serveBytes((path, socket) => {
    if (path === '/oauth/token' && tokens) socket.end(TOKEN_ANSWER);
    else if (/^\/(?:boats|loans|tides|oauth)(?:\/\d+)?(?:\/|$)/.test(path)) socket.end(answer);
    else socket.end(MISSING);
  });
  const draw = (index: number): Drawn =>
    bench.draw(seeded(Math.imul(seed, 1_000_003) ^ Math.imul(index, 2_654_435_761)));

  return {
    attempt: async ({ index, instead }) => {
      const drawn = draw(index);
      const tree = instead ? instead.tree : drawn.tree;
      const form = instead?.plain === true ? PLAIN : drawn.form;
      const bytes = bench.bytes(tree, form);
      await rm(out, { recursive: true, force: true });
      await writeTree(project, outFiles);
      tokens = index % 5 !== 0;
      if (drawn.file === undefined) answer = bytes;
      else await put(join(project, drawn.file), bytes);
      const around = await treeOf(root, out);
      const began = process.cpuUsage();
      const watch = watchProcess();
      const exits: (number | null)[] = [];
      let finding: Finding | undefined;
      const texts = new Map<string, string>();
      for (const [number, [name = '', ...rest]] of drawn.commands.entries()) {
        const live = rest.includes('live') ? ['--base-url', server.url] : [];
        const args = [name, ...rest, ...live, '--spec-dir', join(project, SPEC), '--out', out];
        const command = [name, ...rest].join(' ');
        try {
          const { code, out: said, err } = await conform(args, { env: ENV });
          exits.push(code);
          texts.set(`what ${command} prints (${number})`, `${said}\n${err}`);
          if (code === null || code < 0 || code > 3)
            finding ??= { what: `${name} ends with ${String(code)}: ${faultIn(err)}`, where: command };
        } catch (error) {
          finding ??= { what: `${name} throws: ${stackOf(error)}`, where: command };
        }
      }
      await new Promise(setImmediate);
      finding ??= watch.stop();
      const { user, system } = process.cpuUsage(began);
      const cpuMs = (user + system) / 1000;
      if (cpuMs > MOST_CPU_MS)
        finding ??= { what: 'it takes too long', where: drawn.commands.map(([name]) => name).join(' ') };
      finding ??= written(around, await treeOf(root, out));
      finding ??= polluted();
      for (const [file, text] of await textsBelow(out, outFiles)) texts.set(file.slice(out.length), text);
      finding ??= shown(texts, kind, drawn);
      if (drawn.file !== undefined) await restore(project, drawn.file, bench);
      for (const line of differences(before, await treeOf(root, out)))
        if (line.startsWith('made: ')) await rm(line.slice(6), { recursive: true, force: true });
      return { index, finding, cpuMs, by: drawn.by, exits, ...(finding ? { tree, form } : {}) };
    },
    close: async () => {
      await server[Symbol.asyncDispose]();
      process.chdir(tmpdir());
      await rm(root, { recursive: true, force: true });
    },
  };
}

const ENV = {
  FUZZ_CLIENT_ID: 'client-id-for-tests',
  FUZZ_CLIENT_SECRET: SECRET,
  BOATS_KEY: 'key-for-tests-druyphkaz',
  FUZZ_HOOK: 'hook-secret-for-tests-jintphlo',
};
const TOKEN_BODY = JSON.stringify({ access_token: 'token-for-tests-mlijintphlo', expires_in: 3600 });
const TOKEN_ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${TOKEN_BODY.length}\r\nconnection: close\r\n\r\n${TOKEN_BODY}`;

/** What an unknown path is answered: without it nothing else that the server says could be judged. */
const MISSING = 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n';

async function put(file: string, bytes: Buffer): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, bytes);
}

async function restore(project: string, file: string, { files }: Bench): Promise<void> {
  const own = files.get(file);
  if (own === undefined) await rm(join(project, file), { force: true });
  else await writeFile(join(project, file), own);
}

/** The first line of an internal error, and where in the program it was. */
function faultIn(err: string): string {
  const lines = err.split('\n').map((line) => line.trim());
  const message = lines.find((line) => /(?:Error|internal)/.test(line)) ?? lines[0] ?? '';
  return `${message.slice(0, 160)} ${lines.find((line) => line.startsWith('at ')) ?? ''}`.trim();
}

function stackOf(error: unknown): string {
  return error instanceof Error
    ? (error.stack ?? error.message).split('\n').slice(0, 2).join(' ').slice(0, 300)
    : String(error);
}

/** Sees what nobody catches, and connections that leave the machine. */
function watchProcess(): { stop: () => Finding | undefined } {
  let finding: Finding | undefined;
  const onError = (error: unknown): void => {
    finding ??= { what: `nobody catches: ${stackOf(error)}`, where: 'the process' };
  };
  const onSocket = (message: unknown): void => {
    const socket =
      typeof message === 'object' && message !== null && 'socket' in message ? message.socket : undefined;
    if (!(socket instanceof Socket)) return;
    socket.once('lookup', (_error: unknown, _address: unknown, _family: unknown, host: string) => {
      if (host !== 'localhost') finding ??= { what: 'a name is looked up', where: host };
    });
    socket.once('connect', () => {
      const { remoteAddress = '' } = socket;
      if (!/^(?:::ffff:)?127\.|^::1$/.test(remoteAddress))
        finding ??= { what: 'a connection leaves the machine', where: remoteAddress };
    });
  };
  process.on('unhandledRejection', onError);
  process.on('uncaughtException', onError);
  subscribe('net.client.socket', onSocket);
  return {
    stop: () => {
      process.off('unhandledRejection', onError);
      process.off('uncaughtException', onError);
      unsubscribe('net.client.socket', onSocket);
      return finding;
    },
  };
}

function written(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Finding | undefined {
  const [first] = differences(before, after);
  return first === undefined ? undefined : { what: 'something outside of --out is changed', where: first };
}

const OWN_NAMES = Object.getOwnPropertyNames(Object.prototype).join(' ');

function polluted(): Finding | undefined {
  const now = Object.getOwnPropertyNames(Object.prototype).join(' ');
  return now === OWN_NAMES ? undefined : { what: 'the prototype of all objects is changed', where: now };
}

async function textsBelow(
  folder: string,
  without: ReadonlyMap<string, unknown>,
): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const made = files.filter((file) => !without.has(join(OUT, file.slice(folder.length + 1))));
  return Promise.all(
    made.map(async (file): Promise<[string, string]> => [file, await readFile(file, 'utf8')]),
  );
}

/** A secret that the program knows; and where what a person has sent or a host has said was read, a value of a person. */
function shown(texts: ReadonlyMap<string, string>, kind: KindName, drawn: Drawn): Finding | undefined {
  const isOfPersons = kind === 'answers' || kind === 'har' || kind === 'pastes';
  for (const [place, text] of texts) {
    // What is in the file that was put there is no output.
    if (drawn.file !== undefined && place === drawn.file.slice(OUT.length)) continue;
    const lower = text.toLowerCase();
    if (lower.includes(SECRET)) return { what: 'a secret is shown', where: place };
    if (isOfPersons && lower.includes(PERSON)) return { what: 'a value of a person is shown', where: place };
  }
  return undefined;
}
