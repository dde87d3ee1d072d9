import type { Parameter } from '../../contract/parameter.js';
import { NotApplicable } from '../../drive/drive.js';
import { isSuccess, type Reply } from '../../targets/reply.js';
import { check, inconclusive, passed, type Broken } from '../check.js';
import { nameOf, status, type Facts } from '../fact.js';
import { saysWhere } from '../list-form.js';
import { stillWorks } from '../still-works.js';
import type { Subject } from '../subject.js';

/** So many values are tried of one operation. */
const MOST = 8;

export const boundary = check({
  id: 'read/boundary',
  promise:
    'The longest, the least and the greatest value that the contract allows of a parameter is accepted.',
  source: { kind: 'contract', ref: 'the bounds of the parameters of the query' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: MOST + 2 },
  messages: {
    fails: ({ parameter, which, came }) =>
      `it fails with ${came} for the ${which} value of ‘${parameter}’ that the contract allows`,
    refused: ({ parameter, which, came }) =>
      `it answers ${came} for the ${which} value of ‘${parameter}’ that the contract allows, and accepts another one`,
  },
  *run(subject) {
    const { operation, probe, request, list } = subject;
    const sent = new URL(probe.request.url).searchParams;
    const trials = operation.parameters
      .filter((one) => one.in === 'query' && isFree(one))
      .flatMap((one) => extremesOf(one, one.name === list?.size?.name));
    const wanted = trials.filter(({ name, value }) => sent.get(name) !== value).slice(0, MOST);
    if (wanted.length === 0) return new NotApplicable('the contract has no bounds for its parameters');
    const broken: Broken<'fails' | 'refused'>[] = [];
    const refused: { trial: Extreme; facts: Facts }[] = [];
    let isAllTaken = true;
    for (const trial of wanted) {
      const { name, value, which } = trial;
      const { reply } = yield request.same(`the ${which} value of ${name}`, { query: { [name]: value } });
      const came = statusOf(reply);
      const facts = { parameter: nameOf(name), which: nameOf(which), came: status(came) };
      if (!isSuccess(came)) isAllTaken = false;
      if (came !== null && FAILED.has(came)) broken.push({ code: 'fails', facts });
      else if (REFUSED.has(came ?? 0) && isRefusalTelling(trial, subject)) refused.push({ trial, facts });
    }
    const [one] = refused;
    if (one) {
      // What no value is accepted of may need another parameter beside it, or may be meant for other values.
      const { name, ordinary } = one.trial;
      const { reply } = yield request.same(`an ordinary value of ${name}`, { query: { [name]: ordinary } });
      if (isSuccess(statusOf(reply))) broken.push({ code: 'refused', facts: one.facts });
    }
    if (broken.length > 0)
      return (yield* stillWorks(subject))
        ? { kind: 'failed', broken }
        : inconclusive('it does not work without these values either');
    return isAllTaken ? passed : inconclusive('it answered in a way that may have another reason');
  },
});

/** What says that something went wrong at the host, and not that it is busy. */
const FAILED = new Set([500, 501, 502]);
const REFUSED = new Set([400, 414, 422]);

function statusOf(reply: Reply): number | null {
  return reply.kind === 'answer' ? reply.status : null;
}

interface Extreme {
  name: string;
  value: string;
  which: 'longest' | 'least' | 'greatest';
  /** A value of the same kind that is no extreme. */
  ordinary: string;
}

/** Whether any value between the bounds will do, by what the contract says. */
function isFree({ schema, contentType }: Parameter): boolean {
  const { enum: listed, pattern, format } = schema;
  return (
    contentType === undefined &&
    listed === undefined &&
    pattern === undefined &&
    schema['const'] === undefined &&
    schema['multipleOf'] === undefined &&
    (format === undefined || format === 'int32' || format === 'int64')
  );
}

/** A longer text may be too long for what is before a host, and a larger page shows more than has to be seen. */
const LONGEST = 1000;
const LARGEST_PAGE = 100;

function extremesOf({ name, schema }: Parameter, isSize: boolean): Extreme[] {
  const { type, maxLength, minLength, minimum, maximum } = schema;
  if (type === 'string') {
    if (typeof maxLength !== 'number' || maxLength < 2 || maxLength > LONGEST) return [];
    const least = typeof minLength === 'number' ? minLength : 0;
    const ordinary = lettersOf(Math.max(1, least, Math.min(4, maxLength - 1)));
    return [{ name, value: lettersOf(maxLength), which: 'longest', ordinary }];
  }
  if (
    type !== 'integer' ||
    schema['exclusiveMinimum'] !== undefined ||
    schema['exclusiveMaximum'] !== undefined
  )
    return [];
  const [least, greatest] = [minimum, maximum].map((bound) =>
    typeof bound === 'number' && Number.isSafeInteger(bound) ? bound : undefined,
  );
  const bounds: [Extreme['which'], number | undefined][] = [
    ['least', least],
    ['greatest', isSize && greatest !== undefined && greatest > LARGEST_PAGE ? undefined : greatest],
  ];
  const ordinary = String(least === undefined ? (greatest ?? 0) - 1 : least + 1);
  return bounds.flatMap(([which, bound]) =>
    bound === undefined ? [] : [{ name, value: String(bound), which, ordinary }],
  );
}

function lettersOf(length: number): string {
  return 'a'.repeat(length);
}

/** Whether the contract alone says that a value is accepted: where a page begins, and what is bound to others, it does not. */
function isRefusalTelling({ name, which }: Extreme, { list }: Subject): boolean {
  return which === 'longest'
    ? !saysWhere(name) && name !== list?.page?.parameter.name
    : name === list?.size?.name;
}
