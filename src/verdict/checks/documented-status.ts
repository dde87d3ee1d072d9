import type { Check } from './check.js';

/** The status is one that the contract documents for the operation (OpenAPI 3.0.3, section 4.7.16). */
export const documentedStatus: Check = {
  name: 'documented-status',
  find: ({ operation, answer, response }) => {
    if (response) return [];
    const documented = Object.keys(operation.responses).join(', ') || 'none';
    return [
      {
        // A refusal that nobody documented is explained by its verdict; a success is used as it comes.
        code: 'not-documented',
        facts: { status: String(answer.status) },
        severity: answer.status < 400 ? 'error' : 'warning',
        message: `the status ${answer.status} is not documented (documented: ${documented})`,
      },
    ];
  },
};
