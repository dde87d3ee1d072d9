import { posix } from 'node:path';
import type { Content } from '../artefact/content.js';
import type { Folder } from '../artefact/folder.js';
import { checkedText } from '../artefact/guard.js';
import type { Secrets } from '../targets/secrets.js';

/** What is to be written, or removed, when all of a night is recorded at once. */
export type Changes = ReadonlyMap<string, string | undefined>;

/** A folder whose changes are kept until somebody records them. */
export interface StagedFolder extends Folder {
  /** The texts by their names; undefined for what is to be removed. */
  changes: () => Changes;
}

/** So many bytes of texts are kept for a night: a worker passes several nights at once. */
const MOST_KEPT = 32 * 1024 * 1024;

/**
 * A folder that reads like another one with changes in it, and changes nothing there. What would be refused there is refused
 * here, when it is written. A text of the folder below is read there once, as long as it is among the first so many bytes:
 * a night reads the same earlier runs for its checks, its comparison, its tickets and its history.
 * @param most how many bytes of texts are kept
 */
export function stage(below: Folder, secrets: Secrets, most = MOST_KEPT): StagedFolder {
  const readBelow = keeping(below.read, most);
  const changes = new Map<string, string | undefined>();
  const claimed = new Set<string>();
  const nameOf = (given: string): string => {
    // It throws where a name leads out of the folder.
    below.place(given);
    return posix.normalize(given);
  };
  const read = async (given: string): Promise<string | undefined> => {
    const name = nameOf(given);
    return changes.has(name) ? changes.get(name) : await readBelow(name);
  };
  const put = (given: string, foreign: Content): string => {
    const place = below.place(given);
    changes.set(nameOf(given), checkedText({ name: given, place }, foreign, secrets));
    return place;
  };
  const isThere = async (name: string): Promise<boolean> => (await read(name)) !== undefined;
  return {
    path: below.path,
    place: below.place,
    refuseSecrets: below.refuseSecrets,
    read,
    list: async (dir) => {
      const names = new Set(await below.list(dir));
      for (const [name, text] of changes) {
        if (posix.dirname(name) !== (dir === '' ? '.' : posix.normalize(dir))) continue;
        if (text === undefined) names.delete(posix.basename(name));
        else names.add(posix.basename(name));
      }
      return [...names].sort();
    },
    write: (name, content) => Promise.resolve().then(() => put(name, content)),
    create: async (name, content) => {
      if (await isThere(name)) return false;
      put(name, content);
      return true;
    },
    remove: (name) => {
      changes.set(nameOf(name), undefined);
      return Promise.resolve();
    },
    claim: async (dir, stem, extension) => {
      below.refuseSecrets(posix.join(dir, `${stem}${extension}`), [stem]);
      for (let number = 1; ; number++) {
        const numbered = number === 1 ? stem : `${stem}~${number}`;
        const name = nameOf(`${dir}/${numbered}${extension}`);
        if (claimed.has(name) || (await isThere(name))) continue;
        claimed.add(name);
        return {
          stem: numbered,
          release: () => {
            claimed.delete(name);
            return Promise.resolve();
          },
        };
      }
    },
    changes: () => changes,
  };
}

/** Keeps texts that were read, up to so many bytes. That there is none of a name is asked again each time. */
function keeping(read: Folder['read'], most: number): Folder['read'] {
  const kept = new Map<string, string>();
  const reading = new Map<string, Promise<string | undefined>>();
  let bytes = 0;
  const readOnce = async (name: string): Promise<string | undefined> => {
    const text = await read(name);
    const size = text === undefined ? Infinity : Buffer.byteLength(text);
    if (text === undefined || bytes + size > most) return text;
    bytes += size;
    kept.set(name, text);
    return text;
  };
  return async (name) => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const asked = reading.get(name) ?? readOnce(name).finally(() => reading.delete(name));
    reading.set(name, asked);
    return asked;
  };
}
