import { header } from '../../target/reply.js';
import type { Check } from './check.js';

/** Headers that the contract requires of an answer are there (OpenAPI 3.0.3, section 4.7.21). */
export const requiredHeaders: Check = {
  name: 'required-headers',
  find: ({ answer, response }) =>
    (response?.headers ?? [])
      .filter(({ name, required }) => required && header(answer, name.toLowerCase()) === undefined)
      .map(({ name }) => ({
        code: 'missing',
        facts: { header: name },
        severity: 'error',
        message: `the required header “${name}” is missing`,
      })),
};
