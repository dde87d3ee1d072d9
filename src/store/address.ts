import { Problem } from '../problem.js';

/** A database of PostgreSQL that records are kept in. */
export interface StoreAddress {
  /** With the password, where one is known: for the driver only. */
  url: string;
  /** As people are shown it: without user and password. */
  shown: string;
}

/**
 * Where the store is, by the option and the environment.
 * @param option the value of --store. It may hold no password: the list of processes shows every argument to everybody.
 * @param environment `CONFORM_STORE` may hold the whole URL, `PGPASSWORD` the password of a URL without one
 * @returns undefined where none is named
 * @throws Problem when the address is no URL of PostgreSQL; none repeats it
 */
export function storeAddress(
  option: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): StoreAddress | undefined {
  const given = option ?? environment['CONFORM_STORE'];
  if (given === undefined || given === '') return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2)
    throw new Problem('CONFORM_E_DATABASE_URL_INVALID', 'the URL of the store is not valid', {
      remedy: 'Write it like postgres://user@host:5432/database.',
    });
  if (option !== undefined && (url.password !== '' || url.searchParams.has('password')))
    throw new Problem('CONFORM_E_STORE_PASSWORD_IN_ARGUMENT', '--store holds a password', {
      remedy:
        'Others on this machine can read arguments. Leave it out, and set PGPASSWORD; or set CONFORM_STORE to the whole URL.',
    });
  const shown = `postgres://${url.host === '' ? 'localhost' : url.host}${url.pathname}`;
  const password = environment['PGPASSWORD'];
  if (url.password === '' && password !== undefined) url.password = encodeURIComponent(password);
  // A blank in a query is written as a plus sign by URLSearchParams, but read as one by nobody else.
  const [address = '', query] = url.href.split('?');
  return { url: query === undefined ? address : `${address}?${query.replaceAll('+', '%20')}`, shown };
}

/** @throws Problem when it is no name of an agency: small letters, digits and hyphens, at most 63 */
export function checkedAgency(name: string): string {
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(name)) return name;
  throw new Problem('CONFORM_E_VALUE_INVALID', `“${name}” is no name of an agency`, {
    remedy: 'Write it in small letters, digits and hyphens, like rosewood or agency-12.',
  });
}
