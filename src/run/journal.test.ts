import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { standingClock } from '../testing/clock.js';
import { temporaryFolder } from '../testing/folder.js';
import { journalFolder, openJournal, readJournals, settleEntry } from './journal.js';

const HEADER = { target: 'live', baseUrl: 'https://api.shop.example', startedAt: '2026-02-02T12:00:00.000Z' };

async function withJournal(
  use: (journal: ReturnType<typeof openJournal>, file: string, folder: string) => Promise<void> | void,
): Promise<void> {
  await using out = await temporaryFolder();
  const folder = journalFolder(out.path);
  const file = join(folder, 'run.jsonl');
  const journal = openJournal(file, HEADER, standingClock(new Date('2026-02-02T12:00:07Z')));
  await journal.prepare();
  await use(journal, file, folder);
}

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);

describe('what a run creates', () => {
  test('is on the disk when the call comes back, before anything is sent', () =>
    withJournal((journal, file) => {
      journal.creating('POST /things/');
      expect(linesOf(file)).toEqual([
        HEADER,
        { creating: 0, operation: 'POST /things/', at: '2026-02-02T12:00:07.000Z' },
      ]);
      journal.created(0, '/things/new-1/');
      expect(linesOf(file).at(-1)).toEqual({ created: 0, removal: '/things/new-1/' });
    }));

  test('can be read by the owner of the file only', () =>
    withJournal((journal, file) => {
      journal.creating('POST /things/');
      expect(statSync(file).mode & 0o777).toBe(0o600);
    }));

  test('leaves no file where it is nothing', () =>
    withJournal(async (journal, _, folder) => {
      await journal.settle();
      expect(readdirSync(folder)).toEqual([]);
    }));
});

describe('at the end of a run the journal', () => {
  test.each<[what: string, write: (journal: ReturnType<typeof openJournal>) => void, left: number]>([
    [
      'is deleted when all is removed',
      (journal) => {
        journal.created(journal.creating('POST /things/'), '/things/1/');
        journal.removed(0);
      },
      0,
    ],
    [
      'is deleted when nothing was created',
      (journal) => {
        journal.created(journal.creating('POST /things/'), undefined);
      },
      0,
    ],
    [
      'stays while one thing is there',
      (journal) => {
        journal.created(journal.creating('POST /things/'), '/things/1/');
        journal.created(journal.creating('POST /things/'), '/things/2/');
        journal.removed(1);
      },
      1,
    ],
    [
      'stays while nobody knows what came of a request',
      (journal) => {
        journal.creating('POST /things/');
      },
      1,
    ],
  ])('%s', (_, write, left) =>
    withJournal(async (journal, __, folder) => {
      write(journal);
      await journal.settle();
      expect(readdirSync(folder)).toHaveLength(left);
    }),
  );
});

describe('after a crash', () => {
  test('a journal says what is there, and of what nobody knows', () =>
    withJournal(async (journal, file, folder) => {
      journal.created(journal.creating('POST /things/'), '/things/1/');
      journal.created(journal.creating('POST /things/'), '/things/2/');
      journal.removed(1);
      journal.created(journal.creating('POST /orders/'), undefined);
      journal.creating('POST /notes/');
      const [found] = await readJournals(folder);
      expect(found).toEqual({
        ...HEADER,
        file,
        removals: [{ entry: 0, operation: 'POST /things/', path: '/things/1/' }],
        unknown: [{ operation: 'POST /notes/', at: '2026-02-02T12:00:07.000Z' }],
      });
      await settleEntry(file, 0);
      expect((await readJournals(folder))[0]?.removals).toEqual([]);
    }));

  test.each([
    ['a line that is cut off', '{"creating":0,"oper', /is not a line of a journal/],
    ['a line of another kind', '{"made":0}', /is not a line of a journal/],
    ['no line that names the target', '{"removed":0}', /does not say to which target it belongs/],
  ])('a journal with %s is reported, and not passed over', (_, text, says) =>
    withJournal(async (__, file, folder) => {
      writeFileSync(file, `${text}\n`);
      await expect(readJournals(folder)).rejects.toThrow(says);
    }),
  );
});

test('without a place for the journal nothing is created', async () => {
  await using out = await temporaryFolder();
  writeFileSync(join(out.path, 'journal'), 'a file, where a folder is needed');
  const journal = openJournal(join(out.path, 'journal', 'run.jsonl'), HEADER, standingClock());
  await expect(journal.prepare()).rejects.toThrow('without it nothing is created');
});
