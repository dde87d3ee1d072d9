import { pointer } from '../../json.js';
import { SAFE_METHODS } from '../../contract/methods.js';
import type { ContractRule } from '../rule.js';
import { SECTIONS } from '../sections.js';

export const safeMark: ContractRule = {
  id: 'contract/safe-mark',
  promise: '“x-safe” is true or false; true stands only at a POST that searches.',
  severity: 'error',
  source: SECTIONS.extensions,
  judge: ({ operations }) =>
    operations.flatMap(({ id, method, value, pointer: here }) => {
      const mark = value['x-safe'];
      if (mark === undefined || mark === false) return [];
      const facts = { operation: id };
      const at = here + pointer('x-safe');
      if (mark !== true)
        return [
          { code: 'no-boolean', message: `x-safe of ${id} is neither true nor false`, facts, pointer: at },
        ];
      if (method === 'post' || SAFE_METHODS.has(method.toUpperCase())) return [];
      return [
        {
          code: 'not-believed',
          message: `${id} is marked as safe, and is defined to change something: it is not believed`,
          facts,
          pointer: at,
        },
      ];
    }),
};
