import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf, status, type Facts } from '../fact.js';
import { listedValues } from '../listed-values.js';
import { stillWorks } from '../still-works.js';

const MOST = 11;

export const validAccepted = check({
  id: 'read/valid-accepted',
  promise: 'Each value that the contract lists for a parameter is accepted.',
  source: { kind: 'contract', ref: 'the enumerations of the parameters of the query' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: MOST + 1 },
  messages: {
    refused: ({ parameter, value, came }) =>
      `it answers ${came} for the value ${value} of ${parameter}, which the contract lists`,
    fails: ({ parameter, value, came }) =>
      `it fails with ${came} for the value ${value} of ${parameter}, which the contract lists`,
  },
  *run(subject) {
    const { operation, probe, host, request } = subject;
    const sent = new URL(probe.request.url).searchParams;
    const listed = listedValues(operation, host.contract);
    const others = listed.filter(({ name, value }) => sent.get(name) !== value).slice(0, MOST);
    // Which values fit a certain thing, the contract does not say.
    if (operation.path.includes('{')) return new NotApplicable('it is about one thing');
    if (others.length === 0) return new NotApplicable('the contract lists no other value for a parameter');
    const taken = new Set(sent.keys());
    const refused: { name: string; facts: Facts }[] = [];
    const fails: Facts[] = [];
    let isAllTaken = true;
    for (const { name, value } of others) {
      const { reply } = yield request.same(`the value ${value}`, { query: { [name]: value } });
      const came = reply.kind === 'answer' ? reply.status : null;
      const facts = { parameter: nameOf(name), value: nameOf(value), came: status(came) };
      if (isSuccess(came)) taken.add(name);
      else isAllTaken = false;
      if (came === 400 || came === 422) refused.push({ name, facts });
      if (came !== null && came >= 500) fails.push(facts);
    }
    if (isAllTaken) return passed;
    if (!(yield* stillWorks(subject))) return inconclusive('it does not work without these values either');
    // A parameter of which no value is taken may need another one beside it.
    const broken: Broken<'refused' | 'fails'>[] = [
      ...refused
        .filter(({ name }) => taken.has(name))
        .map(({ facts }) => ({ code: 'refused' as const, facts })),
      ...fails.map((facts) => ({ code: 'fails' as const, facts })),
    ];
    return broken.length > 0
      ? { kind: 'failed', broken }
      : inconclusive('it answered in a way that may have another reason');
  },
});
