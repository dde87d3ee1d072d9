import { check, failed, passed } from '../check.js';
import { jsonTextOf } from '../json-text.js';
import { withoutAsking } from '../without-asking.js';

export const charset = check({
  id: 'answer/charset',
  promise: 'JSON begins without a byte order mark.',
  source: {
    kind: 'standard',
    ref: 'RFC 8259, section 8.1',
    url: 'https://www.rfc-editor.org/rfc/rfc8259#section-8.1',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 0 },
  messages: {
    'byte-order-mark': () => 'its JSON begins with a byte order mark, where it has to begin with its value',
  },
  run: withoutAsking(({ own: { reply } }) => {
    const text = jsonTextOf(reply);
    if (typeof text !== 'string') return text;
    return reply.body.subarray(0, MARK.length).equals(MARK) ? failed('byte-order-mark') : passed;
  }),
});

const MARK = Buffer.of(0xef, 0xbb, 0xbf);
