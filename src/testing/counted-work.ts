import { Session } from 'node:inspector/promises';
import { setFlagsFromString } from 'node:v8';

/** Counts what pieces of work do, one after another, until it is disposed of. */
export interface Counter {
  count: (work: () => unknown) => Promise<number>;
  [Symbol.dispose]: () => void;
}

/**
 * Has V8 count how often each function is called and each block of it (the body of a loop, a branch) is entered. Nothing has to be
 * written into the code for it, and the count of the same work is the same on every machine, however busy it is. What Node and
 * V8 do themselves is not counted: a search by `includes` is one call, however long the list is.
 *
 * Blocks are counted of functions that are compiled after this: what is to be counted is loaded, or called for the first time,
 * after it. Until it is disposed of nothing is optimised in this process, for optimised code does not count all that it does.
 * @param sources how the URLs of the code begin that is counted
 */
export async function startCounting(sources: string): Promise<Counter> {
  setFlagsFromString('--no-opt');
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  /** What was counted since it was taken before. */
  const take = async (): Promise<number> => {
    const { result: scripts } = await session.post('Profiler.takePreciseCoverage');
    return scripts
      .filter(({ url }) => url.startsWith(sources))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
      .reduce((sum, { count }) => sum + count, 0);
  };
  return {
    count: async (work) => {
      await take();
      await work();
      return take();
    },
    [Symbol.dispose]: () => {
      session.disconnect();
      setFlagsFromString('--opt');
    },
  };
}

/** What was counted for a size, for twice and for four times as much. */
export type Counts = readonly [once: number, twice: number, fourfold: number];

/**
 * How many times as much a doubling adds as the one before it. Work in proportion to its size gives 2, also beside work that is
 * always the same; work by the square of it gives 4.
 */
export function growthOf([once, twice, fourfold]: Counts): number {
  return (fourfold - twice) / (twice - once);
}
