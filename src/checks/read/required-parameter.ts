import type { Operation } from '../../contract/operation.js';
import type { Parameter } from '../../contract/parameter.js';
import { NotApplicable } from '../../drive/drive.js';
import { at, isObject, type JsonObject } from '../../json.js';
import { isSuccess } from '../../targets/reply.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf, status } from '../fact.js';

const MOST = 2;

export const requiredParameter = check({
  id: 'read/required-parameter',
  promise: 'A read without a parameter that is required is refused.',
  source: { kind: 'contract', ref: 'the required parameters of the query' },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: MOST },
  messages: {
    taken: ({ parameter, came }) =>
      `it answers ${came} without the parameter ${parameter}, which is required`,
  },
  *run({ operation, probe, host, request }) {
    const written = new URL(probe.request.url).searchParams;
    const required = operation.parameters.filter(
      (one) =>
        one.in === 'query' &&
        one.required &&
        written.has(one.name) &&
        !isCredential(one, operation) &&
        !hasDefault(one, host.contract.document),
    );
    if (required.length === 0) return new NotApplicable('it has no parameter of the query that is required');
    const broken: Broken<'taken'>[] = [];
    let isRefused = true;
    for (const { name } of required.slice(0, MOST)) {
      const { reply } = yield request.same(`without ${name}`, { query: { [name]: undefined } });
      if (reply.kind === 'answer' && isSuccess(reply.status))
        broken.push({ code: 'taken', facts: { parameter: nameOf(name), came: status(reply.status) } });
      isRefused &&= reply.kind === 'answer' && (reply.status === 400 || reply.status === 422);
    }
    if (broken.length > 0) return { kind: 'failed', broken };
    return isRefused ? passed : inconclusive('it answered in a way that may have another reason');
  },
});

/** It is put into the request wherever the request goes. */
function isCredential({ name }: Parameter, { security }: Operation): boolean {
  return security.flat().some((scheme) => scheme.in === 'query' && scheme.parameter === name);
}

/** Whether something stands in for it, by what the contract says in its words or outside of them. */
function hasDefault({ schema, schemaPointer }: Parameter, document: JsonObject): boolean {
  const parameter = at(document, (schemaPointer ?? '').replace(/\/schema$/, ''));
  const stated = [schema, ...(isObject(parameter) ? [parameter] : [])];
  return stated.some(
    (one) => one['default'] !== undefined || /default|optional|omit|if not (set|given)/i.test(wordsOf(one)),
  );
}

function wordsOf({ description }: JsonObject): string {
  return typeof description === 'string' ? description : '';
}
