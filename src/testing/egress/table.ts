import type { Evidence } from './evidence.js';
import { type Breach, type Rule, RULES } from './rules.js';

/** How many breaches there are of each rule, and in how many set-ups. */
export function tableOf(breaches: readonly Breach[], setUps: number): string {
  const isRule = (name: string): name is Rule => name in RULES;
  const lines = Object.keys(RULES)
    .filter(isRule)
    .map((rule) => {
      const own = breaches.filter((breach) => breach.rule === rule);
      const where = new Set(own.map(({ setUp }) => setUp)).size;
      return `${rule.padEnd(44)}${String(own.length).padStart(8)}${String(where).padStart(9)}`;
    });
  const broken = new Set(breaches.map(({ setUp }) => setUp)).size;
  return [
    `${'rule'.padEnd(44)}${'breaches'.padStart(8)}${'set-ups'.padStart(9)}`,
    ...lines,
    `${'all'.padEnd(44)}${String(breaches.length).padStart(8)}${String(broken).padStart(9)} of ${setUps}`,
  ].join('\n');
}

/** Breaches as rows, at most so many of each rule. */
export function rowsOf(breaches: readonly Breach[], most: number): string {
  const shown = new Map<Rule, number>();
  return breaches
    .filter(({ rule }) => {
      const count = (shown.get(rule) ?? 0) + 1;
      shown.set(rule, count);
      return count <= most;
    })
    .map(({ rule, setUp, request }) => `${rule}\n    ${setUp}\n    ${request}`)
    .join('\n');
}

/** What was done in the set-ups, so that nobody takes a program that does nothing for one that does no harm. */
export interface Tally {
  setUps: number;
  requests: number;
  writes: number;
  made: number;
  removed: number;
}

export const NOTHING: Tally = { setUps: 0, requests: 0, writes: 0, made: 0, removed: 0 };

/** Adds what was done in one set-up. */
export function tallied(tally: Tally, { phases }: Pick<Evidence, 'phases'>): Tally {
  const seen = phases.flatMap((phase) => phase.seen);
  const own = seen.flatMap(({ touched }) => touched).filter(({ origin }) => origin === 'run');
  return {
    setUps: tally.setUps + 1,
    requests: tally.requests + seen.length,
    writes: tally.writes + seen.filter(({ unsafe, isToken }) => unsafe && !isToken).length,
    made: tally.made + own.filter(({ how }) => how === 'created').length,
    removed: tally.removed + own.filter(({ how }) => how === 'removed').length,
  };
}

/** A tally in one line. */
export function tallyInWords({ setUps, requests, writes, made, removed }: Tally): string {
  return `${setUps} set-ups, ${requests} requests, of which ${writes} could change something; ${made} records were made, ${removed} of them removed.`;
}
