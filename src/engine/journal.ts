import { appendFileSync, closeSync, constants, existsSync, fsyncSync, openSync } from 'node:fs';
import { access, appendFile, mkdir, readFile, readdir, rm, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { Ajv } from 'ajv';
import type { Chance } from '../chance.js';
import type { Clock } from '../clock.js';
import { readText } from '../document/text.js';
import { parseJson } from '../json.js';
import { Problem } from '../problem.js';

/** What removes one thing that a run has created. */
export interface RemovalEntry {
  method: string;
  /** Path and query, without the host. */
  path: string;
  /** The operation of the contract that it is. */
  operation: string;
  /** Texts of which a read of the thing shows one. Empty, or not there: whatever can be read is taken for it. */
  shows?: string[];
  /** The address that the thing is at, where that is another one of the target than the journal's. */
  baseUrl?: string;
}

/**
 * A record on disk of everything that a run creates on a target, written before each request, so that it can
 * be removed after a crash too. It holds ids of real things, which no other file does; it is gone when nothing
 * is left to remove.
 */
export interface Journal {
  /** To be called before a request that creates something is sent. Returns the number of the entry. */
  creating: (operation: string) => number;
  /** What removes what it created; undefined when there is nothing to remove. */
  created: (entry: number, removal: RemovalEntry | undefined) => void;
  removed: (entry: number) => void;
}

/** The name of the format. Journals without it were written before removals named their method. */
const FORMAT = 'conform-journal/1';

const Removal = Type.Object({
  method: Type.String(),
  path: Type.String(),
  operation: Type.String(),
  shows: Type.Optional(Type.Array(Type.String())),
  baseUrl: Type.Optional(Type.String()),
});
const Line = Type.Union([
  Type.Object({
    format: Type.Optional(Type.String()),
    target: Type.String(),
    baseUrl: Type.String(),
    contract: Type.Optional(Type.String()),
    passing: Type.Optional(Type.Boolean()),
    startedAt: Type.String(),
  }),
  Type.Object({ creating: Type.Integer(), operation: Type.String(), at: Type.String() }),
  Type.Object({ created: Type.Integer(), removal: Type.Optional(Type.Union([Type.String(), Removal])) }),
  Type.Object({ removed: Type.Integer() }),
]);
type Line = Static<typeof Line>;

/** What a journal is bound to. */
export interface JournalHeader {
  target: string;
  baseUrl: string;
  /** SHA-256 of the contract. */
  contract: string;
  /** The run has started the server itself, which ends with it. */
  passing: boolean;
  startedAt: string;
}

/** The name of a journal: no two runs have the same, also when they start at the same second. */
export function journalName(run: string, chance: Chance): string {
  return `${run}-${chance(6)}.jsonl`;
}

/** Where the journals of a folder of reports are. */
export function journalFolder(outDir: string): string {
  return join(outDir, 'journal');
}

/**
 * The file is made with the first entry: a run that creates nothing leaves none. `prepare` makes sure that it can
 * be written (it throws a Problem when not); `settle` takes it away when nothing is left to remove, `drop` in any case.
 */
export function openJournal(
  file: string,
  header: JournalHeader,
  clock: Pick<Clock, 'now'>,
): Journal & { prepare: () => Promise<void>; settle: () => Promise<void>; drop: () => Promise<void> } {
  let entries = 0;
  const open = new Set<number>();
  // Synchronously, and through to the disk: after this returns, a crash loses nothing.
  const write = (line: Line): void => {
    const handle = openSync(file, 'a', 0o600);
    try {
      appendFileSync(handle, `${JSON.stringify(line)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  };
  return {
    creating: (operation) => {
      if (!existsSync(file)) write({ format: FORMAT, ...header });
      const entry = entries++;
      open.add(entry);
      write({ creating: entry, operation, at: clock.now().toISOString() });
      return entry;
    },
    created: (entry, removal) => {
      if (removal === undefined) open.delete(entry);
      write({ created: entry, ...(removal === undefined ? {} : { removal }) });
    },
    removed: (entry) => {
      open.delete(entry);
      write({ removed: entry });
    },
    prepare: async () => {
      try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await access(dirname(file), constants.W_OK);
      } catch (error) {
        throw new Problem(
          'CONFORM_E_FILE_UNWRITABLE',
          'the journal cannot be written, and without it nothing is created',
          {
            place: { file },
            remedy: 'Free disk space or grant the permission, or name another folder with --out.',
            cause: error,
          },
        );
      }
    },
    settle: async () => {
      if (entries > 0 && open.size === 0) await rm(file, { force: true });
    },
    drop: async () => {
      if (entries > 0) await rm(file, { force: true });
    },
  };
}

/** A journal for what is created at another address of the target than its own. */
export function journalAt(baseUrl: string, journal: Journal): Journal {
  return {
    ...journal,
    created: (entry, removal) => {
      journal.created(entry, removal && { ...removal, baseUrl });
    },
  };
}

/** What a journal says is still there. */
export interface Unsettled {
  file: string;
  target: string;
  baseUrl: string;
  /** SHA-256 of the contract; undefined in journals of before. */
  contract: string | undefined;
  /** The server ended with the run, and what it held with it. */
  passing: boolean;
  startedAt: string;
  /** What removes what was created. */
  removals: { entry: number; operation: string; removal: RemovalEntry }[];
  /** Removals of which only a path is known: journals of before hold such. They are listed, never sent. */
  unbound: { entry: number; operation: string }[];
  /** Requests that were sent and of which it is not known what they have created. */
  unknown: { entry: number; operation: string; at: string }[];
}

/** A journal, or why it cannot be read. */
export type ReadJournal = { ok: true; journal: Unsettled } | { ok: false; file: string; why: string };

/** Reads every journal of a folder. One that cannot be understood does not stand in the way of the others. */
export async function readJournals(folder: string): Promise<ReadJournal[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jsonl')).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = join(folder, name);
      try {
        return journalOf(file, await readText(file));
      } catch {
        return { ok: false, file, why: 'it cannot be opened' };
      }
    }),
  );
}

let isLine: ((value: unknown) => value is Line) | undefined;

/** A journal as it is in a file. Its last line may have been cut off by a crash: then it is as if not written. */
export function journalOf(file: string, text: string): ReadJournal {
  const written = text.split('\n');
  const lines: Line[] = [];
  for (const [index, line] of written.entries()) {
    if (line === '') continue;
    const parsed = lineOf(line);
    if (parsed) lines.push(parsed);
    else if (index < written.length - 1)
      return { ok: false, file, why: `line ${index + 1} is not one of a journal` };
  }
  const [header, ...entries] = lines;
  if (!header || !('target' in header)) {
    return { ok: false, file, why: 'it does not say to which target it belongs' };
  }
  if (![undefined, FORMAT].includes(header.format)) {
    return { ok: false, file, why: `it is of another format, ${header.format ?? ''}` };
  }
  const sent = entries.flatMap((line) => ('creating' in line ? [line] : []));
  const settled = new Map<number, string | RemovalEntry | undefined>(
    entries.flatMap((line) => ('created' in line ? [[line.created, line.removal] as const] : [])),
  );
  const gone = new Set(entries.flatMap((line) => ('removed' in line ? [line.removed] : [])));
  const open = sent.filter(({ creating }) => !gone.has(creating));
  const known = open.flatMap(({ creating, operation }) => {
    const removal = settled.get(creating);
    return removal === undefined ? [] : [{ entry: creating, operation, removal }];
  });
  const isBound = header.format !== undefined;
  return {
    ok: true,
    journal: {
      file,
      target: header.target,
      baseUrl: header.baseUrl,
      contract: header.contract,
      passing: header.passing ?? false,
      startedAt: header.startedAt,
      removals: known.flatMap(({ entry, operation, removal }) =>
        isBound && typeof removal !== 'string' ? [{ entry, operation, removal }] : [],
      ),
      unbound: known
        .filter(({ removal }) => !isBound || typeof removal === 'string')
        .map(({ entry, operation }) => ({ entry, operation })),
      unknown: open
        .filter(({ creating }) => !settled.has(creating))
        .map(({ creating, operation, at }) => ({ entry: creating, operation, at })),
    },
  };
}

function lineOf(text: string): Line | undefined {
  isLine ??= new Ajv({ allowUnionTypes: true }).compile<Line>(Line);
  const value = parseJson(text);
  return isLine(value) ? value : undefined;
}

/** Adds that an entry is gone. A line that was cut off before stays one of its own. */
export async function settleEntry(file: string, entry: number): Promise<void> {
  const text = await readFile(file, 'utf8');
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  // Only the cut line is dropped: it was as if not written before, too.
  if (whole !== text && lineOf(text.slice(whole.length)) === undefined)
    await truncate(file, Buffer.byteLength(whole));
  else if (whole !== text) await appendFile(file, '\n');
  await appendFile(file, `${JSON.stringify({ removed: entry } satisfies Line)}\n`);
}
