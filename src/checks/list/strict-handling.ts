import { NotApplicable } from '../../drive/drive.js';
import { isObject } from '../../json.js';
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';

const UNKNOWN = { conformUnknown: 'x' };

export const strictHandling = check({
  id: 'list/strict-handling',
  promise: 'A search that is to be handled strictly refuses a parameter that it does not know.',
  source: {
    kind: 'standard',
    ref: 'FHIR R4, section 3.1.1.3.1',
    url: 'https://hl7.org/fhir/R4/search.html#errors',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 2 },
  messages: {
    'unknown-taken': ({ came }) =>
      `it answers ${came} to a parameter that it does not know, although strict handling was asked for`,
  },
  *run({ operation, body, list, request }) {
    if (!list || !isObject(body) || body['resourceType'] !== 'Bundle')
      return new NotApplicable('it is no search of FHIR');
    const prefer = operation.parameters.find(
      ({ in: place, name }) => place === 'header' && name.toLowerCase() === 'prefer',
    );
    if (!prefer || !/\bhandling\b/.test(JSON.stringify([prefer.description, prefer.schema, prefer.examples])))
      return new NotApplicable('the contract does not say that handling can be chosen');
    const headers = { prefer: 'handling=strict' };
    const known = yield request.same('what it knows, strictly', { headers });
    if (known.reply.kind !== 'answer' || !isSuccess(known.reply.status))
      return inconclusive('it refuses what it knows where that is to be handled strictly');
    const { reply } = yield request.same('a parameter that it does not know, strictly', {
      headers,
      query: UNKNOWN,
    });
    if (reply.kind !== 'answer' || reply.incomplete !== undefined)
      return inconclusive('it did not answer to the end');
    if (isSuccess(reply.status)) return failed('unknown-taken', { came: status(reply.status) });
    return reply.status === 400
      ? passed
      : inconclusive('it refuses it in a way that may have another reason');
  },
});
