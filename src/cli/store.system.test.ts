import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFolder } from '../artefact/folder.js';
import type { Chance } from '../chance.js';
import type { Run } from '../record/run.js';
import { writeRun } from '../record/store.js';
import { RECORD_FOLDERS } from '../store/copy.js';
import { Secrets } from '../targets/secrets.js';
import { benchResultOf } from '../../packages/caller-id/src/testing/bench-result.js';
import { leapingClock } from '../testing/clock.js';
import { conform, copyOfSpec, temporaryFolder, type Result } from '../testing/conform.js';
import { POSTGRES_MISSING, startPostgres, type TestServer } from '../testing/postgres.js';
import { recorded } from '../testing/recorded.js';
import { THOROUGH } from '../testing/thorough.js';

const SECRET = 'client-secret-for-tests-4711';

/** A database as a command is given it: the password is in the environment. */
interface Database {
  url: string;
  option: string;
  env: { PGPASSWORD: string };
  shown: string;
}

describe.skipIf(POSTGRES_MISSING !== undefined)('commands over files and over PostgreSQL', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.close());

  async function newDatabase(): Promise<Database> {
    const url = await server.newDatabase();
    const option = new URL(url);
    const { password } = option;
    option.password = '';
    const database = {
      ...{ url, option: option.href, env: { PGPASSWORD: decodeURIComponent(password) } },
      shown: `postgres://${option.host}${option.pathname}`,
    };
    const { code, err } = await conform(['store', 'migrate', '--store', database.option], database);
    expect(code, err).toBe(0);
    return database;
  }

  const storing = ({ option }: Database, ...more: string[]) => ['--store', option, ...more];

  test('every command that reads says, writes and keeps the same', async () => {
    await using folder = await temporaryFolder();
    const seed = join(folder.path, 'seed');
    await seedRuns(seed);
    const sides = await Promise.all(
      ['files', 'database'].map(async (name) => {
        const path = join(folder.path, name);
        await mkdir(path);
        return {
          spec: await copyOfSpec(path),
          out: join(path, 'reports'),
          clock: leapingClock(new Date('2026-03-10T02:00:00.000Z')),
          chance: counting(),
        };
      }),
    );
    const [files, other] = sides;
    if (!files || !other) throw new Error('two sides');
    await cp(seed, files.out, { recursive: true });
    const database = await newDatabase();
    const imported = await conform(['store', 'import', seed, ...storing(database)], database);
    expect(imported, imported.err).toMatchObject({ code: 0 });
    const back = join(folder.path, 'back');
    await conform(['store', 'export', back, ...storing(database)], database);
    expect(await contentsOf(back, () => true)).toEqual(await contentsOf(seed, isRecord));

    const kept = `${database.shown}/default`;
    /** A text without where it is kept, and without what differs between two nights that really ask: ports and times. */
    const same = (text: string): string =>
      [files.spec, files.out, kept, other.spec, other.out]
        .reduce((all, path) => all.replaceAll(path, 'PLACE'), text)
        .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'HOST')
        .replaceAll(/[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:]{8} GMT/g, 'DATE')
        .replaceAll(/differs by \d+ minutes|"minutes": \d+/g, 'MINUTES')
        .replaceAll(/"durationMs": [\d.]+/g, 'DURATION');
    const both = async (args: readonly string[]): Promise<Result> => {
      const [one, another] = [
        await conform([...args, '--spec-dir', files.spec, '--out', files.out], files),
        await conform([...args, '--spec-dir', other.spec, '--out', other.out, ...storing(database)], {
          ...{ clock: other.clock, chance: other.chance, env: database.env },
        }),
      ];
      for (const side of [files, other]) side.clock.advance(60_000);
      expect(inPlace(another, same), args.join(' ')).toEqual(inPlace(one, same));
      expect(one.err, args.join(' ')).not.toContain('CONFORM_E_INTERNAL');
      return one;
    };
    const shards = await writeShards(await recorded('mock'), join(folder.path, 'shards'));
    const formats = [
      ...['html', 'md', 'junit', 'sarif', 'capability-statement', 'test-report'],
      ...['step-summary', 'badge', 'coverage', 'ctrf', 'wfc'],
    ].flatMap((format) => ['--format', format]);
    const newest = (await readdir(join(seed, 'runs'))).filter((name) => name.includes('production')).sort();
    const [first = '', last = ''] = [newest[0], newest.at(-1)].map((name) => name?.replace('.json', ''));
    const commands: readonly (readonly string[])[] = [
      ['report', ...formats],
      ['report', '--details', '--run', last],
      ['report', '--template', 'start-here', '--template', 'blocker-brief'],
      ['drift'],
      ['drift', first, last],
      ['drift', '--targets', 'production,sandbox'],
      ['drift', last, '--target', 'production'],
      ['history', '--days', '30'],
      ['history', '--target', 'production'],
      ['history', '--prune', '--plan'],
      ['coverage'],
      ['gate', '--consumer', 'gigi'],
      ['gate', '--consumer', 'gigi', '--override', 'a person was asked and let it through'],
      ['ticket'],
      ['ticket', '--run', last],
      ['accept', '--target', 'production', '--by', 'ada', '--reason', 'first look'],
      ['drift', '--target', 'production'],
      ['accept', '--run', first, '--by', 'ada'],
      ['accept', '--target', 'sandbox', '--by', 'ada'],
      ['history', '--prune'],
      ['history'],
      ['merge', ...shards],
      ['nightly', '--target', 'replica', '--notify', 'none'],
      ['report'],
    ];
    const isPage = (name: string) => !isRecord(name);
    const replaced = async (path: string, wanted: (name: string) => boolean) =>
      new Map([...(await contentsOf(path, wanted))].map(([name, text]) => [name, same(text)]));
    // Every night each is run a second time, so that what it has left behind is read: a ticket goes on, a night is compared
    // with the one before. In CI they are run once, in turn with and without --json.
    for (const [index, args] of commands.entries()) {
      // What a night asks live has the clock of the server in it, and mails encode that: pages are compared before.
      if (args[0] === 'nightly')
        expect(await replaced(other.out, isPage)).toEqual(await replaced(files.out, isPage));
      for (const more of THOROUGH ? [[], ['--json']] : [index % 2 === 0 ? [] : ['--json']]) {
        const { code, err } = await both([...args, ...more]);
        expect([0, 1, 3], `${args.join(' ')}: ${err}`).toContain(code);
      }
    }
    const after = join(folder.path, 'after');
    await conform(['store', 'export', after, ...storing(database)], database);
    // Expectations are in the spec folder on one side, and in the store on the other.
    const records = await replaced(files.out, isRecord);
    for (const [name, text] of await replaced(files.spec, (one) =>
      /^expected\/(?:production|sandbox)/.test(one),
    ))
      records.set(name, text);
    const exported = await replaced(after, () => true);
    expect([...exported.keys()].sort()).toEqual([...records.keys()].sort());
    for (const [name, text] of exported)
      expect(text.split('\n'), name).toEqual(records.get(name)?.split('\n'));
    // Nothing but pages is on the disk of the side that has a store.
    expect([...(await contentsOf(other.out, isRecord)).keys()]).toEqual([]);
  }, 900_000);

  test('two agencies in one database see nothing of each other', async () => {
    await using folder = await temporaryFolder();
    const seed = join(folder.path, 'seed');
    await seedRuns(seed);
    const database = await newDatabase();
    const as = (agency: string, ...args: string[]) =>
      conform(
        [...args, '--out', join(folder.path, agency), ...storing(database, '--agency', agency)],
        database,
      );
    expect((await as('one', 'store', 'import', seed)).code).toBe(0);
    for (const args of [['report'], ['drift'], ['history'], ['ticket'], ['coverage']]) {
      const { code, out } = await as('other', ...args);
      expect([2, 3], `${args.join(' ')}: ${out}`).toContain(code);
    }
    const nothing = join(folder.path, 'nothing');
    await as('other', 'store', 'export', nothing);
    expect(await contentsOf(nothing, () => true)).toEqual(new Map());
    const pruned = await as('other', 'store', 'prune', '--days', '1', '--json');
    expect(JSON.parse(pruned.out)).toEqual({ removed: [] });
    expect((await as('other', 'store', 'reindex', '--json')).out).toContain('"records": 0');
    const all = join(folder.path, 'all');
    await as('one', 'store', 'export', all);
    expect(await contentsOf(all, () => true)).toEqual(await contentsOf(seed, isRecord));
  });

  test('a secret is refused as a file refuses it, and no password is in an argument or an error', async () => {
    await using folder = await temporaryFolder();
    const seed = join(folder.path, 'seed');
    const run = await recorded('2026-02-26');
    const [first, ...rest] = run.operations;
    if (!first) throw new Error('no operation');
    const leaking = { ...run, operations: [{ ...first, explanation: `It says ${SECRET}.` }, ...rest] };
    const shards = await writeShards(leaking, join(seed, 'runs'));
    const database = await newDatabase();
    const env = { ...database.env, SHOP_CLIENT_SECRET: SECRET };
    const refused = await conform(['store', 'import', seed, ...storing(database)], { env });
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.err).toContain('CONFORM_E_SECRET_IN_OUTPUT');
    const merged = (...more: string[]) =>
      conform(['merge', ...shards, '--out', join(folder.path, 'out'), ...more], { env });
    const [file, stored] = [await merged(), await merged(...storing(database))];
    for (const { err, out } of [file, stored, refused]) {
      expect(err).toContain('CONFORM_E_SECRET_IN_OUTPUT');
      expect(out + err).not.toContain(SECRET);
    }
    expect(stored.code).toBe(file.code);
    const client = await server.connect(database.url);
    expect((await client.query('select 1 from conform.record')).rowCount).toBe(0);
    await client.end();

    const { PGPASSWORD } = database.env;
    const withPassword = await conform(['history', '--store', database.url]);
    expect(withPassword).toMatchObject({ code: 2 });
    expect(withPassword.err).toContain('CONFORM_E_STORE_PASSWORD_IN_ARGUMENT');
    const wrong = await conform(['history', ...storing(database)], {
      env: { PGPASSWORD: 'wrong-password-4711' },
    });
    expect(wrong).toMatchObject({ code: 3 });
    expect(wrong.err).toContain('CONFORM_E_DATABASE_REFUSED');
    const gone = new URL(database.url);
    gone.port = '1';
    const unreachable = await conform(['history'], { env: { CONFORM_STORE: gone.href } });
    expect(unreachable).toMatchObject({ code: 3 });
    expect(unreachable.err).toContain('CONFORM_E_DATABASE_UNREACHABLE');
    // A night without its store is passed all the same: somebody has to be notified.
    const out = join(folder.path, 'night');
    const night = await conform(['nightly', '--target', 'replica', '--notify', 'none', '--out', out], {
      env: { CONFORM_STORE: gone.href },
    });
    expect(night).toMatchObject({ code: 3 });
    expect(await readdir(join(out, 'nights'))).toHaveLength(1);
    for (const { err, out } of [withPassword, wrong, unreachable, night])
      expect(out + err).not.toMatch(new RegExp(`${PGPASSWORD}|wrong-password`));
  });
});

