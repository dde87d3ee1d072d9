import type { ContractRule, Section, Severity } from '../rule.js';
import { SECTIONS } from '../sections.js';

/**
 * What the loader has to repair in memory before a contract can be used. What other rules find as well (names of
 * operations, parameters of a path, formats) is left to them.
 */
function repaired(kind: string, promise: string, severity: Severity, source: Section): ContractRule {
  return {
    id: `repair/${kind}`,
    ...{ promise, severity, source },
    judge: ({ contract }) =>
      contract.repairs
        .filter((repair) => repair.kind === kind)
        .map(({ what, assumed, place }) => ({
          code: 'repaired',
          message: `${what}; assumed: ${assumed}`,
          facts: { what, assumed },
          pointer: place.pointer ?? '',
          place,
        })),
  };
}

export const REPAIRED: readonly ContractRule[] = [
  repaired(
    'missing-reference',
    'Every reference leads to a part of the contract or to a file beside it.',
    'error',
    SECTIONS.reference,
  ),
  repaired('server', 'Every server is a URL, and its variables have values.', 'error', SECTIONS.server),
  repaired(
    'broken-example',
    'Every example of a body satisfies the schema of that body.',
    'warning',
    SECTIONS.mediaType,
  ),
  repaired(
    'missing-type',
    'Every schema with properties or items says that it is an object or an array.',
    'warning',
    SECTIONS.schema,
  ),
];
