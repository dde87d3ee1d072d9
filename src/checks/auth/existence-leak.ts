import { NotApplicable } from '../../drive/drive.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { readOfNothing } from '../read-of-nothing.js';
import { tenantsOf } from './tenants.js';

export const existenceLeak = check({
  id: 'auth/existence-leak',
  promise: 'What belongs to another tenant is refused like what is not there.',
  source: {
    kind: 'practice',
    ref: 'RFC 9110, section 15.5.4: 404 hides that there is something forbidden',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 4 },
  messages: {
    'tells-apart': ({ foreign, absent }) =>
      `it answers ${foreign} to the id of another tenant and ${absent} to one that nothing has: anybody can find out which ids there are`,
  },
  *run(subject) {
    const { operation, request } = subject;
    if (['403', '4XX'].some((one) => Object.hasOwn(operation.responses, one)))
      return new NotApplicable('the contract says that it answers 403');
    const toNothing = readOfNothing(subject);
    if (toNothing instanceof NotApplicable) return toNothing;
    const tenants = yield* tenantsOf(subject);
    if (tenants instanceof NotApplicable || 'kind' in tenants) return tenants;
    if (!tenants.foreign) return new NotApplicable('the list of the other tenant is empty');
    const foreign = yield request.same('a thing of another tenant', { last: tenants.foreign });
    const absent = yield toNothing;
    const [known, unknown] = [foreign.exchange.status, absent.exchange.status];
    if (known === 403 && (unknown === 404 || unknown === 410))
      return failed('tells-apart', { foreign: status(known), absent: status(unknown) });
    return known === unknown && (known === 403 || known === 404)
      ? passed
      : inconclusive('one of the two is not refused for what it asks for');
  },
});