/** What a command has come to, wherever its records are. */
function inPlace({ code, out, err }: Result, same: (text: string) => string): Result {
  return { code, out: same(out), err: same(err) };
}

/** Random bytes that both sides draw alike. */
function counting(): Chance {
  let drawn = 0;
  return (bytes) => {
    drawn += 1;
    return drawn
      .toString(16)
      .padStart(2 * bytes, '0')
      .slice(-2 * bytes);
  };
}

function isRecord(name: string): boolean {
  const [dir = '', file = '', ...below] = name.split('/');
  return below.length === 0 && RECORD_FOLDERS.some((one) => one.dir === dir && one.isRecord(file));
}

/** The texts of the files of a folder, by their names. */
async function contentsOf(path: string, wanted: (name: string) => boolean): Promise<Map<string, string>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)))
    .filter(wanted)
    .sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(path, name), 'utf8')] as const)),
  );
}

/** The two halves of a run, as the shards of a check would have them. @returns their files */
async function writeShards(run: Run, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    [0, 1].map(async (part) => {
      const id = run.id.replace('Z-', () => `Z-part${part}-`);
      const operations = run.operations.filter((_, index) => index % 2 === part);
      const file = join(folder, `${id}.json`);
      await writeFile(file, JSON.stringify({ ...run, id, operations }));
      return file;
    }),
  );
}

/** Some nights of two hosts, on which something changes, as files. */
async function seedRuns(path: string): Promise<void> {
  const out = openFolder(path, new Secrets());
  const [early, late] = [await recorded('2026-02-03'), await recorded('2026-02-26')];
  for (const [day, run] of [early, early, early, late, late].entries())
    for (const target of ['production', 'sandbox'])
      await writeRun(begunOn(run, day + (target === 'sandbox' ? 1 : 0), target), out);
  await writeRun(await recorded('mock'), out);
  await out.write('latest/bench.json', JSON.stringify(benchResultOf()));
}

/** A run as if a host had answered on a day of March what the world of the recording did. */
function begunOn(run: Run, day: number, target: string): Run {
  const date = `2026-03-${String(day + 1).padStart(2, '0')}`;
  const rest = { ...run };
  delete rest.world;
  const [startedAt, finishedAt] = [`${date}T02:00:00.000Z`, `${date}T02:00:09.000Z`];
  return { ...rest, id: `${date.replaceAll('-', '')}T020000Z-${target}`, target, startedAt, finishedAt };
}
