import { readFileSync, statSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { standingClock } from '../testing/clock.js';
import { temporaryFolder } from '../testing/folder.js';
import { realWrites } from '../probe/creations.js';
import { samplesOf } from '../probe/samples.js';
import { contractOf, targetOf } from '../testing/host.js';
import {
  journalAt,
  journalFolder,
  journalName,
  journalOf,
  openJournal,
  readJournals,
  settleEntry,
} from './journal.js';
import { readingFor, removalFor, whyNotObeyed } from './obey-journal.js';

const HEADER = {
  target: 'live',
  baseUrl: 'https://api.shop.example',
  contract: 'abc',
  passing: false,
  startedAt: '2026-02-26T17:40:00.000Z',
};
const REMOVAL = { method: 'DELETE', path: '/things/7', operation: 'DELETE /things/{id}' };
const lines = (...all: object[]) => all.map((line) => `${JSON.stringify(line)}\n`).join('');
const WRITTEN = lines(
  { format: 'conform-journal/1', ...HEADER },
  { creating: 0, operation: 'POST /things', at: 'then' },
  { created: 0, removal: REMOVAL },
  { creating: 1, operation: 'POST /things', at: 'later' },
);

test('a journal says what removes what, and what is not known', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'journal', 'x.jsonl');
  const journal = openJournal(file, HEADER, standingClock());
  await journal.prepare();
  journal.created(journal.creating('POST /things'), REMOVAL);
  journal.creating('POST /things');
  journal.removed(journal.creating('POST /things'));
  await journal.settle();
  const [read] = await readJournals(join(folder.path, 'journal'));
  expect(read).toMatchObject({
    ok: true,
    journal: {
      ...HEADER,
      removals: [{ entry: 0, operation: 'POST /things', removal: REMOVAL }],
      unbound: [],
      unknown: [{ entry: 1, operation: 'POST /things' }],
    },
  });
  await journal.drop();
  expect(await readdir(join(folder.path, 'journal'))).toEqual([]);
});

test('a journal says at which other address of the target a thing is', async () => {
  await withJournal(async (journal, _, folder) => {
    const there = journalAt('https://files.shop.example', journal);
    there.created(there.creating('POST /things'), REMOVAL);
    there.created(there.creating('POST /things'), undefined);
    journal.created(journal.creating('POST /things'), REMOVAL);
    const [read] = await readJournals(folder);
    const removals = read?.ok ? read.journal.removals.map(({ removal }) => removal.baseUrl) : [];
    expect(removals).toEqual(['https://files.shop.example', undefined]);
  });
});

async function withJournal(
  use: (journal: ReturnType<typeof openJournal>, file: string, folder: string) => Promise<void> | void,
): Promise<void> {
  await using out = await temporaryFolder();
  const folder = journalFolder(out.path);
  const file = join(folder, 'run.jsonl');
  const journal = openJournal(file, HEADER, standingClock(new Date('2026-02-26T17:40:07Z')));
  await journal.prepare();
  await use(journal, file, folder);
}

describe('what a run creates', () => {
  test('is on the disk when the call comes back, before anything is sent', () =>
    withJournal((journal, file) => {
      const written = () => readFileSync(file, 'utf8');
      const head = lines({ format: 'conform-journal/1', ...HEADER });
      const creating = lines({ creating: 0, operation: 'POST /things', at: '2026-02-26T17:40:07.000Z' });
      journal.creating('POST /things');
      expect(written()).toBe(head + creating);
      journal.created(0, REMOVAL);
      expect(written()).toBe(head + creating + lines({ created: 0, removal: REMOVAL }));
    }));

  test('can be read by the owner of the file only', () =>
    withJournal((journal, file) => {
      journal.creating('POST /things');
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }));

  test('leaves no file where it is nothing', () =>
    withJournal(async (journal, _, folder) => {
      await journal.settle();
      expect(await readdir(folder)).toEqual([]);
    }));

  test('without a place for the journal it is nothing', async () => {
    await using out = await temporaryFolder();
    await writeFile(join(out.path, 'journal'), 'a file, where a folder is needed');
    const journal = openJournal(join(out.path, 'journal', 'run.jsonl'), HEADER, standingClock());
    await expect(journal.prepare()).rejects.toThrow('without it nothing is created');
  });
});

describe('at the end of a run the journal', () => {
  test.each<[what: string, write: (journal: ReturnType<typeof openJournal>) => void, left: number]>([
    [
      'is deleted when all is removed',
      (journal) => {
        journal.created(journal.creating('POST /things'), REMOVAL);
        journal.removed(0);
      },
      0,
    ],
    [
      'is deleted when nothing was created',
      (journal) => {
        journal.created(journal.creating('POST /things'), undefined);
      },
      0,
    ],
    [
      'stays while one thing is there',
      (journal) => {
        journal.created(journal.creating('POST /things'), REMOVAL);
        journal.created(journal.creating('POST /things'), REMOVAL);
        journal.removed(1);
      },
      1,
    ],
    [
      'stays while nobody knows what came of a request',
      (journal) => {
        journal.creating('POST /things');
      },
      1,
    ],
  ])('%s', (_, write, left) =>
    withJournal(async (journal, __, folder) => {
      write(journal);
      await journal.settle();
      expect(await readdir(folder)).toHaveLength(left);
    }),
  );
});

