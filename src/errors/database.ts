import type { ProblemEntries } from './entry.js';

/** Faults of the caller-ID cache, of its database, and of the bench. */
export const DATABASE_ERRORS = {
  CONFORM_E_DATABASE_URL_MISSING: {
    title: 'No database is named',
    what: 'The command needs PostgreSQL, and no address was given.',
    why: 'Neither `--database-url` nor the variable `DATABASE_URL` is set. A cron job has an environment of its own.',
    fix: 'Set `DATABASE_URL` in the environment or a `.env` file, or give `--database-url`.',
    exitCode: 2,
    example: {
      run: 'conform cache lookup +12025550123',
      prints:
        'error CONFORM_E_DATABASE_URL_MISSING: no database is named\n  Name it with --database-url, or set DATABASE_URL in the environment or in a .env file.',
    },
  },
  CONFORM_E_DATABASE_URL_INVALID: {
    title: 'The database URL is not valid',
    what: 'The address of the database cannot be read as a URL of PostgreSQL. It is not repeated, because it can hold a password.',
    why: 'The scheme is missing, or the password holds a character that is not escaped.',
    fix: 'Write it like `postgresql://user:password@host:5432/database`, with special characters of the password percent-encoded; in `--store` without the password.',
    exitCode: 2,
    example: {
      run: 'conform cache lookup +12025550123 --database-url localhost',
      prints:
        'error CONFORM_E_DATABASE_URL_INVALID: the database URL is not valid\n  Write it like postgresql://user:password@host:5432/database.',
    },
  },
  CONFORM_E_DATABASE_UNREACHABLE: {
    title: 'The database does not answer',
    what: 'No connection to the database server could be made.',
    why: 'The server does not run, host or port are wrong, or a firewall is between.',
    fix: 'Check the address in `--database-url`, `--store` or `CONFORM_STORE`, and that the server runs. `conform doctor` tries the connections of the cache and of the store.',
    exitCode: 3,
    example: {
      given: 'Nothing listens on port 5499.',
      run: 'conform cache lookup +12025550123 --database-url postgresql://127.0.0.1:5499/agency',
      prints:
        'error CONFORM_E_DATABASE_UNREACHABLE: the database cannot be reached\n  Check the address in --database-url, and that the server runs.',
    },
  },
  CONFORM_E_DATABASE_REFUSED: {
    title: 'The database server refuses the connection',
    what: 'The server answered and did not let the connection in.',
    why: 'User or password are wrong, the database does not exist, or all connections are in use.',
    fix: 'The message says which of them it is. Correct the address, or wait until connections are free.',
    exitCode: 3,
    example: {
      given: 'The password is wrong.',
      run: 'conform cache sync',
      prints:
        'error CONFORM_E_DATABASE_REFUSED: the database refused the user or the password\n  Check user and password in --database-url.',
    },
  },
  CONFORM_E_DATABASE_PERMISSION_MISSING: {
    title: 'The database user lacks a permission',
    what: 'The server refused a statement to this user.',
    why: 'The bench makes a schema of its own, and needs the right `CREATE` on the database; so does `conform store migrate`. With `--sql` the bench needs the right to read.',
    fix: 'Grant the permission, or name another user in the database URL.',
    exitCode: 2,
    example: {
      given: 'The user may only read.',
      run: 'conform bench',
      prints:
        'error CONFORM_E_DATABASE_PERMISSION_MISSING: the database user lacks a permission\n  Without --sql, bench needs CREATE on the database for a schema of its own; with --sql, the right to read.',
    },
  },
  CONFORM_E_DATABASE_STATEMENT_INVALID: {
    title: 'The statement cannot be measured',
    what: 'The statement of `--sql` failed, tried to write, or gives no column with the id.',
    why: 'A table or function has another name, or the statement does not take one phone number as `$1`.',
    fix: 'Try the statement with `psql` first. It has to take one text as `$1`, only read, and give the id in a column.',
    exitCode: 2,
    example: {
      given: 'The database has no table `person`.',
      run: "conform bench --sql 'SELECT id FROM person WHERE phone = $1' --truth numbers.txt",
      prints:
        'error CONFORM_E_DATABASE_STATEMENT_INVALID: a table is missing: relation "person" does not exist\n  Check the name and the search_path.',
    },
  },
  CONFORM_E_DATABASE_SETTING_REFUSED: {
    title: 'The server does not take a safety setting',
    what: 'The server, or a pooler before it, drops the setting that forbids writing or limits the time of statements. Nothing was measured.',
    why: 'Poolers that share connections drop settings of a session.',
    fix: 'Connect to PostgreSQL itself, and take `statement_timeout` out of the database URL.',
    exitCode: 3,
    example: {
      given: 'The address is that of a pooler.',
      run: 'conform bench --sql "SELECT id FROM lookup($1)" --truth numbers.txt',
      prints:
        'error CONFORM_E_DATABASE_SETTING_REFUSED: the server did not take the setting that forbids writing\n  Connect to PostgreSQL itself, not through a pooler that drops settings.',
    },
  },
  CONFORM_E_DATABASE_SCHEMA_FOREIGN: {
    title: 'A schema of the database belongs to somebody else',
    what: 'The database has a schema with the name that the bench or the store uses, and `conform` did not make it. It was left as it is.',
    why: 'Another program uses the name.',
    fix: 'Rename the schema, or use another database.',
    exitCode: 2,
    example: {
      given: 'The database has a schema of that name with tables of another program.',
      run: 'conform bench',
      prints:
        'error CONFORM_E_DATABASE_SCHEMA_FOREIGN: there is a schema conform_bench that was not made by conform\n  It was left as it is. Rename it, or use another database.',
    },
  },
  CONFORM_E_DATABASE_IN_USE: {
    title: 'Another process works on the database',
    what: 'A sync or a bench on this database is running already.',
    why: 'A scheduled one has started, or an earlier one was not stopped.',
    fix: 'Wait until it is done.',
    exitCode: 3,
    example: {
      given: 'A sync is running.',
      run: 'conform cache sync',
      prints:
        'error CONFORM_E_DATABASE_IN_USE: another sync is running on this database\n  Wait until it is done.',
    },
  },
  CONFORM_E_DATABASE_NOT_STARTED: {
    title: 'The embedded PostgreSQL did not start',
    what: 'The server that comes with the package could not be started.',
    why: 'The platform has no binaries for it, a library is missing, or the process runs as root.',
    fix: 'Read the last line of the server in the message, or name a server of your own with `--database-url`.',
    exitCode: 3,
    example: {
      given: 'The process runs as root.',
      run: 'conform bench',
      prints:
        'error CONFORM_E_DATABASE_NOT_STARTED: the embedded PostgreSQL did not start\n  initdb: error: cannot be run as root. Another server can be named with --database-url.',
    },
  },
  CONFORM_E_DATABASE_FAILED: {
    title: 'The database failed',
    what: 'The database answered with an error that is not known here. Its words are not repeated, because they may quote data.',
    why: 'The SQLSTATE in the message names the class of the error (PostgreSQL, appendix A).',
    fix: 'Look the SQLSTATE up, and read the log of the server.',
    exitCode: 3,
    example: {
      given: 'The disk of the server is full.',
      run: 'conform cache sync',
      prints:
        'error CONFORM_E_DATABASE_FAILED: the database refused: SQLSTATE 53100\n  Its message is not repeated: it may quote the data. Read the log of the server.',
    },
  },
  CONFORM_E_PHONE_FILE_INVALID: {
    title: 'A file of phone numbers has wrong lines',
    what: 'The file of `--truth` or `--phones` has lines that are not a phone number with the expected id.',
    why: 'A separator is missing, a line has a heading, or every line says that nobody has the number.',
    fix: 'Write one number on each line, with its id behind it.',
    exitCode: 2,
    example: {
      given: 'No line of `numbers.txt` has an id.',
      run: 'conform bench --sql "SELECT id FROM lookup($1)" --truth numbers.txt --database-url postgresql://127.0.0.1/agency',
      prints:
        'error CONFORM_E_PHONE_FILE_INVALID: numbers.txt: no number of the file belongs to anybody\n  Add numbers with the ids that they have. Otherwise a lookup that finds nobody would be right.',
    },
  },
  CONFORM_E_SYNC_REFUSED: {
    title: 'The API refused the sync',
    what: 'The API refused a list or a record that the cache is made of. The cache is unchanged.',
    why: 'The credentials lack a permission, or a path has changed.',
    fix: 'Run `conform check` on the same target: it says why the operation refuses.',
    exitCode: 3,
    example: {
      given: 'The credentials may not read a list.',
      run: 'conform cache sync',
      prints:
        'error CONFORM_E_SYNC_REFUSED: the list of people: the API refused with 403\n  Run conform check to see why. Nothing was changed.',
    },
  },
  CONFORM_E_SYNC_INCOMPLETE: {
    title: 'The sync could not read everything',
    what: 'The API gave fewer records than it announced, or a request failed again and again. The cache is unchanged.',
    why: 'The list changed while it was read, or the host was overloaded.',
    fix: 'Run the sync again. What was read is kept for an hour.',
    exitCode: 3,
    example: {
      given: 'A record was removed between two pages.',
      run: 'conform cache sync',
      prints:
        'error CONFORM_E_SYNC_INCOMPLETE: the list of people: the API announced 120 records, and gave 119\n  Nothing was changed. Run it again; the list may have changed while it was read.',
    },
  },
} as const satisfies ProblemEntries;
