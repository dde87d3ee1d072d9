import { pointer } from '../../json.js';
import type { ContractRule } from '../rule.js';
import { SECTIONS } from '../sections.js';

export const readWithBody: ContractRule = {
  id: 'contract/read-with-body',
  promise: 'GET and HEAD have no request body: what it means is not defined, and much on the way drops it.',
  severity: 'warning',
  source: SECTIONS.operation,
  judge: ({ operations }) =>
    operations.flatMap(({ id, method, value, parameters, pointer: here }) => {
      if (method !== 'get' && method !== 'head') return [];
      const parameter = parameters.find((one) => one.in === 'body' || one.in === 'formData');
      const at = value['requestBody'] === undefined ? parameter?.pointer : here + pointer('requestBody');
      if (at === undefined) return [];
      const facts = { operation: id };
      return [{ code: 'body', message: `${id} describes a request body`, facts, pointer: at }];
    }),
};
