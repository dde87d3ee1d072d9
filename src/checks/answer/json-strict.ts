import { answeredMembers } from '../../contract/member-names.js';
import { parseJson } from '../../json.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { count, nameOf } from '../fact.js';
import { scanJson } from '../json-scan.js';
import { jsonTextOf } from '../json-text.js';
import { withoutAsking } from '../without-asking.js';

export const jsonStrict = check({
  id: 'answer/json-strict',
  promise: 'JSON is one value, in which no object has two members of one name.',
  source: {
    kind: 'standard',
    ref: 'RFC 8259, sections 2 and 4',
    url: 'https://www.rfc-editor.org/rfc/rfc8259#section-4',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 0 },
  messages: {
    'repeated-name': ({ times, member }) =>
      `members of its JSON have names that others in their object have as well: ${times}${
        member === undefined ? '' : `, “${member}” among them`
      }; each name may be once in an object`,
    'text-behind': () => 'there is text behind the value of its JSON, where nothing but blanks may follow',
  },
  run: withoutAsking(({ own: { reply }, body, operation, host }) => {
    const text = jsonTextOf(reply);
    if (typeof text !== 'string') return text;
    const { end, repeated } = scanJson(text);
    if (end === undefined) return body === undefined ? inconclusive('its body is no JSON') : passed;
    if (body === undefined && parseJson(text.slice(0, end)) === undefined)
      return inconclusive('its body is no JSON');
    const behind = text.slice(end);
    if (/[^ \t\r\n]/.test(behind)) {
      return /^\s*[[{]/.test(behind)
        ? inconclusive('its body is a sequence of JSON texts')
        : failed('text-behind');
    }
    if (repeated.length === 0) return passed;
    const declared = answeredMembers(host.contract, operation);
    const member = repeated.find((name) => declared.has(name));
    return failed('repeated-name', {
      times: count(repeated.length),
      ...(member === undefined ? {} : { member: nameOf(member) }),
    });
  }),
});
