import type { Random } from './egress/random.js';

/** A way in which a text is changed until it is pasted. */
interface Mutation {
  name: string;
  /** Whether all that was in the text can still be read. */
  keeps: boolean;
  change: (text: string, random: Random) => string | Buffer;
}

const UTF8_MARK = '\ufeff';

/** What is put around a text, or how it is written. */
const SURROUNDINGS: readonly Mutation[] = [
  {
    name: 'UTF-16 with a mark',
    keeps: true,
    change: (text) => Buffer.from(`${UTF8_MARK}${text}`, 'utf16le'),
  },
  { name: 'UTF-16 without a mark', keeps: true, change: (text) => Buffer.from(text, 'utf16le') },
  {
    name: 'UTF-16, the other way round',
    keeps: true,
    change: (text) => Buffer.from(`${UTF8_MARK}${text}`, 'utf16le').swap16(),
  },
  { name: 'a mark of UTF-8', keeps: true, change: (text) => UTF8_MARK + text },
  { name: 'line ends of Windows', keeps: true, change: (text) => text.replaceAll('\n', '\r\n') },
  { name: 'line ends of PowerShell', keeps: true, change: (text) => text.replaceAll('\n', '\r\r\n') },
  { name: 'line ends of old', keeps: true, change: (text) => text.replaceAll('\n', '\r') },
  {
    name: 'colours',
    keeps: true,
    change: (text) => text.replace(/^(.+)$/gm, (line) => `\u001b[32m${line}\u001b[0m`),
  },
  { name: 'blanks that do not break', keeps: true, change: (text) => text.replaceAll(' ', '\u00a0') },
  { name: 'blank lines around', keeps: true, change: (text) => `\n\n\n${text}\n\n\n` },
  { name: 'a fence', keeps: true, change: (text) => `\`\`\`\n${text}\n\`\`\`` },
  { name: 'a quoted mail', keeps: true, change: (text) => prefixed(text, '> ') },
  { name: 'a container', keeps: true, change: (text) => prefixed(text, 'web-1  | ') },
];

function prefixed(text: string, prefix: string): string {
  return text
    .split('\n')
    .map((line) => prefix + line)
    .join('\n');
}

/** What takes something away, or puts it elsewhere. */
const DAMAGES: readonly Mutation[] = [
  { name: 'the beginning cut off', keeps: false, change: (text, random) => text.slice(at(text, random)) },
  { name: 'the end cut off', keeps: false, change: (text, random) => text.slice(0, at(text, random)) },
  {
    name: 'a piece taken out',
    keeps: false,
    change: (text, random) => {
      const [from, to] = [at(text, random), at(text, random)].sort((one, other) => one - other);
      return text.slice(0, from) + text.slice(to);
    },
  },
  {
    name: 'lines in another order',
    keeps: false,
    change: (text, random) => {
      const lines = text.split('\n');
      const from = Math.floor(random.next() * lines.length);
      const moved = lines.splice(from, 1 + Math.floor(random.next() * 3));
      lines.splice(Math.floor(random.next() * lines.length), 0, ...moved);
      return lines.join('\n');
    },
  },
  {
    name: 'lines joined',
    keeps: false,
    change: (text, random) => text.replace(/\n/g, () => (random.next() < 0.3 ? '' : '\n')),
  },
  {
    name: 'lines broken',
    keeps: false,
    change: (text, random) => text.replace(/ /g, () => (random.next() < 0.1 ? '\n' : ' ')),
  },
  { name: 'words around', keeps: false, change: (text) => `It says\n\n${text}\n\nWhat now?\n` },
  { name: 'indented', keeps: false, change: (text) => prefixed(text, '    ') },
  { name: 'escaped', keeps: false, change: (text) => JSON.stringify(text) },
  { name: 'in a record', keeps: false, change: (text) => JSON.stringify({ level: 'error', message: text }) },
  { name: 'broken bytes', keeps: false, change: (text, random) => withNoise(text, random) },
  {
    name: 'quotes of another kind',
    keeps: false,
    change: (text) => text.replaceAll('"', '“').replaceAll("'", '’'),
  },
  { name: 'in small letters', keeps: false, change: (text) => text.toLowerCase() },
];

function at(text: string, random: Random): number {
  return Math.floor(random.next() * (text.length + 1));
}

function withNoise(text: string, random: Random): Buffer {
  const bytes = Buffer.from(text);
  const times = Math.ceil(bytes.length * 0.01);
  for (let count = 0; count < times; count++) {
    bytes[Math.floor(random.next() * bytes.length)] = Math.floor(random.next() * 256);
  }
  return bytes;
}

/** A text as somebody may paste it, and in which ways it was changed. */
export interface MutatedPaste {
  bytes: Buffer;
  by: string[];
  /** Whether all that was in it can still be read. */
  isWhole: boolean;
}

/** Changes a text in up to three ways, in the last of them perhaps how it is written. */
export function mutatedPaste(text: string, random: Random): MutatedPaste {
  const damages = Array.from({ length: Math.floor(random.next() * 3) }, () => random.pick(DAMAGES));
  const surroundings = random.next() < 0.6 ? [random.pick(SURROUNDINGS)] : [];
  const mutations = [...damages, ...surroundings];
  let changed: string | Buffer = text;
  for (const { change } of mutations) changed = change(changed.toString(), random);
  return {
    bytes: Buffer.from(changed),
    by: mutations.map(({ name }) => name),
    isWhole: mutations.every(({ keeps }) => keeps),
  };
}
