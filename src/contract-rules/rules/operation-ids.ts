import { pointer } from '../../json.js';
import type { ContractRule } from '../rule.js';
import { SECTIONS } from '../sections.js';

export const duplicateOperationId: ContractRule = {
  id: 'contract/duplicate-operation-id',
  promise: 'No two operations have the same operationId.',
  severity: 'error',
  source: SECTIONS.operation,
  judge: ({ operations }) => {
    const first = new Map<string, string>();
    return operations.flatMap(({ id, value, pointer: here }) => {
      const { operationId } = value;
      if (typeof operationId !== 'string' || operationId === '') return [];
      const other = first.get(operationId);
      if (other === undefined) {
        first.set(operationId, id);
        return [];
      }
      return [
        {
          code: 'repeated',
          message: `${id} has the operationId “${operationId}” of ${other}`,
          facts: { operation: id, operationId, other },
          pointer: here + pointer('operationId'),
        },
      ];
    });
  },
};

export const missingOperationId: ContractRule = {
  id: 'contract/missing-operation-id',
  promise: 'Every operation has an operationId, so that clients and links can name it.',
  severity: 'warning',
  source: SECTIONS.operation,
  judge: ({ operations }) =>
    operations.flatMap(({ id, value, pointer }) => {
      const { operationId } = value;
      if (typeof operationId === 'string' && operationId !== '') return [];
      return [{ code: 'missing', message: `${id} has no operationId`, facts: { operation: id }, pointer }];
    }),
};
