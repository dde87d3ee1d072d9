import { NotApplicable } from '../../drive/drive.js';
import { isSuccess } from '../../targets/reply.js';
import { inconclusive, passed, type Broken } from '../check.js';
import { status } from '../fact.js';
import { isServerFault } from '../input/server-fault.js';
import { lifeCheck } from '../life.js';

type Code = 'other-type-taken' | 'other-type-fails' | 'broken-json-taken' | 'broken-json-fails';

export const mediaTypeRefused = lifeCheck<Code>({
  id: 'http/media-type-refused',
  promise:
    'A body that is not in a form that the contract describes is refused, and without an error of the server.',
  source: {
    kind: 'standard',
    ref: 'RFC 9110, sections 15.5.1 and 15.5.16',
    url: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.16',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 2 },
  messages: {
    'other-type-taken': ({ came }) =>
      `a body that is said to be of a media type that the contract does not describe was answered ${came}, where 415 is due`,
    'other-type-fails': ({ came }) =>
      `a body that is said to be of a media type that the contract does not describe was answered ${came}, where 415 is due`,
    'broken-json-taken': ({ came }) =>
      `a body that breaks off and so is no JSON was answered ${came}, where 400 is due`,
    'broken-json-fails': ({ came }) =>
      `a body that breaks off and so is no JSON was answered ${came}, where 400 is due`,
  },
  of: 'creation',
  judge: ({ unreadable }) => {
    if (unreadable.length === 0) return new NotApplicable('it sends no JSON that the contract describes');
    const wrong = unreadable.filter(
      ({ came: { exchange } }) => isSuccess(exchange.status) || isServerFault(exchange.status),
    );
    if (wrong.length > 0) {
      return {
        kind: 'failed',
        broken: wrong.map(({ how, came: { exchange } }): Broken<Code> => ({
          code: `${how}-${isSuccess(exchange.status) ? 'taken' : 'fails'}`,
          facts: { came: status(exchange.status) },
        })),
        at: wrong.map(({ came }) => came),
      };
    }
    const isRefused = unreadable.every(({ came: { exchange } }) => FOR_ITS_FORM.has(exchange.status ?? 0));
    return isRefused ? passed : inconclusive('it was refused for another reason than its form');
  },
});

const FOR_ITS_FORM = new Set([400, 406, 415, 422]);
