import { describe, expect, test } from 'vitest';
import type { Capability } from '../record/run.js';
import { capability, runOf } from '../testing/runs.js';
import { mattersOf } from './case.js';
import { live } from './life.js';
import { currentEpisode, nightsOf, type Ticket } from './ticket.js';

const crashed = (id: string, fingerprint = 'aaaa'): Capability => {
  const works = capability({ id, tag: id });
  return {
    ...works,
    outcome: 'broken',
    cause: 'crashed',
    layer: 'application',
    confidence: 'certain',
    exchanges: works.exchanges.map((exchange) => ({ ...exchange, status: 500, fingerprint })),
  };
};

/** Lets nights pass, each with what the operations do in it. */
function nights(...each: Capability[][]): Ticket[] {
  let tickets: Ticket[] = [];
  each.forEach((operations, index) => {
    const startedAt = new Date(Date.UTC(2026, 1, 1 + index, 3)).toISOString();
    const run = runOf(operations, { startedAt, id: `${startedAt.slice(0, 10)}-live` });
    tickets = live(tickets, run, mattersOf(run, () => ({})).cases, () => undefined);
  });
  return tickets;
}

const eventsOf = (ticket: Ticket | undefined) => ticket?.lines.map(({ event }) => event);

describe('the life of a ticket', () => {
  test('operations that fail in the same way are one ticket, in another way another', () => {
    const tickets = nights([crashed('GET /a'), crashed('GET /b'), crashed('GET /c', 'cccc')]);
    expect(tickets.map((one) => currentEpisode(one).evidence.operations.map(({ id }) => id))).toEqual([
      ['GET /a', 'GET /b'],
      ['GET /c'],
    ]);
  });

  test('the same failure in other words goes on, and the change is reported', () => {
    const [ticket, ...others] = nights(
      [crashed('GET /a')],
      [crashed('GET /a', 'bbbb')],
      [crashed('GET /a', 'bbbb')],
    );
    expect(others).toEqual([]);
    expect(eventsOf(ticket)).toEqual(['opened', 'other answer', 'still']);
  });

  test('a night on which it was not tested is no night without it', () => {
    const skipped: Capability = { ...capability({ id: 'GET /a' }), outcome: 'skipped', exchanges: [] };
    const [ticket] = nights([crashed('GET /a')], [skipped], [crashed('GET /a')]);
    expect(eventsOf(ticket)).toEqual(['opened', 'not tested', 'still']);
    expect(ticket?.state).toBe('open');
    expect(ticket && currentEpisode(ticket)).toMatchObject({ seen: 2, tested: 2 });
  });

  test('nights are counted by what was seen: two runs of a day are one, and a day without a run is none', () => {
    let tickets: Ticket[] = [];
    for (const startedAt of [
      '2026-02-01T03:00:00.000Z',
      '2026-02-01T09:00:00.000Z',
      '2026-02-05T03:00:00.000Z',
    ]) {
      const run = runOf([crashed('GET /a')], { startedAt, id: startedAt });
      tickets = live(tickets, run, mattersOf(run, () => ({})).cases, () => undefined);
    }
    const [ticket] = tickets;
    expect(ticket && nightsOf(currentEpisode(ticket))).toBe(2);
    expect(ticket?.lines.at(-1)?.text).toContain('Still so on day 2');
    expect(ticket && currentEpisode(ticket)).toMatchObject({ seen: 3, tested: 3 });
  });

  test('another refusal in its place ends it, and opens another', () => {
    const denied: Capability = {
      ...crashed('GET /a', 'dddd'),
      outcome: 'denied',
      layer: 'gateway',
      cause: 'access-denied',
    };
    const [first, second] = nights([crashed('GET /a')], [denied]);
    expect(first?.state).toBe('changed');
    expect(second).toMatchObject({ state: 'open', cause: 'access-denied' });
  });

  test('one of several operations that works again is reported; the ticket stays open', () => {
    const [ticket] = nights(
      [crashed('GET /a'), crashed('GET /b')],
      [capability({ id: 'GET /a' }), crashed('GET /b')],
    );
    expect(ticket?.state).toBe('open');
    expect(ticket?.lines.at(-1)?.text).toContain('Works again: GET /a.');
  });

  test('what comes back is the same ticket, with a second episode', () => {
    const works = capability({ id: 'GET /a' });
    const [ticket, ...others] = nights([crashed('GET /a')], [works], [works], [crashed('GET /a')]);
    expect(others).toEqual([]);
    expect(eventsOf(ticket)).toEqual(['opened', 'fixed', 'reopened']);
    expect(ticket?.episodes).toHaveLength(2);
  });

  test('two tickets never share a name', () => {
    const tickets = nights(
      [crashed('GET /a', 'aaaa')],
      [capability({ id: 'GET /a' })],
      [{ ...crashed('GET /a', 'eeee'), tag: 'GET /a' }],
    );
    expect(new Set(tickets.map(({ id }) => id)).size).toBe(tickets.length);
    expect(tickets).toHaveLength(2);
  });
});
