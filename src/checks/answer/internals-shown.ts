import { NotApplicable } from '../../drive/drive.js';
import { readBody } from '../../exchange/body.js';
import { isSuccess, type Answer } from '../../targets/reply.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { count } from '../fact.js';
import { internalsIn, textsIn } from '../internals.js';
import { isAboutId, readOfNothing } from '../read-of-nothing.js';

export const internalsShown = check({
  id: 'answer/internals-shown',
  promise: 'An error shows nothing of the inside of the host.',
  source: {
    kind: 'practice',
    ref: 'RFC 9457, section 5: an error can leak what helps to compromise a host',
    url: 'https://www.rfc-editor.org/rfc/rfc9457#section-5',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 1 },
  messages: {
    stack: ({ frames }) => `its error for an id that nothing has shows ${frames} lines of a stack`,
    statement: ({ statements }) =>
      `its error for an id that nothing has shows a statement, or an error text, of a database (${statements} times)`,
    'file-path': ({ paths }) =>
      `its error for an id that nothing has shows where source files of the host are (${paths} times)`,
  },
  *run(subject) {
    const ask = readOfNothing(subject);
    if (ask instanceof NotApplicable) return ask;
    const { reply } = yield ask;
    if (reply.kind !== 'answer' || isSuccess(reply.status)) return inconclusive('it did not answer an error');
    if (reply.incomplete !== undefined) return inconclusive('its error did not come whole');
    const { frames, statements, paths } = internalsIn(textOf(reply));
    const broken: Broken<'stack' | 'statement' | 'file-path'>[] = [];
    if (frames > 1) broken.push({ code: 'stack', facts: { frames: count(frames) } });
    if (statements > 0) broken.push({ code: 'statement', facts: { statements: count(statements) } });
    // A stack has such places in it.
    if (paths > 0 && frames < 2) broken.push({ code: 'file-path', facts: { paths: count(paths) } });
    if (broken.length > 0) return { kind: 'failed', broken };
    return isAboutId(reply.status) ? passed : inconclusive('it did not answer that there is nothing');
  },
});

/** What a person would read: of JSON its texts, of a page what is between its tags. */
function textOf(reply: Answer): string {
  const body = readBody(reply);
  switch (body.kind) {
    case 'json':
      return textsIn(body.value);
    case 'html':
    case 'xml':
      return body.text.replace(/<[^<>]*>/g, ' ').replace(/&quot;|&#34;/g, '"');
    case 'text':
    case 'unreadable':
      return body.text;
    default:
      return '';
  }
}
