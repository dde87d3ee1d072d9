import { NotApplicable } from '../../drive/drive.js';
import { pointer } from '../../json.js';
import { inconclusive, passed } from '../check.js';
import { nameOf } from '../fact.js';
import { lifeCheck } from '../life.js';
import { differences, unlike } from './as-sent.js';
import { NOT_AS_SENT, notAsSent } from './not-as-sent.js';

export const createdAsSent = lifeCheck({
  id: 'state/created-as-sent',
  promise:
    'Each member that a creation sends comes back when the record is read, and one with a default has that.',
  source: { kind: 'contract', ref: 'the schemas of what creates and of what reads' },
  since: '0.2.0',
  severity: 'error',
  asks: { atMost: 2 },
  warnings: ['not-default'],
  messages: {
    lost: NOT_AS_SENT.lost,
    other: NOT_AS_SENT.other,
    'not-default': ({ member }) =>
      `the member “${member}” was not sent, and has another value than its default when the record is read`,
  },
  of: 'creation',
  judge: ({ created: { sent, heard }, read, declared, defaults }) => {
    if (!sent) return new NotApplicable('it sends no JSON');
    if (!read) return new NotApplicable('the contract has nothing that reads what it creates');
    if (!read.record) return inconclusive('what was created could not be read');
    // Nothing was there before it.
    const found = differences(sent, read.record, declared).flatMap(({ path, kind }) =>
      kind === 'old' ? [] : [{ path, kind }],
    );
    if (found.length > 0) return notAsSent(found, [heard, read.heard]);
    const { record } = read;
    const others = unlike(Object.fromEntries(defaults), record, [...defaults.keys()]).filter(
      (name) => declared.has(name) && (record[name] ?? null) !== null,
    );
    if (others.length === 0) return passed;
    return {
      kind: 'failed',
      broken: others.map((name) => ({
        code: 'not-default',
        facts: { member: nameOf(name) },
        pointer: pointer(name),
      })),
      at: [heard, read.heard],
    };
  },
});
