import { emptyReading, methodOf } from '../call.js';
import { HOLE } from '../../exchange/shown-url.js';
import type { LineForm } from './form.js';

/**
 * `METHOD URL`, as people write calls down. A path may be a template there: `{id}`, `:id` and `<id>` stand for any value.
 * Empty lines and lines that begin with `#` are passed over.
 */
export const methodUrl: LineForm = {
  name: 'lines of METHOD URL',
  take: ({ file, lines }, index) => {
    const line = (lines[index] ?? '').trim();
    const reading = emptyReading();
    if (line === '' || line.startsWith('#')) return { ...reading, lines: 1 };
    const [, word, url] = /^([A-Za-z]+)\s+(\S+)$/.exec(line) ?? [];
    const method = methodOf(word);
    if (method === undefined || url === undefined || !/^(?:\/|[a-z][a-z\d+.-]*:\/\/)/i.test(url))
      return undefined;
    reading.calls.push({
      method,
      url: url.replace(/(?<=\/)(?:\{[^{}/]+\}|:[A-Za-z]\w*|<[^<>/]+>)(?=[/?#]|$)/g, () => HOLE),
      complete: { query: url.includes('?'), body: false },
      place: { file, line: index + 1 },
    });
    return { ...reading, lines: 1 };
  },
};
