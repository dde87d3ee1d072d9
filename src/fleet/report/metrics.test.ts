import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { fleetReportOf } from '../../testing/fleet-report.js';
import { fleetMetrics } from './metrics.js';
import { otlpRequest } from './otlp.js';
import { prometheusText } from './prometheus.js';

const { facts, summary, causes } = fleetReportOf(100);
const METRICS = fleetMetrics(facts, summary, causes, false);
const TIMES = { now: facts.now, since: '2026-01-01T00:00:00Z' };

/** The samples of a text of Prometheus, by its grammar: each with its labels. Throws where a line is none of it. */
function parsed(text: string): { name: string; labels: Record<string, string>; value: number }[] {
  const types = new Map<string, string>();
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    const type = /^# (?:TYPE ([a-zA-Z_:][\w:]*) (counter|gauge)|HELP [a-zA-Z_:][\w:]* .*)$/.exec(line);
    if (type) {
      if (type[1] !== undefined) {
        expect(types.has(type[1]), 'one TYPE for a metric').toBe(false);
        types.set(type[1], type[2] ?? '');
      }
      return [];
    }
    const sample =
      /^([a-zA-Z_:][\w:]*)\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\n"])*",?)*)\} (-?\d+(?:\.\d+)?)$/.exec(line);
    if (!sample) throw new Error(`no sample: ${line}`);
    const [, name = '', labels = '', value = ''] = sample;
    expect(types.has(name), `TYPE before ${name}`).toBe(true);
    expect(name.endsWith('_total'), name).toBe(types.get(name) === 'counter');
    const pairs = [...labels.matchAll(/([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g)].map(
      ([, key = '', of = '']) => [key, of] as const,
    );
    return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }];
  });
}

const valueOf = (name: string, labels: Record<string, string>) =>
  parsed(prometheusText(METRICS)).find(
    (one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value),
  )?.value;

test('the measures of a night, as Prometheus reads them', () => {
  expect(valueOf('conform_fleet_agencies', { state: 'recorded' })).toBe(98);
  expect(valueOf('conform_fleet_agencies', { state: 'not recorded' })).toBe(2);
  expect(valueOf('conform_fleet_agencies_by_colour', { colour: 'red' })).toBe(20);
  expect(valueOf('conform_fleet_causes', { side: 'vendor' })).toBe(2);
  expect(valueOf('conform_fleet_cause_agencies', { cause: 'crashed' })).toBe(20);
  expect(valueOf('conform_fleet_changes', { kind: 'over' })).toBe(1);
  expect(valueOf('conform_fleet_jobs', { state: 'dead' })).toBe(2);
  expect(valueOf('conform_fleet_night_age_seconds', {})).toBe(7 * 3600);
  expect(valueOf('conform_fleet_workers', { state: 'lost' })).toBe(1);
  expect(valueOf('conform_fleet_worker_seen_age_seconds', {})).toBe(3);
  expect(valueOf('conform_fleet_worker_jobs_total', { result: 'done' })).toBe(980);
});

test('a label has few values, but that of an agency where it is asked for', () => {
  expect(prometheusText(METRICS)).not.toContain('agency=');
  const each = parsed(prometheusText(fleetMetrics(facts, summary, causes, true))).filter(
    ({ name }) => name === 'conform_fleet_agency_state',
  );
  expect(each).toHaveLength(100);
  expect(new Set(each.map(({ labels }) => labels['state']))).toEqual(new Set(['red', 'green', 'dead']));
  const many = fleetReportOf(5000);
  expect(
    fleetMetrics(many.facts, many.summary, many.causes, false).flatMap(({ points }) => points).length,
  ).toBe(METRICS.flatMap(({ points }) => points).length);
});

test('two causes of one kind at an agency count it once', () => {
  const twice = [
    { cause: 'crashed', side: 'vendor' as const, agencies: ['a', 'b'] },
    { cause: 'crashed', side: 'vendor' as const, agencies: ['b', 'c'] },
  ];
  const metric = fleetMetrics(facts, summary, twice, false).find(
    ({ name }) => name === 'conform_fleet_cause_agencies',
  );
  expect(metric?.points.map(({ value }) => value)).toEqual([3]);
});

/** What a metrics request is in OTLP/JSON (opentelemetry-proto 1.x, metrics.proto; the JSON mapping of proto3). */
const INT64 = { type: 'string', pattern: '^-?\\d+$' };
const ATTRIBUTES = {
  type: 'array',
  items: {
    type: 'object',
    required: ['key', 'value'],
    additionalProperties: false,
    properties: {
      key: { type: 'string' },
      value: {
        type: 'object',
        required: ['stringValue'],
        additionalProperties: false,
        properties: { stringValue: { type: 'string' } },
      },
    },
  },
};
const POINTS = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['attributes', 'timeUnixNano'],
    additionalProperties: false,
    properties: {
      attributes: ATTRIBUTES,
      startTimeUnixNano: INT64,
      timeUnixNano: INT64,
      asInt: INT64,
      asDouble: { type: 'number' },
    },
    oneOf: [{ required: ['asInt'] }, { required: ['asDouble'] }],
  },
};
const closed = (properties: Record<string, unknown>, required = Object.keys(properties)) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const listOf = (items: unknown) => ({ type: 'array', minItems: 1, items });
const REQUEST = closed({
  resourceMetrics: listOf(
    closed({
      resource: closed({ attributes: ATTRIBUTES }),
      scopeMetrics: listOf(
        closed({
          scope: closed({ name: { type: 'string' }, version: { type: 'string' } }),
          metrics: listOf({
            ...closed(
              {
                name: { type: 'string' },
                description: { type: 'string' },
                unit: { type: 'string' },
                gauge: closed({ dataPoints: POINTS }),
                sum: closed({
                  dataPoints: POINTS,
                  aggregationTemporality: { enum: [1, 2] },
                  isMonotonic: { type: 'boolean' },
                }),
              },
              ['name', 'description', 'unit'],
            ),
            oneOf: [{ required: ['gauge'] }, { required: ['sum'] }],
          }),
        }),
      ),
    }),
  ),
});

test('the same as a request of OpenTelemetry: numbers of 64 bits are strings, an enumeration is a number', () => {
  const isRequest = new Ajv({ strict: false }).compile(REQUEST);
  const request: unknown = JSON.parse(JSON.stringify(otlpRequest(METRICS, TIMES)));
  isRequest(request);
  expect(isRequest.errors).toBeNull();
  const [resource] = otlpRequest(METRICS, TIMES).resourceMetrics;
  const total = resource?.scopeMetrics[0]?.metrics.find(
    ({ name }) => name === 'conform_fleet_worker_jobs_total',
  );
  expect(total).toMatchObject({
    sum: {
      aggregationTemporality: 2,
      isMonotonic: true,
      dataPoints: [{ asInt: '980', startTimeUnixNano: '1767225600000000000' }, { asInt: '2' }],
    },
  });
});
