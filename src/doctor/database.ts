import { Problem } from '../problem.js';
import { errorOf, notTried, ok, type Line } from './line.js';

/**
 * Whether the database of the cache can be reached, where one is named.
 * @param connect connects to it and ends the connection; throws a Problem where it cannot
 */
export async function examineDatabase(url: string | undefined, connect: () => Promise<void>): Promise<Line> {
  const line = { group: 'hosts', name: 'database' } as const;
  if (!url) return { ...line, ...notTried('DATABASE_URL is not set; only cache and bench need it') };
  try {
    await connect();
    return { ...line, ...ok('the database of DATABASE_URL takes the connection') };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { code, message, remedy } = error;
    return {
      ...line,
      ...errorOf(
        new Problem(code, message, { remedy: (remedy ?? '').replace('--database-url', 'DATABASE_URL') }),
      ),
    };
  }
}
