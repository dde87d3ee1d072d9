/** A logarithmic axis: values to places, and where to write what. */
export interface LogAxis {
  place: (value: number) => number;
  /** Powers of ten within the axis. */
  ticks: { at: number; label: string }[];
}

/**
 * @param from the least value that is shown, above 0
 * @param start where the least value is, in pixels; `end` where the greatest does
 */
export function logAxis(
  from: number,
  to: number,
  start: number,
  end: number,
  label: (value: number) => string,
): LogAxis {
  const [low, high] = [Math.floor(Math.log10(from) + 1e-9), Math.ceil(Math.log10(to) - 1e-9)];
  const span = Math.max(1, high - low);
  const place = (value: number): number =>
    Math.round((start + ((Math.log10(value) - low) / span) * (end - start)) * 10) / 10;
  const ticks = Array.from({ length: span + 1 }, (_, index) => {
    const value = 10 ** (low + index);
    return { at: place(value), label: label(value) };
  });
  return { place, ticks };
}

/** 0.01, 5, 1,000 milliseconds. */
export function milliseconds(value: number): string {
  return value >= 1 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));
}

/** 100, 10 k, 1 M. */
export function count(value: number): string {
  if (value >= 1_000_000) return `${value / 1_000_000} M`;
  return value >= 1_000 ? `${value / 1_000} k` : String(value);
}
