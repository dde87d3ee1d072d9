import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { selfOf } from '../answer-links.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { nameOf, status } from '../fact.js';

export const linksLead = check({
  id: 'answer/links-lead',
  promise: 'The links of an answer lead to something.',
  source: {
    kind: 'standard',
    ref: 'RFC 8288, section 2: a link is a connection between two resources',
    url: 'https://www.rfc-editor.org/rfc/rfc8288#section-2',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 2 },
  messages: {
    'leads-nowhere': ({ relation, came }) =>
      `the link “${relation}” of its answer leads to ${came}, and not to an answer like it`,
  },
  *run({ operation, own: { reply }, body, list, request }) {
    if (operation.method !== 'GET') return new NotApplicable('links are followed with GET');
    if (reply.incomplete !== undefined) return inconclusive('its body did not come whole');
    const next = list?.nextOf(body, reply);
    const links = [
      { relation: 'self', link: selfOf(body, reply) },
      { relation: 'next', link: next?.kind === 'link' ? next.link : undefined },
    ];
    let followed = 0;
    let isUnclear = false;
    for (const { relation, link } of links) {
      const ask = link === undefined ? undefined : request.follow(`its link “${relation}”`, link);
      if (!ask) continue;
      followed += 1;
      const { reply: came } = yield ask;
      if (came.kind !== 'answer') isUnclear = true;
      else if (came.status === 404 || came.status >= 500)
        return failed('leads-nowhere', { relation: nameOf(relation), came: status(came.status) });
      else isUnclear ||= !isSuccess(came.status);
    }
    if (followed === 0) return new NotApplicable('its answer has no link to its own path');
    return isUnclear ? inconclusive('not each of its links was answered with a success') : passed;
  },
});
