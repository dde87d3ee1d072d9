import { appendFileSync, closeSync, constants, existsSync, fsyncSync, openSync } from 'node:fs';
import { access, appendFile, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { Ajv } from 'ajv';
import type { Clock } from '../clock.js';
import { Problem } from '../problem.js';

/**
 * A record on disk of everything that a run creates on a target, written before each request, so that it can
 * be removed after a crash too. It holds ids of real things, which no other file does; it is gone when nothing
 * is left to remove.
 */
export interface Journal {
  /** To be called before a request that creates something is sent. Returns the number of the entry. */
  creating: (operation: string) => number;
  /** What it created, and the path that removes it; undefined when it turned out to create nothing. */
  created: (entry: number, removal: string | undefined) => void;
  removed: (entry: number) => void;
}

const Line = Type.Union([
  Type.Object({ target: Type.String(), baseUrl: Type.String(), startedAt: Type.String() }),
  Type.Object({ creating: Type.Integer(), operation: Type.String(), at: Type.String() }),
  Type.Object({ created: Type.Integer(), removal: Type.Optional(Type.String()) }),
  Type.Object({ removed: Type.Integer() }),
]);
type Line = Static<typeof Line>;

/** Where the journals of a folder of reports stand. */
export function journalFolder(outDir: string): string {
  return join(outDir, 'journal');
}

/**
 * The file is made with the first entry: a run that creates nothing leaves none. `prepare` makes sure that it can
 * be written (it throws a Problem when not); `settle` takes it away when nothing is left to remove.
 */
export function openJournal(
  file: string,
  header: { target: string; baseUrl: string; startedAt: string },
  clock: Pick<Clock, 'now'>,
): Journal & { prepare: () => Promise<void>; settle: () => Promise<void> } {
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
      if (!existsSync(file)) write(header);
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
        await mkdir(dirname(file), { recursive: true });
        await access(dirname(file), constants.W_OK);
      } catch (error) {
        throw new Problem('the journal cannot be written; without it nothing is created', {
          place: { file },
          remedy: 'Make room or name another folder with --out.',
          cause: error,
        });
      }
    },
    settle: async () => {
      if (entries > 0 && open.size === 0) await rm(file, { force: true });
    },
  };
}

/** What a journal says is still there. */
export interface Unsettled {
  file: string;
  target: string;
  baseUrl: string;
  startedAt: string;
  /** Paths that remove what was created. */
  removals: { entry: number; operation: string; path: string }[];
  /** Requests that were sent and whose answer is not known: something may be there. */
  unknown: { operation: string; at: string }[];
}

/** Reads every journal of a folder. @throws Problem when one cannot be understood. */
export async function readJournals(folder: string): Promise<Unsettled[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.jsonl')).sort();
  return Promise.all(names.map((name) => readJournal(join(folder, name))));
}

async function readJournal(file: string): Promise<Unsettled> {
  const isLine = new Ajv().compile<Line>(Line);
  const text = await readFile(file, 'utf8');
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map((line, index): Line => {
      let value: unknown;
      try {
        value = JSON.parse(line);
      } catch {
        value = undefined;
      }
      if (isLine(value)) return value;
      throw new Problem('is not a line of a journal', {
        place: { file, line: index + 1 },
        remedy: 'Remove by hand what the other lines name, then delete the file.',
      });
    });
  const header = lines.find((line) => 'target' in line);
  if (!header || !('target' in header)) {
    throw new Problem('does not say to which target it belongs', { place: { file, line: 1 } });
  }
  const sent = lines.filter((line) => 'creating' in line);
  const settled = new Map<number, string | undefined>();
  for (const line of lines) if ('created' in line) settled.set(line.created, line.removal);
  const gone = new Set(lines.flatMap((line) => ('removed' in line ? [line.removed] : [])));
  return {
    file,
    target: header.target,
    baseUrl: header.baseUrl,
    startedAt: header.startedAt,
    removals: sent
      .filter(({ creating }) => !gone.has(creating))
      .flatMap(({ creating, operation }) => {
        const path = settled.get(creating);
        return path === undefined ? [] : [{ entry: creating, operation, path }];
      }),
    unknown: sent
      .filter(({ creating }) => !settled.has(creating))
      .map(({ operation, at }) => ({ operation, at })),
  };
}

/** Adds that an entry is gone. */
export async function settleEntry(file: string, entry: number): Promise<void> {
  await appendFile(file, `${JSON.stringify({ removed: entry } satisfies Line)}\n`);
}
