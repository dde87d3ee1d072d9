import { NotApplicable } from '../../drive/drive.js';
import { httpDateOf } from '../../targets/http-date.js';
import { header, type Answer } from '../../targets/reply.js';
import { check, failed } from '../check.js';
import { day, nameOf } from '../fact.js';
import { withoutAsking } from '../without-asking.js';

const DAY_MS = 24 * 60 * 60_000;

export const endAnnounced = check({
  id: 'answer/end-announced',
  promise: 'No read is about to end, and none answers after the end that the host has announced.',
  source: {
    kind: 'standard',
    ref: 'RFC 8594; RFC 9745; RFC 7234, section 5.5.7',
    url: 'https://www.rfc-editor.org/rfc/rfc8594',
  },
  since: '0.2.0',
  severity: 'warning',
  // That something ends is news, and no fault of the host.
  warnings: ['ends', 'deprecated'],
  asks: { atMost: 0 },
  messages: {
    ends: ({ date }) => `its address is announced to stop answering on ${date} (Sunset)`,
    deprecated: ({ headers }) =>
      `it is announced to be deprecated (${headers}), which the contract does not say, and no day is named on which it ends`,
    'still-there': ({ date }) =>
      `its address was announced to stop answering on ${date} (Sunset), and still answers`,
    unreadable: ({ headers }) =>
      `its end is announced in the header ${headers}, without a date in the form that the standard describes`,
  },
  run: withoutAsking(({ operation, own: { reply } }) => {
    const sunset = header(reply, 'sunset');
    const ends = httpDateOf(sunset);
    if (sunset !== undefined && ends === undefined)
      return failed('unreadable', { headers: nameOf('Sunset') });
    if (ends !== undefined) {
      // The clocks of the two need not agree, and a host may end it in the course of that day.
      const isOver = reply.at.getTime() - ends > DAY_MS;
      return failed(isOver ? 'still-there' : 'ends', { date: day(ends) });
    }
    const deprecation = deprecationIn(reply);
    if (deprecation === 'unreadable') return failed('unreadable', { headers: nameOf('Deprecation') });
    const headers = [
      ...(deprecation === 'deprecated' ? ['Deprecation'] : []),
      ...(warnsOfEnd(reply) ? ['Warning'] : []),
    ];
    if (headers.length === 0) return new NotApplicable('the host announces no end of it');
    if (operation.deprecated) return new NotApplicable('the contract says that it is deprecated');
    return failed('deprecated', { headers: nameOf(headers.join(', ')) });
  }),
});

/** What the header Deprecation says: seconds since 1970 (RFC 9745, section 2.1), or what its drafts had instead. */
function deprecationIn(reply: Answer): 'deprecated' | 'unreadable' | undefined {
  const text = header(reply, 'deprecation')?.trim();
  if (text === undefined || /^(false|\?0)?$/i.test(text)) return undefined;
  const isDate = /^@-?\d{1,15}(;|$)/.test(text) || httpDateOf(text) !== undefined;
  return isDate || /^(true|\?1)$/i.test(text) ? 'deprecated' : 'unreadable';
}

/** Whether a warning that lasts says that the whole will end, and not a part of what can be asked or comes. */
function warnsOfEnd({ headers }: Answer): boolean {
  return headers.some(
    ([name, text]) =>
      name === 'warning' && /^\s*299 /.test(text) && SPEAKS_OF_END.test(text) && !SPEAKS_OF_PART.test(text),
  );
}

const SPEAKS_OF_END =
  /\b(deprecat(ed|ion)|sunset|end[- ]of[- ]life|discontinued|retired|(will|to) be (removed|shut down|retired|withdrawn|discontinued)|no longer (be )?supported)\b/i;

const SPEAKS_OF_PART =
  /\b(parameters?|params?|fields?|members?|attributes?|headers?|options?|values?|propert(y|ies)|arguments?|settings?|scopes?|tokens?|keys?)\b/i;
