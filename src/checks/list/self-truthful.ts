import { NotApplicable } from '../../drive/drive.js';
import { isArray, isObject, type Json } from '../../json.js';
import { check, failed, inconclusive, passed, type Result } from '../check.js';
import { nameOf } from '../fact.js';
import { isInLink } from './asked-again.js';
import { dividing, filtersOf, meets, valueFor } from './filter.js';
import { NO_PAGE, pageOf, queryOf, type Page } from './page.js';
import { areSame, thingsOf } from './thing.js';

/** So many filters are tried, each by itself. */
const MOST = 3;

export const selfTruthful = check({
  id: 'list/self-truthful',
  promise: 'The link to itself that a page has leads to that page.',
  source: {
    kind: 'standard',
    ref: 'RFC 4287, section 4.2.7.2',
    url: 'https://www.rfc-editor.org/rfc/rfc4287#section-4.2.7.2',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: MOST },
  messages: {
    'leaves-out': ({ parameter }) =>
      `‘${parameter}’ was applied, and is missing in the link to itself, which so leads to another page`,
  },
  *run(subject) {
    const { body, request } = subject;
    if (selfOf(body) === undefined) return new NotApplicable('its answers have no link to themselves');
    const plain = thingsOf(subject, body) ?? [];
    const wanted = filtersOf(subject, plain).flatMap((filter) => {
      const [value] = dividing(subject, filter, plain);
      return value === undefined ? [] : [{ filter, value }];
    });
    if (wanted.length === 0)
      return new NotApplicable('it has no filter that some of its things meet and others do not');
    let result: Result<'leaves-out'> = passed;
    for (const { filter, value } of wanted.slice(0, MOST)) {
      const query = { [filter.name]: valueFor(filter, value) };
      const page = yield* pageOf(subject, request.same(`with ${filter.name}`, { query }));
      const isApplied =
        page &&
        !areSame(subject, plain, page.things) &&
        page.things.every((thing) => meets(subject, filter, thing, value));
      if (!isApplied) {
        result = inconclusive(page ? 'it is not seen that the filter was applied' : NO_PAGE);
        continue;
      }
      const isThere = isInSelf(page, filter.name);
      if (isThere === false) return failed('leaves-out', { parameter: nameOf(filter.name) });
      if (isThere === undefined) result = inconclusive('only the host can read its link to itself');
    }
    return result;
  },
});

/** Whether the link that a page has to itself says a parameter; undefined where only the host can tell. */
function isInSelf({ body, ask }: Page, name: string): boolean | undefined {
  const self = selfOf(body);
  const own = ask.probe.request.url;
  // Behind a gateway the host and the first part of the path may be others.
  if (self === undefined || !URL.canParse(self, own) || lastOf(self, own) !== lastOf(own, own))
    return undefined;
  return isInLink(new URL(self, own).searchParams, queryOf(ask), name);
}

/** The last segment of the path that a link leads to. */
function lastOf(link: string, base: string): string | undefined {
  return new URL(link, base).pathname.split('/').findLast((segment) => segment !== '');
}

/** Where an answer says that it is itself. */
function selfOf(body: Json | undefined): string | undefined {
  if (!isObject(body)) return undefined;
  const direct = addressOf(body['self']);
  if (direct !== undefined) return direct;
  for (const holder of [body['_links'], body['links'], body['link']]) {
    if (isObject(holder) && addressOf(holder['self']) !== undefined) return addressOf(holder['self']);
    const links = isArray(holder) ? holder : [];
    const link = links.find((one) => isObject(one) && (one['rel'] === 'self' || one['relation'] === 'self'));
    if (link !== undefined) return addressOf(link);
  }
  return undefined;
}

function addressOf(link: Json | undefined): string | undefined {
  const address = isObject(link) ? (link['href'] ?? link['url']) : link;
  return typeof address === 'string' && address !== '' ? address : undefined;
}
