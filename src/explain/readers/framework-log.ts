import { linesOf } from '../lines.js';
import { UNKNOWN_REQUEST, type Found, type Pasted, type PastedRequest, type Reader } from '../paste.js';

/**
 * Logs that describe one request in several lines: Rails and what is built like it. The status of an exception that nobody
 * rescued is not said.
 */
export const frameworkLog: Reader = {
  id: 'framework-log',
  about: 'the log of Rails',
  read: (text) => {
    if (!/\b(?:Started [A-Z]{3,7} "|Completed [1-5]\d\d\b)|(?:Error|NotFound|Missing|Token) \(/.test(text))
      return [];
    const found: Found[] = [];
    let asked: { request: PastedRequest; from: number; isOpen: boolean } | undefined;
    for (const { from, to, text: line } of linesOf(text)) {
      const [, method, url] =
        /\bStarted (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) "([^"\s]{1,2000})"/.exec(line) ?? [];
      if (url !== undefined) {
        asked = { request: { ...UNKNOWN_REQUEST, method, url }, from, isOpen: true };
        continue;
      }
      const reply = completedIn(line) ?? exceptionIn(line);
      if (!reply) continue;
      const request = asked?.isOpen === true ? asked.request : requestIn(line);
      found.push({ from: asked?.isOpen === true ? asked.from : from, to, pasted: [{ request, reply }] });
      if (asked) asked.isOpen = false;
    }
    return found;
  },
};

/** `Completed 403 Forbidden in 5ms` */
function completedIn(line: string): Pasted['reply'] | undefined {
  const [, status] = /\bCompleted ([1-5]\d\d)\b.{0,80} in \d/.exec(line) ?? [];
  if (status === undefined) return undefined;
  return {
    kind: 'answer',
    status: Number(status),
    statusFrom: 'answer',
    headers: undefined,
    body: undefined,
  };
}

/** `ActionController::RoutingError (No route matches [GET] "/x"):` */
function exceptionIn(line: string): Pasted['reply'] | undefined {
  const [, said] =
    /(?:^|\s)(?:[A-Z]\w{0,60}::){1,4}[A-Z]\w{0,60}(?:Error|Exception|NotFound|InvalidAuthenticityToken|ParameterMissing) \((.{1,1000})\):?\s{0,8}$/.exec(
      line,
    ) ?? [];
  if (said === undefined) return undefined;
  return {
    kind: 'answer',
    status: undefined,
    statusFrom: undefined,
    headers: undefined,
    body: Buffer.from(said),
  };
}

function requestIn(line: string): PastedRequest {
  const [, method, url] = /No route matches \[([A-Z]{3,7})\] "([^"\s]{1,2000})"/.exec(line) ?? [];
  return { ...UNKNOWN_REQUEST, method, url };
}
