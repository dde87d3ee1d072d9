import { isForbidden } from '../../contract/schema/validator.js';
import { NotApplicable } from '../../drive/drive.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { documentedJson } from '../documented.js';
import { status } from '../fact.js';
import { isAboutId, readOfNothing } from '../read-of-nothing.js';
import { jsonOf } from '../subject.js';

export const errorShape = check({
  id: 'answer/error-shape',
  promise: 'An error has the form that the contract describes.',
  source: { kind: 'contract', ref: 'the responses for errors' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 1 },
  messages: {
    'other-shape': ({ came }) =>
      `the body of its answer ${came} for an id that nothing has is not what the contract describes for that status`,
  },
  *run(subject) {
    const { operation, host } = subject;
    const ask = readOfNothing(subject);
    if (ask instanceof NotApplicable) return ask;
    const { reply } = yield ask;
    if (reply.kind !== 'answer' || !isAboutId(reply.status))
      return inconclusive('it did not answer that there is nothing');
    const documented = documentedJson(operation, reply);
    if (!documented) return new NotApplicable('the contract describes no JSON for this error');
    const body = jsonOf(reply);
    if (body === undefined) return inconclusive('its error is no JSON that could be read');
    const checked = host.contract.validators.answer.check(documented.schemaPointer, body);
    if (checked.kind === 'not checked') return inconclusive('its error could not be held against its schema');
    return isForbidden(checked)
      ? failed('other-shape', { came: status(reply.status) }, checked.violations[0]?.pointer)
      : passed;
  },
});
