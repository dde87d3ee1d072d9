import { posix } from 'node:path';
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

/**
 * A folder that reads like another one with changes in it, and changes nothing there. What would be refused there is refused
 * here, when it is written.
 */
export function stage(below: Folder, secrets: Secrets): StagedFolder {
  const changes = new Map<string, string | undefined>();
  const claimed = new Set<string>();
  const nameOf = (given: string): string => {
    // It throws where a name leads out of the folder.
    below.place(given);
    return posix.normalize(given);
  };
  const read = async (given: string): Promise<string | undefined> => {
    const name = nameOf(given);
    return changes.has(name) ? changes.get(name) : await below.read(name);
  };
  const put = (given: string, foreign: string): string => {
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
    write: (name, text) => Promise.resolve().then(() => put(name, text)),
    create: async (name, text) => {
      if (await isThere(name)) return false;
      put(name, text);
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
