import { countWithout, emptyReading } from '../call.js';
import { isLogLine, requestInText } from './log-text.js';
import type { LineForm } from './form.js';

/** Lines without a request, as they are counted. */
export const NO_REQUEST = 'lines of a log that speak of no request';

/**
 * Logs of text: the access logs of servers and proxies (common, combined, with and without the host), and what HTTP
 * libraries write.
 *
 * @see https://httpd.apache.org/docs/2.4/logs.html#accesslog
 */
export const log: LineForm = {
  name: 'access logs and logs of HTTP libraries',
  take: ({ file, lines }, index) => {
    const line = (lines[index] ?? '').slice(0, LONGEST);
    const place = { file, line: index + 1 };
    const found = requestInText(line, place);
    const reading = emptyReading();
    if (found === undefined) {
      if (!isLogLine(line)) return undefined;
      countWithout(reading, NO_REQUEST);
    } else if ('why' in found) reading.notUnderstood.push({ place, why: found.why });
    else reading.calls.push(...found.calls);
    return { ...reading, lines: 1 };
  },
};

/** What is behind is not looked at: a line of a log is short, and a longer one would take long to search. */
const LONGEST = 16 * 1024;
