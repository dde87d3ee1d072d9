import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Writes files below a folder. */
export async function writeTree(
  folder: string,
  files: ReadonlyMap<string, string | Uint8Array>,
): Promise<void> {
  for (const [name, content] of files) {
    await mkdir(join(folder, dirname(name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** What is below a folder, by path: its kind, and of a file its size and when it was changed. */
export async function treeOf(folder: string, without: string): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const visit = async (dir: string): Promise<void> => {
    for (const entry of await readdir(dir, { withFileTypes: true })) {
      const path = join(dir, entry.name);
      if (path === without) continue;
      const { size, mtimeMs } = await stat(path).catch(() => ({ size: -1, mtimeMs: -1 }));
      found.set(path, entry.isDirectory() ? 'folder' : `${size} ${mtimeMs}`);
      if (entry.isDirectory()) await visit(path);
    }
  };
  await visit(folder);
  return found;
}

/** What differs between two trees, as short texts. */
export function differences(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [
    ...[...after].flatMap(([path, what]) => {
      const was = before.get(path);
      return was === what ? [] : [`${was === undefined ? 'made' : 'changed'}: ${path}`];
    }),
    ...[...before.keys()].filter((path) => !after.has(path)).map((path) => `removed: ${path}`),
  ];
}
