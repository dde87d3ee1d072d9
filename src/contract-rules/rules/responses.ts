import { isJsonType, pointer } from '../../json.js';
import type { ContractRule } from '../rule.js';
import { SECTIONS } from '../sections.js';
import { guardsOf } from '../security.js';

export const noSuccess: ContractRule = {
  id: 'contract/no-success-response',
  promise: 'Every operation describes an answer that is no error.',
  severity: 'warning',
  source: SECTIONS.responses,
  judge: ({ operations }) =>
    operations.flatMap(({ id, responses, pointer: here }) => {
      // `default` may stand for it.
      const isFine = responses.some(({ status }) => status === 'default' || /^[123]/.test(status));
      if (isFine) return [];
      const statuses = responses.map(({ status }) => status);
      const what = statuses.length === 0 ? 'no answer at all' : `only ${statuses.join(', ')}`;
      return [
        {
          code: 'no-success',
          message: `${id} describes ${what}, and no success`,
          facts: { operation: id, statuses },
          pointer: here + (statuses.length === 0 ? '' : pointer('responses')),
        },
      ];
    }),
};

export const successWithoutSchema: ContractRule = {
  id: 'contract/success-without-schema',
  promise: 'Every success that brings JSON has a schema, and a GET says what it brings.',
  severity: 'warning',
  source: SECTIONS.mediaType,
  judge: ({ operations }) =>
    operations.flatMap(({ id, method, responses }) =>
      responses.flatMap(({ status, value, bodies, pointer: here }) => {
        if (!/^2/.test(status)) return [];
        const facts = { operation: id, status };
        if (method === 'get' && status === '200' && bodies.length === 0 && value['schema'] === undefined) {
          return [
            { code: 'no-body', message: `${id} does not say what its 200 brings`, facts, pointer: here },
          ];
        }
        return bodies
          .filter(({ type, schema }) => isJsonType(type) && schema === undefined)
          .map((body) => ({
            code: 'no-schema',
            message: `${id} has no schema for the ${body.type} of its ${status}`,
            facts: { ...facts, mediaType: body.type },
            pointer: body.pointer,
          }));
      }),
    ),
};

export const undocumentedRefusal: ContractRule = {
  id: 'contract/undocumented-refusal',
  promise: 'Operations that ask for credentials describe how they refuse, by 401 or 403.',
  severity: 'warning',
  source: SECTIONS.responses,
  judge: (subject) => {
    const secured = subject.operations.filter((operation) => guardsOf(operation).length > 0);
    const silent = secured.filter(
      ({ responses }) => !responses.some(({ status }) => /^(401|403|4xx|default)$/i.test(status)),
    );
    const [first] = silent;
    if (first && silent.length === secured.length && silent.length > 1) {
      // One sentence says it where nobody has thought of it.
      return [
        {
          code: 'none',
          message: `none of the ${secured.length} operations that ask for credentials describes a 401 or a 403`,
          facts: { operations: secured.length },
          pointer: pointer('paths'),
        },
      ];
    }
    return silent.map(({ id, pointer: here }) => ({
      code: 'missing',
      message: `${id} asks for credentials and describes neither 401 nor 403`,
      facts: { operation: id },
      pointer: here + pointer('responses'),
    }));
  },
};
