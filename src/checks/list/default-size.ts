import { NotApplicable } from '../../drive/drive.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { count } from '../fact.js';
import { NO_PAGE, pageOf } from './page.js';

export const defaultSize = check({
  id: 'list/default-size',
  promise: 'A page holds no more things than the contract gives as the default.',
  source: { kind: 'contract', ref: 'the default of the parameter for the size of a page' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 1 },
  messages: {
    'larger-than-default': ({ most, came }) => `${came} things came where the default is ${most}`,
  },
  *run(subject) {
    const { list, request } = subject;
    const most = list?.size?.schema['default'];
    if (!list?.size || typeof most !== 'number' || most < 1)
      return new NotApplicable('the contract names no default for the size of a page');
    if (list.size.required) return new NotApplicable('the size of a page has to be sent');
    const page = yield* pageOf(
      subject,
      request.same('a page of the default size', { query: { [list.size.name]: undefined } }),
    );
    if (!page) return inconclusive(NO_PAGE);
    return page.things.length > most
      ? failed('larger-than-default', { most: count(most), came: count(page.things.length) })
      : passed;
  },
});
