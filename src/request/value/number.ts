import type { JsonObject } from '../../json.js';

/** A number within the limits of a schema; undefined where there is none. */
export function numberFor(schema: JsonObject, isInteger: boolean, turn: number): number | undefined {
  const given = (name: string) => (typeof schema[name] === 'number' ? schema[name] : undefined);
  const size = SIZES[typeof schema['format'] === 'string' ? schema['format'] : ''];
  const low = Math.max(
    given('minimum') ?? -Infinity,
    given('exclusiveMinimum') ?? -Infinity,
    size?.[0] ?? -Infinity,
  );
  const high = Math.min(
    given('maximum') ?? Infinity,
    given('exclusiveMaximum') ?? Infinity,
    size?.[1] ?? Infinity,
  );
  const isOpen = { low: low === given('exclusiveMinimum'), high: high === given('exclusiveMaximum') };
  const fits = (value: number) =>
    (isOpen.low ? value > low : value >= low) && (isOpen.high ? value < high : value <= high);
  const multipleOf = given('multipleOf');
  const step = isInteger ? wholeStep(multipleOf ?? 1) : multipleOf;
  if (step === undefined || step <= 0) {
    // Between two limits, or beside the only one.
    const from = Number.isFinite(low) ? low : Number.isFinite(high) ? high - 2 : 0;
    const to = Number.isFinite(high) ? high : from + 2;
    const candidates = [1 + turn, from + 1 + turn, from + (to - from) / (2 + turn), from, to];
    return candidates.find(fits);
  }
  const first = Number.isFinite(low)
    ? Math.ceil(low / step)
    : Number.isFinite(high)
      ? Math.min(1, Math.floor(high / step) - turn - 1)
      : 1;
  const start = low <= step && fits(step) ? 1 : first;
  for (let count = start + turn; count < start + turn + 3; count += 1) {
    const value = exact(count * step);
    if (fits(value)) return value;
  }
  const last = [first, first + 1].map((count) => exact(count * step)).find(fits);
  return last;
}

/** The smallest whole number that is a multiple of a fraction. */
function wholeStep(multipleOf: number): number | undefined {
  for (let times = 1; times <= 1000; times += 1) {
    if (Number.isInteger(exact(multipleOf * times))) return exact(multipleOf * times);
  }
  return undefined;
}

/** Without the error that binary fractions bring: 3 × 0.1. */
function exact(value: number): number {
  return Number(value.toPrecision(15));
}

const SIZES: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
};
