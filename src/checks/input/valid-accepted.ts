import { NotApplicable } from '../../drive/drive.js';
import { pointer } from '../../json.js';
import { isSuccess } from '../../targets/reply.js';
import { inconclusive, passed, type Broken } from '../check.js';
import { nameOf, status } from '../fact.js';
import { lifeCheck, type ValidAttempt } from '../life.js';
import { isServerFault } from './server-fault.js';

/** What says that a body is not taken; all other refusals have reasons that lie elsewhere. */
const OF_THE_BODY: ReadonlySet<number | null> = new Set([400, 413, 422]);

export const validAccepted = lifeCheck({
  id: 'input/valid-accepted',
  // It creates many records; nights in which hosts fail for a moment have shown that it is not quiet enough for all.
  optIn: true,
  promise: 'Each body that the contract allows is accepted where a plain one is.',
  source: { kind: 'contract', ref: 'the schema and the example of the request body' },
  since: '0.2.0',
  severity: 'error',
  warnings: ['enum', 'left-out', 'least', 'most', 'fails'],
  asks: { atMost: 14 },
  messages: {
    example: ({ came }) => `the contract’s own example was answered ${came}, while another body was accepted`,
    enum: ({ member, value, came }) =>
      `a body with the value ${value} of “${member}”, which the contract lists, was answered ${came}`,
    'left-out': ({ member, came }) =>
      `a body without “${member}”, which the contract does not require, was answered ${came}`,
    least: ({ member, came }) =>
      `a body with the least that the contract allows as “${member}” was answered ${came}`,
    most: ({ member, came }) =>
      `a body with the most that the contract allows as “${member}” was answered ${came}`,
    fails: ({ member, came }) =>
      `a body that the contract allows, different from a plain one in “${member}”, was answered ${came}`,
  },
  of: 'creation',
  judge: ({ valid, largest }) => {
    if (valid.length === 0) return new NotApplicable('the contract allows no other body that could be sent');
    // That the largest values are too much for the server is said once, by input/largest-body.
    const failsAtMost = isServerFault(largest?.exchange.status ?? null);
    const broken = valid.flatMap((one) => {
      const own = one.plainWorks ? brokenBy(one) : undefined;
      return own === undefined || (own.code === 'fails' && one.how === 'most' && failsAtMost)
        ? []
        : [{ own, came: one.came }];
    });
    if (broken.length > 0)
      return { kind: 'failed', broken: broken.map(({ own }) => own), at: broken.map(({ came }) => came) };
    return valid.every(({ came }) => isSuccess(came.exchange.status))
      ? passed
      : inconclusive('some were refused, for what may be another reason');
  },
});

function brokenBy({ how, member, listed, came }: ValidAttempt): Broken<typeof how | 'fails'> | undefined {
  const { status: code } = came.exchange;
  const isFault = isServerFault(code);
  if (!isFault && !OF_THE_BODY.has(code)) return undefined;
  return {
    code: isFault && how !== 'example' ? 'fails' : how,
    facts: {
      member: nameOf(member),
      came: status(code),
      ...(listed === undefined ? {} : { value: nameOf(listed) }),
    },
    pointer: pointer(...(member === '' ? [] : member.split('.'))),
  };
}
