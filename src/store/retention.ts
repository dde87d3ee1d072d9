import type { Records } from '../artefact/folder.js';
import { NIGHTS } from '../nightly/record.js';
import { parseRunId } from '../record/name.js';
import { latestName, readableRun } from '../record/store.js';

/**
 * The names of the runs, nights and measurements that began before a moment and that nothing refers to: the newest run of
 * each target stays, and so does the one that is its latest. Tickets, overrides of gates, and expectations with their log
 * stay whatever their age: they say who decided what.
 */
export async function expired(records: Records, before: Date): Promise<string[]> {
  const limit = stampOf(before);
  const isBefore = (name: string): boolean => /^\d{8}T\d{6}Z/.test(name) && name < limit;
  const old: string[] = [];
  for (const dir of [NIGHTS, 'bench'])
    old.push(...(await records.list(dir)).filter(isBefore).map((name) => `${dir}/${name}`));
  const runs = await records.list('runs');
  const kept = await neededRuns(records, runs);
  return [...old, ...runs.filter((name) => isBefore(name) && !kept.has(name)).map((name) => `runs/${name}`)];
}

async function neededRuns(records: Records, runs: readonly string[]): Promise<ReadonlySet<string>> {
  const newest = new Map<string, string>();
  for (const name of runs) {
    const target = parseRunId(name.replace(/\.json$/, ''))?.target;
    if (target !== undefined) newest.set(target, name);
  }
  const latest = [...newest.keys()].map(async (target) => {
    const run = await readableRun(records, latestName(target));
    return run === undefined ? '' : `${run.id}.json`;
  });
  return new Set([...newest.values(), ...(await Promise.all(latest))]);
}

/** As names of records begin: basic ISO 8601, UTC. */
function stampOf(at: Date): string {
  return at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
}
