import { wholeOf } from '../../contract/follow.js';
import { answeredMembers } from '../../contract/member-names.js';
import type { Operation } from '../../contract/operation.js';
import { isAllowed, isForbidden } from '../../contract/schema/validator.js';
import { isArray, isObject, type JsonObject } from '../../json.js';
import { header, isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { documentedErrors, documentedJson, isProblem, type DocumentedJson } from '../documented.js';
import { status } from '../fact.js';
import type { Subject } from '../subject.js';
import { withoutAsking } from '../without-asking.js';

export const successCarriesError = check({
  id: 'answer/success-carries-error',
  promise: 'A success does not carry an error.',
  source: { kind: 'contract', ref: 'the responses of the operation' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 0 },
  messages: {
    'error-in-success': ({ came }) =>
      `it answers ${came} with what the contract describes as an error, and not with what it describes for this status`,
    'operation-outcome': ({ came }) => `it answers ${came} with an OperationOutcome that names an error`,
    'problem-in-success': ({ came }) =>
      `it answers ${came} with a body of type application/problem+json, which is for errors`,
  },
  run: withoutAsking((subject) => {
    const { own, body, operation } = subject;
    const { reply } = own;
    if (!isSuccess(reply.status)) return inconclusive('its answer is no success');
    if (reply.incomplete !== undefined) return inconclusive('its body did not come whole');
    const facts = { came: status(reply.status) };
    if (isProblem(header(reply, 'content-type')) && !isProblemDocumented(subject))
      return failed('problem-in-success', facts);
    if (!isObject(body)) return passed;
    const success = documentedJson(operation, reply);
    if (isOutcomeOfError(body)) {
      return asksForOutcome(operation) || isDescribed(subject, success, body)
        ? passed
        : failed('operation-outcome', facts);
    }
    return success && isErrorInstead(subject, success, body) ? failed('error-in-success', facts) : passed;
  }),
});

function isProblemDocumented({ operation }: Subject): boolean {
  return Object.entries(operation.responses).some(
    ([status, { content }]) => status.startsWith('2') && Object.keys(content).some(isProblem),
  );
}

/** An OperationOutcome of FHIR (R4, section 2.36): its issues may be no more than hints. */
function isOutcomeOfError({ resourceType, issue }: JsonObject): boolean {
  if (resourceType !== 'OperationOutcome' || !isArray(issue)) return false;
  return issue.some((one) => isObject(one) && (one['severity'] === 'error' || one['severity'] === 'fatal'));
}

/** An operation such as `$validate` gives an outcome as what it was asked for; and outcomes can be read like all else. */
function asksForOutcome({ path }: Operation): boolean {
  return /\/\$|\/OperationOutcome\b/i.test(path);
}

/** Whether the contract says that a success can be just this. A schema that allows everything says nothing. */
function isDescribed({ host }: Subject, success: DocumentedJson | undefined, body: JsonObject): boolean {
  if (!success) return false;
  const validator = host.contract.validators.answer;
  return (
    isForbidden(validator.check(success.schemaPointer, {})) &&
    isAllowed(validator.check(success.schemaPointer, body))
  );
}

/** Whether a body lacks what a success has, and has all that makes an error. */
function isErrorInstead({ host, operation }: Subject, success: DocumentedJson, body: JsonObject): boolean {
  const { contract } = host;
  const validator = contract.validators.answer;
  const asSuccess = validator.check(success.schemaPointer, body);
  // A success with one wrong value is still a success: only what is wrong as a whole can be something else.
  const isOtherwise =
    asSuccess.kind === 'checked' &&
    asSuccess.violations.some(({ pointer, keyword }) => pointer === '' && OF_THE_WHOLE.has(keyword));
  if (!isOtherwise) return false;
  const ofSuccess = answeredMembers(contract, operation);
  return documentedErrors(operation).some(({ schema, schemaPointer }) => {
    const required = wholeOf(contract.document, schema).flatMap((part) =>
      isArray(part['required']) ? part['required'] : [],
    );
    return (
      required.some((name) => typeof name === 'string' && !ofSuccess.has(name)) &&
      isForbidden(validator.check(schemaPointer, {})) &&
      isAllowed(validator.check(schemaPointer, body))
    );
  });
}

const OF_THE_WHOLE = new Set(['required', 'type', 'oneOf', 'anyOf']);
