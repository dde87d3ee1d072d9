import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { count } from '../fact.js';
import { jsonOf } from '../subject.js';

const ASKED = 2;

export const pageSize = check({
  id: 'list/page-size',
  promise: 'A page holds no more things than were asked for.',
  source: { kind: 'contract', ref: 'the parameter for the size of a page' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 1 },
  messages: {
    'larger-than-asked': ({ asked, came }) => `${came} things came where ${asked} were asked for`,
  },
  *run({ list, request }) {
    if (!list?.size) return new NotApplicable('the contract names no parameter for the size of a page');
    const { reply } = yield request.same('two things a page', { query: { [list.size.name]: String(ASKED) } });
    if (reply.kind !== 'answer' || !isSuccess(reply.status))
      return inconclusive('it did not answer with a page');
    const items = list.itemsOf(jsonOf(reply));
    if (!items) return inconclusive('its answer is no list');
    return items.length > ASKED
      ? failed('larger-than-asked', { asked: count(ASKED), came: count(items.length) })
      : passed;
  },
});
