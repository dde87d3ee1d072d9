import { isArray, isObject, parseJson } from '../json.js';
import { Problem, type Place } from '../problem.js';

/** One call that a consumer makes. */
export interface Call {
  method: string;
  /** As it was written: a whole URL, or a path. */
  url: string;
}

const METHODS = /^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)$/i;

/**
 * Reads a consumer's calls: a HAR file, or lines of `METHOD URL`. Blank lines and lines that begin with `#` are
 * passed over.
 * @throws Problem with file and line for what is neither.
 */
export function readCalls(text: string, file: string): Call[] {
  const calls = fromHar(text, file) ?? fromLines(text, file);
  if (calls.length > 0) return calls;
  throw problem('holds no calls', { file });
}

function fromHar(text: string, file: string): Call[] | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  const value = parseJson(text);
  if (value === undefined)
    throw problem('is neither a HAR file (it is no JSON) nor lines of METHOD URL', { file, line: 1 });
  const log = isObject(value) ? value['log'] : undefined;
  const entries = isObject(log) ? log['entries'] : undefined;
  if (!isArray(entries)) throw problem('is no HAR file: it has no log.entries', { file, line: 1 });
  return entries.flatMap((entry) => {
    const request = isObject(entry) ? entry['request'] : undefined;
    const { method, url } = isObject(request) ? request : {};
    return typeof method === 'string' && typeof url === 'string'
      ? [{ method: method.toUpperCase(), url }]
      : [];
  });
}

function fromLines(text: string, file: string): Call[] {
  return text.split('\n').flatMap((line, index) => {
    const bare = line.trim();
    if (bare === '' || bare.startsWith('#')) return [];
    const [method = '', url, ...rest] = bare.split(/\s+/);
    if (!METHODS.test(method) || url === undefined || rest.length > 0) {
      throw problem('is not a call', { file, line: index + 1 });
    }
    return [{ method: method.toUpperCase(), url }];
  });
}

function problem(what: string, place: Place): Problem {
  return new Problem(what, { place, remedy: 'Give a HAR file, or lines like: GET /v1/things/' });
}
