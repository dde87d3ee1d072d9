import { COLOURS } from '../../notify/message.js';
import { FAULT_SIDES } from '../../tickets/faults.js';
import type { FleetFacts, WorkerRow } from './facts.js';
import type { FleetCause, FleetSummary } from './summary.js';

/** One measure, in the terms that Prometheus and OpenTelemetry share. */
export interface Metric {
  /** In the form of Prometheus: `conform_fleet_agencies`. */
  name: string;
  help: string;
  /** By the Unified Code for Units of Measure, as OpenTelemetry wants it: `s` for seconds, `{agency}` for a count. */
  unit: string;
  /** A gauge goes up and down; a counter only grows, for as long as the store keeps the rows. */
  kind: 'gauge' | 'counter';
  points: MetricPoint[];
}

export interface MetricPoint {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/**
 * The measures of a fleet. Every label is of a short list that the program knows, but the fleet's own name and, where it is
 * asked for, that of the agency.
 * @param causes with the side that was found for each
 * @param perAgency also a measure for each agency
 */
export function fleetMetrics(
  facts: FleetFacts,
  summary: FleetSummary,
  causes: readonly Pick<FleetCause, 'cause' | 'side' | 'agencies'>[],
  perAgency: boolean,
): Metric[] {
  const { fleet, jobs, workers, agencies } = facts;
  const point = (value: number, labels: Record<string, string> = {}): MetricPoint => ({
    labels: { fleet, ...labels },
    value,
  });
  const nightAt = Date.parse(`${facts.night}T00:00:00Z`) / 1000;
  const now = Date.parse(facts.now) / 1000;
  const changed = (kind: 'new' | 'over') => summary.changes.filter((change) => change.kind === kind);
  const working = workers.filter(({ state }) => state === 'alive');
  return [
    gauge(
      'conform_fleet_agencies',
      'Agencies of the newest night, by whether they were recorded.',
      '{agency}',
      [
        point(summary.recorded, { state: 'recorded' }),
        point(summary.asked - summary.recorded, { state: 'not recorded' }),
      ],
    ),
    gauge(
      'conform_fleet_agencies_by_colour',
      'Agencies that were recorded in the newest night, by the colour of their night.',
      '{agency}',
      COLOURS.map((colour) => point(summary.colours[colour], { colour: colour.toLowerCase() })),
    ),
    gauge(
      'conform_fleet_causes',
      'Causes that show in the newest night, by who has to act.',
      '{cause}',
      FAULT_SIDES.map((side) => point(causes.filter((one) => one.side === side).length, { side })),
    ),
    gauge(
      'conform_fleet_cause_agencies',
      'Agencies at which a kind of cause shows, by its name and who has to act.',
      '{agency}',
      agenciesByCause(causes).map(({ cause, side, count }) => point(count, { cause, side })),
    ),
    gauge(
      'conform_fleet_changes',
      'What is new and what is over at some agencies within a week.',
      '{change}',
      [point(changed('new').length, { kind: 'new' }), point(changed('over').length, { kind: 'over' })],
    ),
    gauge(
      'conform_fleet_jobs',
      'Jobs of the newest night, by state.',
      '{job}',
      Object.entries(jobs).map(([state, count]) => point(count, { state })),
    ),
    gauge('conform_fleet_night_timestamp_seconds', 'The day of the newest night, as Unix time.', 's', [
      point(nightAt),
    ]),
    gauge('conform_fleet_night_age_seconds', 'How long ago the day of the newest night began.', 's', [
      point(now - nightAt),
    ]),
    ...(facts.recordedAt === undefined
      ? []
      : [
          gauge(
            'conform_fleet_recorded_timestamp_seconds',
            'When a night of an agency was last recorded, as Unix time.',
            's',
            [point(Date.parse(facts.recordedAt) / 1000)],
          ),
        ]),
    gauge(
      'conform_fleet_workers',
      'Workers of the store by state; one that was not seen for two minutes is lost.',
      '{worker}',
      WORKER_STATES.map((state) => point(workers.filter((one) => one.state === state).length, { state })),
    ),
    ...(working.length === 0
      ? []
      : [
          gauge(
            'conform_fleet_worker_seen_age_seconds',
            'How long ago the worker that was seen least recently was seen, of those alive.',
            's',
            [point(Math.max(...working.map(({ seenSecondsAgo }) => seenSecondsAgo)))],
          ),
        ]),
    {
      name: 'conform_fleet_worker_jobs_total',
      help: 'Jobs that workers have ended, by result.',
      unit: '{job}',
      kind: 'counter',
      points: [
        point(
          sumOf(workers, ({ done }) => done),
          { result: 'done' },
        ),
        point(
          sumOf(workers, ({ failed }) => failed),
          { result: 'failed' },
        ),
      ],
    },
    ...(perAgency
      ? [
          gauge(
            'conform_fleet_agency_state',
            'The newest night of each agency: 1 for its colour, or for its state where it was not recorded.',
            '1',
            agencies.map(({ agency, state, colour }) =>
              point(1, {
                agency,
                state: state === 'recorded' ? (colour ?? 'recorded').toLowerCase() : state,
              }),
            ),
          ),
        ]
      : []),
  ];
}

const WORKER_STATES = ['alive', 'lost', 'stopped'] as const satisfies readonly WorkerRow['state'][];

function gauge(name: string, help: string, unit: string, points: MetricPoint[]): Metric {
  return { name, help, unit, kind: 'gauge', points };
}

function sumOf(workers: readonly WorkerRow[], of: (worker: WorkerRow) => number): number {
  return workers.reduce((sum, worker) => sum + of(worker), 0);
}

/** How many agencies each kind of cause shows at; an agency with two causes of one kind counts once. */
function agenciesByCause(causes: readonly Pick<FleetCause, 'cause' | 'side' | 'agencies'>[]) {
  const kinds = new Map<string, { cause: string; side: string; agencies: Set<string> }>();
  for (const { cause, side, agencies } of causes) {
    const key = `${side} ${cause}`;
    const known = kinds.get(key) ?? { cause, side, agencies: new Set() };
    for (const agency of agencies) known.agencies.add(agency);
    kinds.set(key, known);
  }
  return [...kinds.values()].map(({ cause, side, agencies }) => ({ cause, side, count: agencies.size }));
}
