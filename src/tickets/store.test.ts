import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Capability } from '../record/run.js';
import { temporaryFolder } from '../testing/folder.js';
import { capability, runOf } from '../testing/runs.js';
import { mattersOf } from './case.js';
import { live } from './life.js';
import { readTickets, TICKETS } from './store.js';
import { openRecords } from '../artefact/folder.js';

/** An operation that breaks the contract in one way, found under this name of a check. */
function deviating(check: string, code: string): Capability {
  const finding = { check, code, severity: 'error', message: 'it is wrong', exchange: 0 } as const;
  return capability({ id: 'GET /things/', outcome: 'deviates', findings: [finding] });
}

test.each([
  ['body', 'required', 'answer/body-schema'],
  ['body', 'empty', 'answer/body-present'],
  ['required-headers', 'missing', 'answer/response-headers'],
])('a ticket that a former version opened for %s (%s) goes on', async (former, code, today) => {
  await using folder = await temporaryFolder();
  const before = runOf([deviating(former, code)]);
  const opened = live([], before, mattersOf(before, () => ({})).cases, () => undefined);
  await mkdir(join(folder.path, TICKETS));
  await writeFile(join(folder.path, TICKETS, 'one.json'), JSON.stringify(opened[0]));

  const kept = await readTickets(openRecords(folder.path));
  const now = runOf([deviating(today, code)], {
    id: '20260301T030000Z-live',
    startedAt: '2026-03-01T03:00:00Z',
  });
  const tickets = live(kept, now, mattersOf(now, () => ({})).cases, () => undefined);
  expect(tickets.map(({ id, cause }) => [id, cause])).toEqual([[opened[0]?.id, `contract-${today}`]]);
  expect(tickets[0]?.lines.map(({ event }) => event)).toEqual(['opened', 'still']);
  expect(kept[0]?.episodes[0]?.evidence.operations[0]?.findings[0]?.check).toBe(today);
});
