import type { Folder } from '../artefact/folder.js';

/** `2026-02-26T17:40:00.123Z` and `production` give `20260226T174000Z-production`. */
export function runId(startedAt: Date, target: string): string {
  return `${startedAt
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '')}-${target}`;
}

/** Where in time a run is, and of what it is, by its id; undefined when it is the id of no run. */
export function parseRunId(id: string): { startedAt: string; target: string } | undefined {
  const [, year, month, day, hour, minute, second, target] = ID.exec(id) ?? [];
  if (target === undefined) return undefined;
  return {
    startedAt: `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`,
    target,
  };
}

const ID = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z-(.+?)(?:~\d+)?$/;

/**
 * Does something under the id of a run that starts at a moment, and writes its file: two runs of one target that start
 * in the same second have two ids.
 * @param out the output folder, whose `runs` the file goes to
 */
export async function withRunId<T>(
  out: Folder,
  startedAt: Date,
  target: string,
  work: (id: string) => Promise<T>,
): Promise<T> {
  const { stem, release } = await out.claim('runs', runId(startedAt, target), '.json');
  try {
    return await work(stem);
  } finally {
    await release();
  }
}
