import { Problem, type ProblemCode } from 'wellsky-conform/kit';

/**
 * What a failure of the database means for the person at the keyboard: a Problem for everything that is known,
 * the error itself otherwise. Messages of the server are passed on only where they can name nothing but tables,
 * functions and columns (SQLSTATE class 42); others may quote the value of a row.
 */
export function databaseProblem(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = KNOWN[code] ?? KNOWN[code.slice(0, 2)];
  if (known) {
    const detail = code.startsWith('42') && code !== '42501' ? `: ${error.message}` : '';
    return new Problem(known.code, `${known.says}${detail}`, {
      remedy: known.remedy,
      cause: error,
    });
  }
  if (/timeout expired|Connection terminated|server does not support SSL/i.test(error.message)) {
    return new Problem('CONFORM_E_DATABASE_UNREACHABLE', 'the database cannot be reached', {
      remedy: `${error.message}. Check the address in --database-url.`,
      cause: error,
    });
  }
  if (/^[0-9A-Z]{5}$/.test(code)) {
    return new Problem('CONFORM_E_DATABASE_FAILED', `the database refused: SQLSTATE ${code}`, {
      remedy: 'Its message is not repeated: it may quote the data. Read the log of the server.',
      cause: error,
    });
  }
  return error;
}

const ADDRESS = 'Check the address in --database-url, and that the server runs.';
const unreachable = {
  says: 'the database cannot be reached',
  code: 'CONFORM_E_DATABASE_UNREACHABLE',
  remedy: ADDRESS,
} as const;

/** By SQLSTATE (PostgreSQL, appendix A), by its class, or by the code of the operating system. */
const KNOWN: Record<string, { says: string; code: ProblemCode; remedy: string }> = {
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  ENOENT: unreachable,
  '57P03': unreachable,
  '08': unreachable,
  '28': {
    says: 'the database refused the user or the password',
    code: 'CONFORM_E_DATABASE_REFUSED',
    remedy: 'Check user and password in --database-url.',
  },
  '3D000': {
    says: 'there is no such database on the server',
    code: 'CONFORM_E_DATABASE_REFUSED',
    remedy: 'Check the name after the last slash in --database-url.',
  },
  '53300': {
    says: 'the server has no connection left',
    code: 'CONFORM_E_DATABASE_REFUSED',
    remedy: 'Up to 20 connections are needed; wait, or raise max_connections.',
  },
  '42P01': {
    says: 'a table is missing',
    code: 'CONFORM_E_DATABASE_STATEMENT_INVALID',
    remedy: 'Check the name and the search_path.',
  },
  '42883': {
    says: 'a function is missing, or has another signature',
    code: 'CONFORM_E_DATABASE_STATEMENT_INVALID',
    remedy: 'The statement must take one text, the phone number, as $1.',
  },
  '42P02': {
    says: 'the statement has another number of parameters',
    code: 'CONFORM_E_DATABASE_STATEMENT_INVALID',
    remedy: 'It must take one text, the phone number, as $1.',
  },
  '42501': {
    says: 'the database user lacks a permission',
    code: 'CONFORM_E_DATABASE_PERMISSION_MISSING',
    remedy:
      'Without --sql, bench needs CREATE on the database for a schema of its own; with --sql, the right to read.',
  },
  '25006': {
    says: 'the statement tried to write, in a transaction that may only read',
    code: 'CONFORM_E_DATABASE_STATEMENT_INVALID',
    remedy: 'Only lookups that do not write can be measured; nothing was changed.',
  },
  '08P01': {
    says: 'the statement has another number of parameters',
    code: 'CONFORM_E_DATABASE_STATEMENT_INVALID',
    remedy: 'It must take one text, the phone number, as $1.',
  },
  '42': {
    says: 'the database did not understand the statement',
    code: 'CONFORM_E_DATABASE_STATEMENT_INVALID',
    remedy: 'Check the statement.',
  },
  '22': {
    says: 'the statement could not work with a phone number',
    code: 'CONFORM_E_DATABASE_STATEMENT_INVALID',
    remedy: 'It must accept any text as $1.',
  },
};
