import { pointer } from '../../json.js';
import type { ContractRule, Fault } from '../rule.js';
import { SECTIONS } from '../sections.js';

export const conflictingParameters: ContractRule = {
  id: 'contract/conflicting-parameters',
  promise: 'A list of parameters names each once, and an operation has one body.',
  severity: 'error',
  source: SECTIONS.operation,
  judge: ({ operations }) =>
    operations.flatMap(({ id, parameters, pointer: here }) => {
      const faults: Fault[] = [];
      const seen = new Set<string>();
      for (const { name, in: place, shared, pointer } of parameters) {
        // Header names are the same in any case (RFC 9110, section 5.1); others are not.
        const key = `${String(shared)} ${place} ${place === 'header' ? name.toLowerCase() : name}`;
        if (seen.has(key)) {
          faults.push({
            code: 'repeated',
            message: `${id} lists the ${place} parameter “${name}” twice`,
            facts: { operation: id, parameter: name, in: place },
            pointer,
          });
        }
        seen.add(key);
      }
      const own = parameters.filter(({ shared }) => !shared);
      const bodies = own.filter((one) => one.in === 'body');
      const fields = own.filter((one) => one.in === 'formData');
      if (bodies.length > 1 || (bodies.length > 0 && fields.length > 0)) {
        faults.push({
          code: bodies.length > 1 ? 'several-bodies' : 'body-and-form',
          message: `${id} has ${bodies.length > 1 ? `${bodies.length} bodies` : 'a body and a form'}`,
          facts: { operation: id, bodies: bodies.length, fields: fields.length },
          pointer: here + pointer('parameters'),
        });
      }
      return faults;
    }),
};
