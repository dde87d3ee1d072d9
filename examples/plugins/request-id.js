// A plugin with a check: an answer names the request, so that the vendor can find it in the logs.
//   conform check --plugin examples/plugins/request-id.js
import { defineCheck, failed, header, passed, status } from 'wellsky-conform';

const NAMES = ['x-request-id', 'request-id', 'x-correlation-id', 'x-amzn-requestid', 'traceparent'];

export const requestId = defineCheck({
  id: 'own/request-id',
  promise: 'Every answer names the request.',
  source: { kind: 'practice', ref: 'who reports a fault names the request' },
  since: '1.0.0',
  severity: 'warning',
  asks: { atMost: 0 },
  messages: { 'no-id': ({ came }) => `an answer ${came} has no header that names the request` },
  // A generator: `yield subject.request.same('why it is asked')` would ask once more and give the answer.
  *run({ own: { reply } }) {
    const isNamed = NAMES.some((name) => header(reply, name) !== undefined);
    return isNamed ? passed : failed('no-id', { came: status(reply.status) });
  },
});

export default { checks: [requestId] };
