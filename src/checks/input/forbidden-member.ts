import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { inconclusive, passed } from '../check.js';
import { nameOf, status } from '../fact.js';
import { lifeCheck } from '../life.js';
import { isServerFault } from './server-fault.js';

export const forbiddenMember = lifeCheck({
  id: 'input/forbidden-member',
  promise: 'A body that the contract forbids for one member is refused, and without an error of the server.',
  source: { kind: 'contract', ref: 'the schema of the request body' },
  since: '0.2.0',
  severity: 'error',
  warnings: ['server-error'],
  asks: { atMost: 10 },
  messages: {
    'left-out': ({ member, came }) => `a body without “${member}”, which is required, was answered ${came}`,
    type: ({ member, came }) =>
      `a body with a text as “${member}”, which is of another type, was answered ${came}`,
    enum: ({ member, came }) =>
      `a body with a word as “${member}” that is none of its values was answered ${came}`,
    bound: ({ member, came }) => `a body with a value of “${member}” beyond its bounds was answered ${came}`,
    'server-error': ({ member, came }) => `a body with a wrong “${member}” was answered ${came}`,
  },
  of: 'creation',
  judge: ({ attempts }) => {
    if (attempts.length === 0) return new NotApplicable('the contract forbids no body that could be sent');
    const wrong = attempts.filter(
      ({ came: { exchange } }) => isSuccess(exchange.status) || isServerFault(exchange.status),
    );
    if (wrong.length > 0) {
      return {
        kind: 'failed',
        broken: wrong.map(({ how, member, came: { exchange } }) => ({
          code: isServerFault(exchange.status) ? 'server-error' : how,
          facts: { member: nameOf(member), came: status(exchange.status) },
        })),
        at: wrong.map(({ came }) => came),
      };
    }
    const isRefused = attempts.some(({ came: { exchange } }) => [400, 422].includes(exchange.status ?? 0));
    return isRefused ? passed : inconclusive('all were refused for another reason than their form');
  },
});
