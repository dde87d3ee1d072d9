import { pointer } from '../../json.js';
import { whyNoPattern } from '../../pattern/pattern.js';
import type { ContractRule } from '../rule.js';
import { SECTIONS } from '../sections.js';

export const invalidPattern: ContractRule = {
  id: 'contract/invalid-pattern',
  promise: 'Every pattern is a regular expression of ECMA-262, with the flag “u” or without.',
  severity: 'error',
  source: SECTIONS.schema,
  judge: ({ typed }) =>
    typed.flatMap(({ value, pointer: here }) => {
      const { pattern } = value;
      const why = typeof pattern === 'string' ? whyNoPattern(pattern) : undefined;
      if (typeof pattern !== 'string' || why === undefined) return [];
      return [
        {
          code: 'invalid',
          message: `the pattern ${shown(pattern)} cannot be compiled: ${why}`,
          facts: { pattern: shown(pattern), why },
          pointer: here + pointer('pattern'),
        },
      ];
    }),
};

function shown(pattern: string): string {
  return pattern.length > 120 ? `${pattern.slice(0, 120)}…` : pattern;
}
