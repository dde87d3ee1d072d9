import { isArray, isObject, pointer, type Json, type JsonObject } from '../json.js';

/** A server that the contract names (OpenAPI 3.0.3, section 4.7.5), with the values of its variables. */
export interface Server {
  /** As the contract writes it, without a slash at the end. */
  url: string;
  /** Scheme, host and port. Undefined for a relative one: it is where the contract's own server is. */
  origin: string | undefined;
  /** What is before the paths, without a slash at the end. */
  path: string;
}

/** The server of operations that have one of their own. */
export interface OwnServer extends Server {
  /** Whether it is another host than that of the contract, or no address at all: only a target can say where it is. */
  elsewhere: boolean;
}

/** What is wrong with the list of servers at one place, and what was taken instead. */
export interface ServerFault {
  /** JSON Pointer below the list. */
  at: string;
  what: string;
  assumed: string;
}

/** What a list of servers says; `unusable` are the texts of which no address can be made. */
interface ReadServers {
  usable: Server[];
  unusable: string[];
  faults: ServerFault[];
}

/** Where nothing is said: the root of wherever the contract's API is. */
const ROOT: Server = { url: '', origin: undefined, path: '' };

/** The servers of the whole contract, the first of which counts where nothing else is said. */
export function contractServers(document: JsonObject): readonly [Server, ...Server[]] {
  const { usable, unusable } = readServers(document['servers'], 'https:');
  const [text] = unusable;
  // Of what is no address it is still known that it is not the origin of another server.
  const unknown = text === undefined ? ROOT : { url: text, origin: text, path: '' };
  const [first = unknown, ...others] = usable;
  return [first, ...others];
}

/**
 * The server of an operation, where it or its path has servers of its own.
 * @param holders what may have a list of servers, the nearest to the operation first
 */
export function ownServer(
  holders: readonly JsonObject[],
  [contract]: readonly [Server, ...Server[]],
): OwnServer | undefined {
  for (const holder of holders) {
    const { usable, unusable } = readServers(holder['servers'], schemeOf(contract));
    const [server] = usable;
    if (server) {
      const { origin } = server;
      const elsewhere = origin !== undefined && contract.origin !== undefined && origin !== contract.origin;
      return { ...server, elsewhere };
    }
    const [text] = unusable;
    // What is no address is surely not that of the contract's own server.
    if (text !== undefined) return { url: text, origin: undefined, path: '', elsewhere: true };
  }
  return undefined;
}

/** What is wrong with the servers that are at one place. */
export function serverFaults(value: Json | undefined, contract: Server): ServerFault[] {
  return readServers(value, schemeOf(contract)).faults;
}

function schemeOf({ origin }: Server): string {
  return origin?.startsWith('http:') ? 'http:' : 'https:';
}

/** @param scheme of what is written without one (`//host`): a reference that is relative in this only, and no fault */
function readServers(value: Json | undefined, scheme: string): ReadServers {
  const read: ReadServers = { usable: [], unusable: [], faults: [] };
  if (value === undefined) return read;
  if (!isArray(value)) {
    read.faults.push({ at: '', what: 'the servers are no list', assumed: 'they are left out' });
    return read;
  }
  for (const [index, entry] of value.entries()) {
    const at = pointer(index);
    const fault = (what: string, assumed: string, below = ''): void => {
      read.faults.push({ at: at + below, what, assumed });
    };
    const url = isObject(entry) ? entry['url'] : undefined;
    if (!isObject(entry) || typeof url !== 'string' || url.trim() === '') {
      fault('a server has no url', 'it is left out');
      continue;
    }
    const filled = fillVariables(url.trim(), entry['variables'], fault);
    const { text, server, problem, repaired } = parseServer(filled, scheme);
    if (server) {
      if (repaired) fault(`the server “${text}” ${repaired.what}`, repaired.assumed);
      read.usable.push(server);
    } else {
      fault(`the server “${text}” ${problem}`, 'it is left out, and nothing is asked there');
      read.unusable.push(text);
    }
  }
  return read;
}

/** A URL with the values of its variables; one that has none stays as it is written. */
function fillVariables(
  url: string,
  variables: Json | undefined,
  fault: (what: string, assumed: string, below: string) => void,
): string {
  const seen = new Set<string>();
  return url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = isObject(variables) && Object.hasOwn(variables, name) ? variables[name] : undefined;
    const { default: given, enum: allowed } = isObject(variable) ? variable : {};
    const choices = isArray(allowed) ? allowed.flatMap((choice) => scalar(choice) ?? []) : [];
    const own = scalar(given);
    const value = own ?? choices[0];
    const note = (what: string, assumed: string): void => {
      if (!seen.has(name))
        fault(`the server variable “${name}” ${what}`, assumed, pointer('variables', name));
    };
    if (value === undefined) note('has no value', 'it stays as it is written');
    else if (own === undefined) note('has no default', `the first of its enum, “${value}”`);
    else if (typeof given !== 'string') note('has a default that is no text', `the text “${value}”`);
    else if (choices.length > 0 && !choices.includes(own))
      note('has a default that is not in its enum', `its default, “${value}”`);
    seen.add(name);
    return value ?? whole;
  });
}

function scalar(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

/** What can be made of one URL. `text` is the URL as it may be shown: a password in it is not repeated. */
function parseServer(
  url: string,
  scheme: string,
): { text: string } & (
  | { server: Server; repaired: { what: string; assumed: string } | undefined; problem?: undefined }
  | { server?: undefined; problem: string; repaired?: undefined }
) {
  const text = url.replace(/^([a-z][a-z0-9+.-]*:\/\/|\/\/)?[^/?#]*@/i, '$1');
  const [, written = '', authority, path = '', rest = ''] =
    /^(?:([a-z][a-z0-9+.-]*:)?\/\/([^/?#]*))?([^?#]*)(.*)$/is.exec(text) ?? [];
  if (/[{}]/.test(text.replace(/\{[^{}]+\}/g, ''))) return { text, problem: 'has a brace without its pair' };
  if (/[\\\s]|\p{Cc}/u.test(text))
    return { text, problem: 'has a space, a backslash or a control character' };
  // What is not known would have to be in every request.
  if (/[{}]/.test(path)) return { text, problem: 'has a variable without a value in its path' };
  const prefix = resolved(path).replace(/\/+$/, '');
  const cut = rest === '' ? undefined : { what: 'has a query or a fragment', assumed: 'the URL without it' };
  if (authority === undefined) {
    if (!path.startsWith('/'))
      return { text, problem: 'is neither a URL of http or https nor a path that begins with a slash' };
    return { text, server: { url: prefix, origin: undefined, path: prefix }, repaired: cut };
  }
  const protocol = (written || scheme).toLowerCase();
  if (protocol !== 'http:' && protocol !== 'https:') return { text, problem: 'is neither http nor https' };
  const root = `${protocol}//${authority}`;
  if (authority === '' || authority.endsWith(':') || !URL.canParse(root))
    return { text, problem: 'names no host' };
  const { origin } = new URL(root);
  return { text, server: { url: origin + prefix, origin, path: prefix }, repaired: cut };
}

/** A path without the steps `.` and `..` (RFC 3986, section 5.2.4). */
function resolved(path: string): string {
  return /\/(\.|%2e){1,2}(\/|$)/i.test(path) ? new URL(`http://host${path}`).pathname : path;
}
