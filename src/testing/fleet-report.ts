import type { FaultRow, FleetFacts, NightCounts } from '../fleet/report/facts.js';
import { daysBefore } from '../fleet/report/days.js';
import type { ShownCause } from '../fleet/report/evidence.js';
import { summaryOf } from '../fleet/report/summary.js';
import type { FleetReport } from '../fleet/report/view.js';

const NIGHT = '2026-03-10';

/** A fault as the store sums it up; what is not given is that of one that is not new. */
export function faultOf(given: Partial<FaultRow> & { key: string; agencies: string[] }): FaultRow {
  return {
    cause: 'crashed',
    ofAll: 1,
    side: 'vendor',
    operations: ['GET /v2/items/'],
    earliest: given.agencies.length === 0 ? null : '2026-02-01',
    median: given.agencies.length === 0 ? null : '2026-02-20',
    sinceFirst: 0,
    newAt: [],
    newSince: null,
    overAt: [],
    overSince: null,
    sample: given.agencies[0] === undefined ? null : { agency: given.agencies[0], run: 'run', before: null },
    ...given,
  };
}

/**
 * A report over so many agencies: a fifth is red, some are new, some are over, one in fifty was not recorded.
 * @param word what foreign texts are: names of agencies, operations, what is wrong
 */
export function fleetReportOf(count: number, word = 'word'): FleetReport {
  const names = Array.from({ length: count }, (_, index) => `${word} ${String(index).padStart(4, '0')}`);
  const isRecorded = (index: number) => index % 50 !== 49;
  const red = names.filter((_, index) => isRecorded(index) && index % 5 === 0);
  const fresh = red.slice(0, Math.ceil(red.length / 10));
  const recorded = names.filter((_, index) => isRecorded(index)).length;
  const nights = Array.from({ length: 90 }, (_, index): NightCounts => {
    const asked = index === 40 ? 0 : count;
    const reds = index < 60 ? Math.floor(red.length / 3) : red.length;
    const done = asked === 0 ? 0 : recorded;
    return {
      night: daysBefore(NIGHT, 89 - index),
      ...{
        asked,
        recorded: done,
        red: Math.min(done, reds),
        green: Math.max(0, done - reds),
        broken: 0,
        noVerdict: 0,
      },
    };
  });
  const faults = count === 0 ? [] : faultsOver(red, fresh, names, word);
  const facts: FleetFacts = {
    fleet: word,
    night: NIGHT,
    now: '2026-03-10T07:00:00Z',
    recordedAt: '2026-03-10T05:59:00Z',
    from: daysBefore(NIGHT, 89),
    freshFrom: daysBefore(NIGHT, 6),
    nights: count === 0 ? [] : nights,
    agencies: names.map((agency, index) => ({
      agency,
      state: isRecorded(index) ? 'recorded' : 'dead',
      colour: isRecorded(index) ? (index % 5 === 0 ? 'RED' : 'GREEN') : null,
      why: isRecorded(index) ? null : 'CONFORM_E_CREDENTIALS_MISSING',
      attempts: 3,
      recordedBefore: '2026-03-09',
    })),
    faults,
    faultsLeftOut: 0,
    missed: fresh.map((agency) => ({ agency, nights: ['2026-03-09'] })),
    workers:
      count === 0
        ? []
        : [
            { state: 'alive', seenSecondsAgo: 3, done: 900, failed: 2 },
            { state: 'lost', seenSecondsAgo: 700, done: 80, failed: 0 },
          ],
    jobs: { waiting: 0, running: 0, recorded, failed: 0, dead: count - recorded },
  };
  const summary = summaryOf(facts);
  const causes = summary.causes.map((cause): ShownCause => ({
    ...cause,
    what: `500, “${word}”; server error`,
    todo: `Please find in your log why ${word} failed.`,
    shown: undefined,
  }));
  const ofVendor = causes.filter(({ side }) => side === 'vendor');
  const tickets = new Map(ofVendor.map(({ id }) => [id, ['reports/fleet/tickets/crashed-live.md']]));
  return { facts, summary, causes, tickets };
}

function faultsOver(red: string[], fresh: string[], names: string[], word: string): FaultRow[] {
  const operations = Array.from({ length: 5 }, (_, index) => `GET /v2/${word}${index}/`);
  return [
    faultOf({
      key: 'crashed 1',
      agencies: red,
      operations,
      newAt: fresh,
      newSince: '2026-03-08',
      sinceFirst: 1,
    }),
    faultOf({ key: 'route-missing 2', cause: 'route-missing', agencies: red.slice(0, 2) }),
    faultOf({ key: 'us token-expired 3', cause: 'token-expired', side: 'us', agencies: names.slice(0, 1) }),
    faultOf({ key: 'crashed 4', agencies: [], overAt: names.slice(-3), overSince: '2026-03-09' }),
  ];
}
