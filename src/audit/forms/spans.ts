import { isArray, isObject, type Json, type JsonObject } from '../../json.js';
import { countWithout, emptyReading, type CallPlace, type Reading } from '../call.js';
import { attributesOf, requestInRecord } from './record.js';

/**
 * The spans in a value: of OpenTelemetry (OTLP as JSON, and what its exporters print), Jaeger and Zipkin. Spans of kind
 * server are requests that the application was asked, and no calls of it.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 * @returns undefined where there is none
 */
export function readSpans(value: Json, placeOf: (index: number) => CallPlace): Reading | undefined {
  const spans: JsonObject[] = [];
  collect(value, spans, 0);
  if (spans.length === 0) return undefined;
  const reading = emptyReading();
  for (const [index, span] of spans.entries()) {
    const attributes = attributesOf(span['attributes'] ?? span['tags']);
    const kind = span['kind'] ?? attributes['span.kind'];
    if (kind === SERVER || (typeof kind === 'string' && /server$/i.test(kind))) {
      countWithout(reading, 'requests that the application itself was asked');
      continue;
    }
    const place = placeOf(index);
    const found = requestInRecord(attributes, place);
    if (found === undefined) countWithout(reading, 'spans that are no HTTP request');
    else if ('why' in found) reading.notUnderstood.push({ place, why: found.why });
    else reading.calls.push(...found.calls);
  }
  return reading;
}

/** `SPAN_KIND_SERVER` as a number. */
const SERVER = 2;
/** OTLP has them five levels deep. */
const DEEPEST = 12;

function collect(value: Json, into: JsonObject[], depth: number): void {
  if (depth > DEEPEST) return;
  if (isArray(value)) for (const item of value) collect(item, into, depth + 1);
  else if (isObject(value)) {
    if (isSpan(value)) into.push(value);
    else for (const member of Object.values(value)) collect(member, into, depth + 1);
  }
}

function isSpan(value: JsonObject): boolean {
  const has = (...names: string[]): boolean => names.some((name) => value[name] !== undefined);
  return (
    has('attributes', 'tags') &&
    has('spanId', 'span_id', 'spanID', 'context', 'traceId') &&
    has('name', 'operationName', 'kind')
  );
}
