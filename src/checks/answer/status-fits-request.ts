import { NotApplicable } from '../../drive/drive.js';
import { check, failed, passed } from '../check.js';
import { withoutAsking } from '../without-asking.js';

export const statusFitsRequest = check({
  id: 'answer/status-fits-request',
  promise: 'The status of an answer is one that its request can have.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, sections 15.3.2, 15.3.7 and 15.4.5',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.3',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 0 },
  messages: {
    'created-by-read': () => 'it answers 201, that something was created, to a GET, which creates nothing',
    'part-without-range': () => 'it answers 206, a part, to a request that asks for no range',
    'not-modified-without-condition': () => 'it answers 304, not modified, to a request without a condition',
  },
  run: withoutAsking(({ operation, probe, own: { reply } }) => {
    if (operation.method !== 'GET') return new NotApplicable('it is no GET');
    const asked = new Set(Object.keys(probe.request.headers).map((name) => name.toLowerCase()));
    switch (reply.status) {
      case 201:
        return failed('created-by-read');
      case 206:
        // Some answer each page of a list so, and say it.
        return asked.has('range') || operation.responses['206'] ? passed : failed('part-without-range');
      case 304:
        return CONDITIONS.some((name) => asked.has(name)) ? passed : failed('not-modified-without-condition');
      default:
        return passed;
    }
  }),
});

const CONDITIONS = ['if-none-match', 'if-modified-since'];
