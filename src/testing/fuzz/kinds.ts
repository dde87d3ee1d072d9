import { openAnswers } from './answers.js';
import type { Bench } from './bench.js';
import { openContracts } from './contracts.js';
import { openHar, openPastes } from './pasted.js';
import { openRuns } from './runs.js';
import { openSettings } from './settings.js';

/** Every kind of input that is broken, and how many of it the long run tries for each 10,000 contracts. */
export const KINDS = {
  contracts: { open: openContracts, share: 1 },
  answers: { open: openAnswers, share: 0.1 },
  runs: { open: openRuns, share: 0.1 },
  settings: { open: openSettings, share: 0.1 },
  har: { open: openHar, share: 0.1 },
  pastes: { open: openPastes, share: 0.1 },
} as const satisfies Record<string, { open: () => Promise<Bench>; share: number }>;

export type KindName = keyof typeof KINDS;

export function isKind(name: string): name is KindName {
  return Object.hasOwn(KINDS, name);
}
