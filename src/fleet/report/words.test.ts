import { expect, test } from 'vitest';
import { faultOf, fleetReportOf } from '../../testing/fleet-report.js';
import type { FleetReport } from './view.js';
import type { FaultRow } from './facts.js';
import { exitCodeOf, mergedCauses, summaryOf } from './summary.js';
import { changeText, firstLines, sinceText, wordOf } from './words.js';

const firstOf = ({ facts, summary, causes, tickets }: FleetReport) =>
  firstLines(summary, facts, causes, ({ id }) => tickets.get(id)?.[0]);

test('the first five lines say what was found, whose it is and what to do', () => {
  expect(firstOf(fleetReportOf(1000))).toEqual([
    'NOT AS EXPECTED: word, Tuesday, 2026-03-10: 980 of 1,000 agencies recorded: 200 red, 780 green.',
    'Changed: GET /v2/word0/, GET /v2/word1/ and 3 more: 500, “word”; server error: new at 20 of 980 agencies since Sunday, 2026-03-08; left out, as not recorded at some of them: 2026-03-09; and 1 change more.',
    'The vendor has to act at: 200 agencies: GET /v2/word0/, GET /v2/word1/ and 3 more: 500, “word”; server error, since 2026-02-01, at half of them since 2026-02-20; at 1 from the first night that was looked at, or longer; and 1 cause more.',
    'We have to act at: 1 agency: GET /v2/items/: 500, “word”; server error, since 2026-02-01.',
    'To do: send reports/fleet/tickets/crashed-live.md, reports/fleet/tickets/crashed-live.md to the vendor; ours: Please find in your log why word failed; not recorded: 20 agencies: given up, CONFORM_E_CREDENTIALS_MISSING: conform fleet status.',
  ]);
});

test('a night without a record proves nothing', () => {
  const { facts, summary } = fleetReportOf(0);
  expect([wordOf(summary, facts), exitCodeOf(summary, facts)]).toEqual(['Nothing recorded', 3]);
});

/** A night of which so many agencies were asked and ended in these colours. */
function nightOf(
  asked: number,
  colours: { green?: number; red?: number; broken?: number; noVerdict?: number },
  faults: FaultRow[] = [],
) {
  const { facts } = fleetReportOf(1);
  const { green = 0, red = 0, broken = 0, noVerdict = 0 } = colours;
  const night = {
    night: facts.night,
    asked,
    recorded: green + red + broken + noVerdict,
    green,
    red,
    broken,
    noVerdict,
  };
  const changed = { ...facts, nights: [night], faults };
  const summary = summaryOf(changed);
  return [exitCodeOf(summary, changed), wordOf(summary, changed)];
}

const FRESH = { key: 'crashed 1', agencies: ['a', 'b'], newAt: ['b'] };

test.each([
  ['all green', nightOf(2, { green: 2 }), [0, 'As expected']],
  ['a red one', nightOf(2, { green: 1, red: 1 }), [1, 'Not as expected']],
  ['a red one, and one not recorded', nightOf(3, { green: 1, red: 1 }), [1, 'Not as expected']],
  ['one not recorded', nightOf(3, { green: 2 }), [3, 'Not complete']],
  ['one without a verdict', nightOf(2, { green: 1, noVerdict: 1 }), [3, 'Not complete']],
  ['one with a wrong set-up', nightOf(2, { green: 1, broken: 1 }), [3, 'Not complete']],
  ['nothing recorded', nightOf(2, {}), [3, 'Nothing recorded']],
  [
    'new in this night',
    nightOf(2, { green: 2 }, [faultOf({ ...FRESH, newSince: '2026-03-10' })]),
    [1, 'Not as expected'],
  ],
  [
    'new since the night before',
    nightOf(2, { green: 2 }, [faultOf({ ...FRESH, newSince: '2026-03-09' })]),
    [0, 'As expected'],
  ],
])('%s', (_, came, expected) => {
  expect(came).toEqual(expected);
});

test('ways of breaking a promise that always come together are one cause; refusals never are', () => {
  const promise = { cause: 'contract-answer/body-schema', agencies: ['a', 'b'] };
  const merged = (faults: FaultRow[]) => mergedCauses(faults).map(({ keys }) => keys);
  expect(
    merged([
      faultOf({ ...promise, key: 'kind' }),
      faultOf({ ...promise, key: 'phone' }),
      faultOf({ ...promise, key: 'elsewhere', operations: ['GET /v2/others/'] }),
      faultOf({ ...promise, key: 'at one', agencies: ['a'] }),
      faultOf({ ...promise, key: 'later', earliest: '2026-03-01' }),
      faultOf({ key: 'crashed 1', agencies: ['a', 'b'] }),
      faultOf({ key: 'crashed 2', agencies: ['a', 'b'] }),
    ]),
  ).toEqual([['kind', 'phone'], ['elsewhere'], ['at one'], ['later'], ['crashed 1'], ['crashed 2']]);
});

test('since when, and what the nights do not show', () => {
  const agencies = ['a', 'b', 'c'];
  const cause = { ...faultOf({ key: 'k', agencies }), sinceFirst: 3 };
  expect(sinceText(cause)).toBe(
    'since 2026-02-01, at half of them since 2026-02-20; at each of them from the first night that was looked at, or longer',
  );
  expect(sinceText({ ...cause, sinceFirst: 0, median: '2026-02-01' })).toBe('since 2026-02-01');
  const change = {
    kind: 'over' as const,
    cause: { ...cause, id: 'k', keys: ['k'] },
    agencies,
    since: '2026-03-06',
    notRecorded: [],
  };
  expect(changeText(change, 800)).toBe('over at 3 of 800 agencies since Friday, 2026-03-06');
});
