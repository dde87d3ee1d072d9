import type { Folder, Records } from '../artefact/folder.js';

/** The folders of records, and which of their files are records: pages, mails and locks are none. */
export const RECORD_FOLDERS: readonly { dir: string; isRecord: (name: string) => boolean }[] = [
  { dir: 'runs', isRecord: isJson },
  { dir: 'latest', isRecord: isJson },
  { dir: 'tickets', isRecord: isJson },
  { dir: 'nights', isRecord: (name) => isJson(name) && name !== 'lock.json' },
  { dir: 'gate', isRecord: isJson },
  { dir: 'bench', isRecord: isJson },
  { dir: 'expected', isRecord: (name) => /\.(?:yaml|log\.jsonl)$/.test(name) },
];

function isJson(name: string): boolean {
  return name.endsWith('.json');
}

/** What has come of copying records. */
export interface Copied {
  written: number;
  /** So many were there already, with the same text. */
  same: number;
  /** The names of those that are there with another text, and were left as they are. */
  different: string[];
}

/**
 * Copies records from one place to another, text by text.
 * @param replace whether a record that is there with another text is replaced
 * @throws Problem when one cannot be read or written; those before it are copied
 */
export async function copyRecords(from: Records, to: Folder, replace: boolean): Promise<Copied> {
  const copied: Copied = { written: 0, same: 0, different: [] };
  for (const name of await recordNames(from)) {
    const text = await from.read(name);
    if (text === undefined) continue;
    const there = await to.read(name);
    if (there === text) copied.same += 1;
    else if (there !== undefined && !replace) copied.different.push(name);
    else {
      await to.write(name, text);
      copied.written += 1;
    }
  }
  return copied;
}

async function recordNames(from: Records): Promise<string[]> {
  const names: string[] = [];
  for (const { dir, isRecord } of RECORD_FOLDERS)
    names.push(...(await from.list(dir)).filter(isRecord).map((name) => `${dir}/${name}`));
  return names;
}
