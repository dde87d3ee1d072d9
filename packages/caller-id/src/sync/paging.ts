import { Problem, type JsonObject } from 'wellsky-conform/kit';
import { readBundle, type Page } from './bundle.js';
import type { Requests } from './requests.js';

/** Asks for one page; what it gives is what the generated client gives. */
export type AskPage = (page: number) => Promise<{ data?: unknown; response: { status: number } }>;

/** The most entries that a page may hold. */
export const PAGE_SIZE = 100;
const MOST_PAGES = 10_000;

/**
 * Reads lists to their end. Nobody says for every list whether its first page is 0 or 1, and some hosts take 0
 * for 1: both are asked for until it is known, and it is known as soon as one of them holds something.
 */
export function createPaging(requests: Requests) {
  let origin: 0 | 1 | undefined;

  const get = async (what: string, ask: AskPage, page: number): Promise<Page | number> => {
    const answer = await requests.ask(`${what}, page ${page}`, () => ask(page), readBundle);
    return answer.ok ? answer.value : answer.status;
  };

  /**
   * Every resource of a list, each id once.
   * @param what for messages
   * @throws Problem when it is refused, or ends before as many came as it says there are
   */
  return async (what: string, ask: AskPage): Promise<JsonObject[]> => {
    const found = new Map<string, JsonObject>();
    let total: number | undefined;
    const keep = (page: Page): number => {
      const before = found.size;
      for (const resource of page.resources) {
        if (typeof resource['id'] === 'string' || typeof resource['id'] === 'number') {
          found.set(String(resource['id']), resource);
        }
      }
      total = Math.max(total ?? 0, page.total ?? 0) || undefined;
      return found.size - before;
    };
    const complete = (): boolean => total !== undefined && found.size >= total;

    const next: number = origin ?? 2;
    let ended = false;
    if (origin === undefined) {
      const zero = await get(what, ask, 0);
      const fromZero = typeof zero === 'number' ? 0 : keep(zero);
      if (fromZero > 0 && complete()) return [...found.values()];
      const one = await get(what, ask, 1);
      if (typeof one === 'number') {
        if (typeof zero === 'number') throw refused(what, one);
        ended = true;
      } else {
        const fromOne = keep(one);
        // Page 1 that repeats page 0, or has what page 0 has not, is the first page.
        if (fromZero > 0) origin = fromOne === 0 && one.resources.length > 0 ? 1 : 0;
        else if (fromOne > 0) origin = 1;
        ended = one.resources.length === 0;
      }
    }
    for (let page = next; !ended && !complete() && page < MOST_PAGES; page++) {
      const answer = await get(what, ask, page);
      if (typeof answer === 'number') {
        // Beyond the last page some hosts have nothing, others refuse.
        if (page === origin) throw refused(what, answer);
        ended = true;
      } else {
        ended = keep(answer) === 0;
      }
    }
    if (total !== undefined && found.size < total) {
      throw new Problem(
        'CONFORM_E_SYNC_INCOMPLETE',
        `${what}: the API announced ${total} records, and gave ${found.size}`,
        {
          remedy: 'Nothing was changed. Run it again; the list may have changed while it was read.',
        },
      );
    }
    return [...found.values()];
  };
}

function refused(what: string, status: number): Problem {
  return new Problem('CONFORM_E_SYNC_REFUSED', `${what}: the API refused with ${status}`, {
    remedy: 'Run `conform check` to see why. Nothing was changed.',
  });
}
