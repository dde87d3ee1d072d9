import type { Cell } from 'wellsky-conform/kit';

export const MIXES = ['hit', 'miss', 'mixed'] as const;

export function describeCell({ variant, rows, mix, concurrency, connection }: Cell): string {
  return `${variant}, ${rows.toLocaleString('en')} rows, ${mix}, ${concurrency} at a time, connection ${connection}`;
}
