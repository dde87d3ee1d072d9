import type { ProblemCode } from '../../errors/catalogue.js';
import { codeOf, Problem } from '../../problem.js';

/**
 * What a failure of the store means for the person at the keyboard: a Problem for everything that PostgreSQL or the network
 * says, the error itself otherwise. What the server says is not repeated: it may quote the value of a row.
 * @param shown the address of the database, without user and password
 */
export function storeProblem(error: unknown, shown: string): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const code = codeOf(error);
  const known =
    KNOWN[code] ??
    KNOWN[code.slice(0, 2)] ??
    (isLost(error) ? UNREACHABLE : undefined) ??
    (/^Query read timeout$/.test(error.message) ? SLOW : undefined);
  if (known) {
    return new Problem(known.code, known.says, {
      place: { file: shown },
      remedy: known.remedy,
      cause: error,
    });
  }
  if (!/^[0-9A-Z]{5}$/.test(code)) return error;
  return new Problem('CONFORM_E_DATABASE_FAILED', `the database refused: SQLSTATE ${code}`, {
    place: { file: shown },
    remedy: 'Its message is not repeated: it may quote the data. Read the log of the server.',
    cause: error,
  });
}

/** Whether the connection is gone, or was not made: what was not committed then has not happened. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  return (
    LOST.has(code) ||
    code.startsWith('08') ||
    (error instanceof Error &&
      /^Connection terminated|timeout expired|timeout exceeded|not queryable/.test(error.message))
  );
}

/** Whether a database is away for a while, and not wrong: it is restarted, moved, or has no connection left. */
export function isOutage(error: unknown): error is Problem {
  if (!(error instanceof Problem)) return false;
  const { code, cause } = error;
  return code === UNREACHABLE.code || code === SLOW.code || OUTAGES.has(codeOf(cause));
}

/** What a server refuses with for a while: too many connections; and a standby, until it is the primary server. */
const OUTAGES: ReadonlySet<string> = new Set(['53300', '25006']);

/** Whether the same transaction may go through when it is tried again: it was ended for the sake of another. */
export function isPassing(error: unknown): boolean {
  return isLost(error) || ['40001', '40P01'].includes(codeOf(error));
}

const LOST: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN'],
  // The server shuts down, was shut down, or starts.
  ...['57P01', '57P02', '57P03'],
]);

const UNREACHABLE = {
  code: 'CONFORM_E_DATABASE_UNREACHABLE',
  says: 'the database of the store cannot be reached',
  remedy:
    'Check the address in --store or CONFORM_STORE, and that the server runs. Nothing was half written.',
} as const;

const SLOW = {
  code: 'CONFORM_E_STORE_SLOW',
  says: 'the database of the store took too long',
  remedy:
    'Nothing was half written. Look for what holds it up (pg_stat_activity), and run the command again.',
} as const;

/** By SQLSTATE (PostgreSQL, appendix A), by its class, or by the code of the operating system. */
const KNOWN: Readonly<Record<string, { code: ProblemCode; says: string; remedy: string }>> = {
  ENOTFOUND: UNREACHABLE,
  '57014': SLOW,
  '55P03': SLOW,
  '28': {
    code: 'CONFORM_E_DATABASE_REFUSED',
    says: 'the database refused the user or the password',
    remedy: 'Check the user in --store or CONFORM_STORE, and the password in PGPASSWORD.',
  },
  '3D000': {
    code: 'CONFORM_E_DATABASE_REFUSED',
    says: 'there is no such database on the server',
    remedy: 'Check the name after the last slash in --store or CONFORM_STORE.',
  },
  '53300': {
    code: 'CONFORM_E_DATABASE_REFUSED',
    says: 'the server has no connection left',
    remedy: 'Wait, or raise max_connections: each command uses up to four.',
  },
  '42501': {
    code: 'CONFORM_E_DATABASE_PERMISSION_MISSING',
    says: 'the database user lacks a permission',
    remedy:
      'conform store migrate needs CREATE on the database; other commands need to read and write the tables of the schema conform.',
  },
  '25006': {
    code: 'CONFORM_E_DATABASE_REFUSED',
    says: 'the server takes no writes: it is read-only',
    remedy: 'Name the primary server, not a standby.',
  },
  '53100': {
    code: 'CONFORM_E_DATABASE_FAILED',
    says: 'the disk of the database server is full',
    remedy: 'Free space there; conform store prune removes old records. Nothing was half written.',
  },
};
