import { VERSION } from '../../package.js';
import type { Metric, MetricPoint } from './metrics.js';

/** `AGGREGATION_TEMPORALITY_CUMULATIVE`: in OTLP/JSON an enumeration is its number. */
const CUMULATIVE = 2;

/**
 * Metrics as the body of a request of OpenTelemetry (OTLP/JSON, `ExportMetricsServiceRequest`): what is sent by POST to
 * `/v1/metrics` (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding). Numbers of 64 bits are strings there.
 * @param now when they were taken, ISO 8601
 * @param since since when the counters count, ISO 8601
 */
export function otlpRequest(metrics: readonly Metric[], { now, since }: { now: string; since: string }) {
  const times = { startTimeUnixNano: nanoseconds(since), timeUnixNano: nanoseconds(now) };
  return {
    resourceMetrics: [
      {
        resource: { attributes: attributesOf({ 'service.name': 'conform', 'service.version': VERSION }) },
        scopeMetrics: [
          {
            scope: { name: 'conform', version: VERSION },
            metrics: metrics
              .filter(({ points }) => points.length > 0)
              .map(({ name, help, unit, kind, points }) => ({
                name,
                description: help,
                unit,
                ...(kind === 'gauge'
                  ? {
                      gauge: {
                        dataPoints: points.map((point) =>
                          pointOf(point, { timeUnixNano: times.timeUnixNano }),
                        ),
                      },
                    }
                  : {
                      sum: {
                        dataPoints: points.map((point) => pointOf(point, times)),
                        aggregationTemporality: CUMULATIVE,
                        isMonotonic: true,
                      },
                    }),
              })),
          },
        ],
      },
    ],
  };
}

function pointOf({ labels, value }: MetricPoint, times: Record<string, string>) {
  const number = Number.isSafeInteger(value) ? { asInt: String(value) } : { asDouble: value };
  return { attributes: attributesOf(labels), ...times, ...number };
}

function attributesOf(labels: Readonly<Record<string, string>>) {
  return Object.entries(labels).map(([key, value]) => ({ key, value: { stringValue: value } }));
}

function nanoseconds(iso: string): string {
  return `${BigInt(Date.parse(iso)) * 1_000_000n}`;
}
