import ts from 'typescript';
import { expect, test } from 'vitest';
import { contractOf } from '../testing/host.js';
import { generateOperationTable } from './operation-table.js';

test.each([1, 5_000, 12_001])(
  'a table of %i operations has all of them, in lists that the compiler can take',
  (count) => {
    const contract = contractOf('/things: { get: {} }');
    const [operation] = contract.operations;
    if (!operation) throw new Error('no operation');
    const operations = Array.from({ length: count }, (_, index) => ({
      ...operation,
      operationId: `list${index}`,
    }));
    const written = generateOperationTable({ ...contract, operations });

    const source = ts.createSourceFile('operations.ts', written, ts.ScriptTarget.ES2023);
    const lists: number[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isArrayLiteralExpression(node) && node.elements.every(ts.isObjectLiteralExpression)) {
        lists.push(node.elements.length);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    expect(lists.reduce((sum, length) => sum + length, 0)).toBe(count);
    expect(Math.max(...lists)).toBeLessThanOrEqual(5_000);

    const [, names] =
      /export const operations: readonly OperationEntry\[\] = \[(part[^\]]*)\]\.flat\(\);/.exec(written) ??
      [];
    expect(names?.split(', ').length ?? 1).toBe(lists.length);
  },
);
