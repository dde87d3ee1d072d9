import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isArray, isObject, type Json } from '../../json.js';
import type { Reported } from './evidence.js';

/*
 * What the program says of itself, read as an outside program would read it: from its files and from what it prints
 * with --json.
 */

/**
 * What the newest run file of a folder of reports says, or undefined when there is none.
 * @param output what a command has printed that prints runs
 */
export async function readReported(out: string, output?: string): Promise<Reported | undefined> {
  const folder = join(out, 'runs');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const newest = names.at(-1);
  if (newest === undefined) return undefined;
  const run = parsed(await readFile(join(folder, newest), 'utf8'));
  const printed = output === undefined ? undefined : leftIn(output);
  if (!isObject(run)) return { left: [], printed, budget: undefined };
  const { budget } = run;
  return {
    left: operationsIn(run['left']) ?? [],
    printed,
    budget: isObject(budget) ? budgetIn(budget) : undefined,
  };
}

/** The operations of what a run says that it has left behind, in an output that is broken into lines. */
function leftIn(output: string): string[] {
  const text = output.replaceAll(/\s+/g, ' ');
  return [...text.matchAll(/left behind on [^ ]+: ([A-Z]+ [^ ]+): /g)].map(([, operation = '']) => operation);
}

function budgetIn(budget: Record<string, unknown>): Reported['budget'] {
  const { planned, sent } = budget;
  return isObject(planned) && isObject(sent)
    ? { planned: numbersIn(planned), sent: numbersIn(sent) }
    : undefined;
}

/** The most requests that `check --plan --json` announces, all kinds and targets together. */
export function readPlan(out: string): number | undefined {
  const plans = parsed(out);
  if (!isArray(plans)) return undefined;
  return plans
    .flatMap((plan) => {
      const budget = isObject(plan) ? plan['budget'] : undefined;
      if (!isObject(budget)) return [];
      return Object.values(numbersIn(isObject(budget['planned']) ? budget['planned'] : budget));
    })
    .reduce((sum, count) => sum + count, 0);
}

/** What `cleanup --json` prints, or undefined when it came to no end. */
export function readCleanup(out: string): { removed: number; left: string[] } | undefined {
  const stated = parsed(out);
  if (!isObject(stated)) return undefined;
  return { removed: Number(stated['removed'] ?? 0), left: operationsIn(stated['left']) ?? [] };
}

function operationsIn(list: Json | undefined): string[] | undefined {
  if (!isArray(list)) return undefined;
  return list.flatMap((item) =>
    isObject(item) && typeof item['operation'] === 'string' ? [item['operation']] : [],
  );
}

function numbersIn(members: Record<string, unknown>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
