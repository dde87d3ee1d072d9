import { randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import type { Content } from '../../artefact/content.js';
import type { Claim, Folder } from '../../artefact/folder.js';
import { checkedText, outsideFolder, refuseSecrets } from '../../artefact/guard.js';
import type { Secrets } from '../../targets/secrets.js';
import type { IndexOf } from '../index-rows.js';
import type { Database, Queries } from './connect.js';
import { writeIndex } from './write-index.js';

/**
 * The records of one agency in a database, as a folder: what is written, refused and read is what it would be on disk. A text
 * and the rows that are derived from it are written in one transaction.
 * @param agency whose records they are; nothing here reaches those of another
 * @param indexOf what is derived from a text
 */
export function openPostgresFolder(
  database: Database,
  agency: string,
  { secrets, indexOf }: { secrets: Secrets; indexOf: IndexOf },
): Folder {
  const path = `${database.shown}/${agency}`;
  const nameOf = (given: string): string => {
    const name = posix.normalize(given);
    if (given === '' || name === '.' || /^(?:\.\.)?(?:\/|$)|\0|\/$/.test(name))
      throw outsideFolder(given, path);
    return name;
  };
  const place = (name: string): string => `${path}/${nameOf(name)}`;
  const checked = (name: string, foreign: Content): string =>
    checkedText({ name, place: place(name) }, foreign, secrets);
  const read = async (name: string): Promise<string | undefined> => {
    const rows = await database.read<{ text: string }>(
      'select text from conform.record where agency = $1 and name = $2',
      [agency, nameOf(name)],
    );
    return rows[0]?.text;
  };
  /** Writes a text and its index; of a name that is there already only with `over`. @returns whether it was written */
  const put = async (queries: Queries, given: string, text: string, over: boolean): Promise<boolean> => {
    const name = nameOf(given);
    await addAgency(queries, agency);
    const count = await queries.count(
      `insert into conform.record (agency, name, text) values ($1, $2, $3) on conflict (agency, name) do ${
        over ? 'update set text = excluded.text, written_at = now()' : 'nothing'
      }`,
      [agency, name, text],
    );
    if (count === 0) return false;
    await writeIndex(queries, agency, name, indexOf(name, text));
    return true;
  };
  return {
    path,
    place,
    read,
    list: async (dir) => {
      const below = dir === '' ? '' : `${nameOf(dir)}/`;
      const rows = await database.read<{ name: string }>(
        `select substr(name, length($2) + 1) as name from conform.record
        where agency = $1 and starts_with(name, $2) and position('/' in substr(name, length($2) + 1)) = 0`,
        [agency, below],
      );
      return rows.map(({ name }) => name).sort();
    },
    refuseSecrets: (name, texts) => {
      refuseSecrets(place(name), texts, secrets);
    },
    write: async (name, foreign) => {
      const text = checked(name, foreign);
      await database.transaction((queries) => put(queries, name, text, true), 'again');
      return place(name);
    },
    create: async (name, foreign) => {
      const text = checked(name, foreign);
      return database.transaction((queries) => put(queries, name, text, false), 'once');
    },
    remove: async (name) => {
      await database.transaction(
        (queries) =>
          queries.count('delete from conform.record where agency = $1 and name = $2', [agency, nameOf(name)]),
        'again',
      );
    },
    claim: async (dir, stem, extension) => {
      refuseSecrets(path, [stem], secrets);
      for (let number = 1; ; number++) {
        const numbered = number === 1 ? stem : `${stem}~${number}`;
        const claimed = await claimName(database, agency, nameOf(`${dir}/${numbered}${extension}`));
        if (claimed) return { stem: numbered, release: claimed.release };
      }
    },
  };
}

/** Longer than two machines' clocks differ; names hold the second at which their work began, so nobody waits for one. */
const CLAIM_LASTS = '1 hour';

/** @returns undefined where somebody else has the name, or has written it */
async function claimName(
  database: Database,
  agency: string,
  name: string,
): Promise<Pick<Claim, 'release'> | undefined> {
  const holder = randomUUID();
  const release = (queries: Queries) =>
    queries.count('delete from conform.claim where agency = $1 and name = $2 and holder = $3', [
      agency,
      name,
      holder,
    ]);
  const isFree = await database.transaction(async (queries) => {
    await addAgency(queries, agency);
    // What has lapsed is nobody's any more.
    await queries.count('delete from conform.claim where agency = $1 and until < now()', [agency]);
    const count = await queries.count(
      `insert into conform.claim as held (agency, name, holder, until) values ($1, $2, $3, now() + $4::interval)
      on conflict (agency, name) do update set holder = excluded.holder, until = excluded.until
      where held.until < now() or held.holder = excluded.holder`,
      [agency, name, holder, CLAIM_LASTS],
    );
    if (count === 0) return false;
    const written = await queries.count('select 1 from conform.record where agency = $1 and name = $2', [
      agency,
      name,
    ]);
    if (written === 0) return true;
    await release(queries);
    return false;
  }, 'again');
  if (!isFree) return undefined;
  return {
    release: async () => {
      await database.transaction(release, 'again');
    },
  };
}

async function addAgency(queries: Queries, agency: string): Promise<void> {
  await queries.count('insert into conform.agency (name) values ($1) on conflict do nothing', [agency]);
}
