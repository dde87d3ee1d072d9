import type { Random } from './random.js';

/** How many rows are drawn for each that is taken. */
const DRAWN = 60;
/** How many draws may bring nothing new before what is still missing is given up. */
const VAIN = 6_000;

/**
 * Draws rows until each combination of values of each group of columns is in one of them, as far as it can be
 * drawn at all. Of many rows the one is taken that brings most.
 */
export function cover<Row extends Record<string, unknown>>(
  values: { [Column in keyof Row]: readonly Row[Column][] },
  groups: readonly (readonly (keyof Row & string)[])[],
  draw: (random: Random) => Row,
  random: Random,
): Row[] {
  const missing = new Set(groups.flatMap((group) => combinations(group, values)));
  const rows: Row[] = [];
  let vain = 0;
  while (missing.size > 0 && vain < VAIN) {
    let best: { row: Row; brings: string[] } | undefined;
    for (let drawn = 0; drawn < DRAWN; drawn++) {
      const row = draw(random);
      const brings = groups.map((group) => keyOf(group, row)).filter((key) => missing.has(key));
      if (brings.length > (best?.brings.length ?? 0)) best = { row, brings };
    }
    if (best === undefined) {
      vain += DRAWN;
      continue;
    }
    vain = 0;
    rows.push(best.row);
    for (const key of best.brings) missing.delete(key);
  }
  return rows;
}

function keyOf<Row extends Record<string, unknown>>(
  group: readonly (keyof Row & string)[],
  row: Row,
): string {
  return group.map((column) => `${column}=${String(row[column])}`).join('&');
}

function combinations<Row extends Record<string, unknown>>(
  group: readonly (keyof Row & string)[],
  values: { [Column in keyof Row]: readonly Row[Column][] },
): string[] {
  return group.reduce<string[]>(
    (before, column) =>
      before.flatMap((start) =>
        values[column].map((value) => `${start === '' ? '' : `${start}&`}${column}=${String(value)}`),
      ),
    [''],
  );
}
