import type { Colour } from '../../notify/message.js';
import { addToGroup } from '../../groups.js';
import type { FaultRow, FleetFacts, NightCounts } from './facts.js';

/** One cause over the fleet: faults that show at the same agencies, on the same operations and since the same nights. */
export interface FleetCause extends FaultRow {
  /** The same in every report, as long as its first operation shows it: the key of its first fault, and that operation. */
  id: string;
  /** The keys of its faults. */
  keys: string[];
}

/** Something that changed at some agencies within the last days. */
export interface FleetChange {
  kind: 'new' | 'over';
  cause: FleetCause;
  agencies: string[];
  /** The first night that showed it, of the agency where that is earliest. */
  since: string;
  /** Nights since then that were planned at these agencies and not recorded: what they would have shown is not known. */
  notRecorded: string[];
}

/** What a fleet shows in one night. */
export interface FleetSummary {
  asked: number;
  recorded: number;
  colours: Record<Colour, number>;
  causes: FleetCause[];
  changes: FleetChange[];
  /** Nights of the window of which nothing at all was recorded. */
  emptyNights: string[];
}

/** Sums up what was read. */
export function summaryOf(facts: FleetFacts): FleetSummary {
  const tonight = facts.nights.at(-1) ?? NO_NIGHT;
  const all = mergedCauses(facts.faults);
  return {
    asked: tonight.asked,
    recorded: tonight.recorded,
    colours: {
      GREEN: tonight.green,
      RED: tonight.red,
      BROKEN: tonight.broken,
      'NO VERDICT': tonight.noVerdict,
    },
    causes: all.filter(({ agencies }) => agencies.length > 0),
    changes: changesOf(all, facts),
    emptyNights: facts.nights.filter(({ recorded }) => recorded === 0).map(({ night }) => night),
  };
}

const NO_NIGHT: NightCounts = {
  night: '',
  asked: 0,
  recorded: 0,
  green: 0,
  red: 0,
  broken: 0,
  noVerdict: 0,
};

/**
 * Joins faults that are one cause: the same promise, broken on the same operations at the same agencies since the same
 * nights. A refusal is never joined with another: its key is what distinguishes refusals.
 */
export function mergedCauses(faults: readonly FaultRow[]): FleetCause[] {
  const groups = new Map<string, FaultRow[]>();
  for (const fault of faults)
    addToGroup(groups, fault.cause.startsWith('contract-') ? placeAndTime(fault) : idOf(fault), fault);
  return [...groups.values()].flatMap((those) => {
    const [first] = those;
    return first ? [{ ...first, id: idOf(first), keys: those.map(({ key }) => key) }] : [];
  });
}

function idOf({ key, operations }: FaultRow): string {
  return `${key} ${operations[0] ?? ''}`;
}

function placeAndTime({ cause, side, operations, agencies, earliest, median, ...changed }: FaultRow): string {
  const { newAt, newSince, overAt, overSince } = changed;
  return JSON.stringify([
    cause,
    side,
    operations,
    agencies,
    earliest,
    median,
    newAt,
    newSince,
    overAt,
    overSince,
  ]);
}

/** What is new and what is over, that of most agencies first. */
function changesOf(causes: readonly FleetCause[], { missed }: FleetFacts): FleetChange[] {
  const nightsOf = new Map(missed.map(({ agency, nights }) => [agency, nights]));
  const notRecorded = (agencies: readonly string[], since: string) =>
    [...new Set(agencies.flatMap((agency) => nightsOf.get(agency) ?? []))]
      .filter((night) => night >= since)
      .sort();
  const changes = causes.flatMap((cause): FleetChange[] => {
    const { newAt, newSince, overAt, overSince } = cause;
    return [
      ...(newSince === null
        ? []
        : [
            {
              kind: 'new' as const,
              cause,
              agencies: newAt,
              since: newSince,
              notRecorded: notRecorded(newAt, newSince),
            },
          ]),
      ...(overSince === null
        ? []
        : [
            {
              kind: 'over' as const,
              cause,
              agencies: overAt,
              since: overSince,
              notRecorded: notRecorded(overAt, overSince),
            },
          ]),
    ];
  });
  const rank = ({ kind }: FleetChange) => (kind === 'new' ? 0 : 1);
  return changes.sort((one, other) => rank(one) - rank(other) || other.agencies.length - one.agencies.length);
}

/** What is new since the night of the report, and not since one before it. */
export function newTonight({ changes }: FleetSummary, { night }: FleetFacts): FleetChange[] {
  return changes.filter(({ kind, since }) => kind === 'new' && since === night);
}

/**
 * What the command ends with: 1 when an agency is red or something is new in this night; otherwise 3 when not all agencies
 * were recorded, or some gave no verdict or failed; else 0.
 */
export function exitCodeOf(summary: FleetSummary, facts: FleetFacts): 0 | 1 | 3 {
  const { asked, recorded, colours } = summary;
  if (colours.RED > 0 || newTonight(summary, facts).length > 0) return 1;
  return recorded > 0 && recorded === asked && colours.GREEN === recorded ? 0 : 3;
}