test('no two runs have the same journal', () => {
  let count = 0;
  const chance = () => String((count += 1));
  expect(journalName('run', chance)).not.toBe(journalName('run', chance));
});

describe('a journal that is not whole', () => {
  test('its last line may be cut: it is as if not written', async () => {
    const cut = `${WRITTEN}{"created":1,"remo`;
    expect(journalOf('x', cut)).toEqual(journalOf('x', WRITTEN));
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'x.jsonl');
    await writeFile(file, cut);
    await settleEntry(file, 0);
    expect(await readFile(file, 'utf8')).toBe(`${WRITTEN}{"removed":0}\n`);
  });

  test.each([
    ['a line in the middle', WRITTEN.replace('{"created"', '{"crea'), /line 3/],
    ['no head', lines({ removed: 0 }), /which target/],
    ['nothing', '', /which target/],
    ['another format', WRITTEN.replace('journal/1', 'journal/2'), /another format/],
  ])('%s: it is skipped, with the reason', (_, text, why) => {
    const read = journalOf('x', text);
    expect([read.ok, read.ok ? '' : read.why]).toEqual([false, expect.stringMatching(why)]);
  });

  test('it does not stand in the way of the others', async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'a.jsonl'), 'nonsense\n');
    await writeFile(join(folder.path, 'b.jsonl'), WRITTEN);
    expect((await readJournals(folder.path)).map(({ ok }) => ok)).toEqual([false, true]);
  });
});

test.each([
  ['that names only a path', WRITTEN.replace(JSON.stringify(REMOVAL), '"/things/7"')],
  ['without a format', WRITTEN.replace('"format":"conform-journal/1",', '')],
])('of a journal %s removals are listed, not sent', (_, text) => {
  expect(journalOf('x', text)).toMatchObject({
    ok: true,
    journal: { removals: [], unbound: [{ entry: 0, operation: 'POST /things' }] },
  });
});

test.each<[what: string, given: Parameters<typeof whyNotObeyed>, obeyed: boolean]>([
  ['the target’s own address', [HEADER, targetOf(), undefined], true],
  ['the address named now', [HEADER, targetOf({ baseUrl: 'https://other.example' }), HEADER.baseUrl], true],
  ['a foreign address', [{ baseUrl: 'https://evil.example' }, targetOf(), undefined], false],
  ['another than is named now', [HEADER, targetOf(), 'http://127.0.0.1:9'], false],
  ['that of a server that is started', [HEADER, targetOf({ serve: 'replica' }), undefined], false],
  [
    'a target on which nothing is removed',
    [HEADER, targetOf({ writes: { default: 'route', most: 'full', unlocked: 'validate' } }), undefined],
    false,
  ],
])('a journal of %s', (_, given, obeyed) => {
  expect(whyNotObeyed(...given) === undefined).toBe(obeyed);
});

test.each<[what: string, entry: Partial<typeof REMOVAL>, fits: boolean]>([
  ['as the contract has it', {}, true],
  ['with a query', { path: '/things/7?force=true' }, true],
  ['with two queries', { path: '/things/7?a?b' }, false],
  ['of an operation that there is not', { operation: 'DELETE /x/{id}' }, false],
  ['with another method', { method: 'POST' }, false],
  ['that is a change', { method: 'PUT', operation: 'PUT /things/{id}' }, false],
  ['of a safe operation', { method: 'GET', operation: 'GET /things/{id}' }, false],
  ['of the whole collection', { path: '/things' }, false],
  ['of the whole collection, in other words', { path: '/things/..' }, false],
  ['of something below', { path: '/things/7/parts' }, false],
  ['of another thing', { path: '/orders/7' }, false],
  ['of what another operation removes', { path: '/things/all' }, false],
  ['that names nothing', { operation: 'DELETE /things', path: '/things' }, false],
])('a removal %s', (_, entry, fits) => {
  const contract = contractOf(
    '/things/{id}: { delete: {}, get: {}, put: {} }\n/things/all: { delete: {} }\n/things: { delete: {}, post: {} }\n/orders: { post: {} }\n',
  );
  const known = { operations: contract.operations, writes: realWrites(contract.operations, samplesOf({})) };
  const removal = (creation: string) =>
    removalFor({ ...REMOVAL, ...entry }, creation, HEADER.baseUrl, known)?.remover.id;
  expect(removal('POST /orders')).toBeUndefined();
  expect(removal('POST /things')).toBe(fits ? 'DELETE /things/{id}' : undefined);
});

test.each([
  ['/things/{id}: { delete: {}, get: {} }', '/things/7?force=true', '/things/7'],
  ['/things/{id}: { delete: {} }\n/things/{key}/: { get: {} }', '/things/7', '/things/7/'],
  ['/things/{id}: { delete: {}, get: { x-safe: false } }', '/things/7', undefined],
  ['/things/{id}: { delete: {} }', '/things/7', undefined],
])('what is read before it is removed: %s %s', (paths, path, read) => {
  const { operations } = contractOf(`/things: { post: {} }\n${paths}\n`);
  const removal = realWrites(operations, samplesOf({})).get('POST /things')?.removal;
  expect(removal && readingFor(removal, { path }, operations)?.path).toBe(read);
});
