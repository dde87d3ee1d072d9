import { NotApplicable } from '../../drive/drive.js';
import { isOfNothing, isSuccess } from '../../targets/reply.js';
import { failed, inconclusive, passed } from '../check.js';
import { status } from '../fact.js';
import { lifeCheck } from '../life.js';

export const locationLeads = lifeCheck({
  id: 'state/location-leads',
  promise: 'The Location of a creation leads to what was created.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, section 10.2.2',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2',
  },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 4 },
  messages: {
    'leads-nowhere': ({ came }) => `the Location of the answer is answered ${came}`,
  },
  of: 'creation',
  judge: ({ located, read }) => {
    if (!located) return new NotApplicable('its answer has no Location on this host that can be asked');
    const { status: came } = located.exchange;
    if (isSuccess(came)) return passed;
    if (isOfNothing(came) && isSuccess(read?.heard.exchange.status ?? null))
      return { ...failed('leads-nowhere', { came: status(came) }), at: [located] };
    return inconclusive(`the Location was answered ${came ?? 'not at all'}`);
  },
});
