import type { ContractRule } from '../rule.js';
import { SECTIONS } from '../sections.js';

/** The names in a path template, each once. */
function namesIn(path: string): string[] {
  return [...new Set([...path.matchAll(/\{([^{}]+)\}/g)].flatMap((match) => match[1] ?? []))];
}

export const undeclaredPathParameter: ContractRule = {
  id: 'contract/undeclared-path-parameter',
  promise: 'Every name in a path template is described by a parameter of the path.',
  severity: 'error',
  source: SECTIONS.pathTemplating,
  judge: ({ operations }) =>
    operations.flatMap(({ id, path, parameters, pointer }) => {
      const described = new Set(parameters.filter((one) => one.in === 'path').map(({ name }) => name));
      return namesIn(path)
        .filter((name) => !described.has(name))
        .map((name) => ({
          code: 'undeclared',
          message: `${id} does not describe “${name}”, which its path names`,
          facts: { operation: id, parameter: name },
          pointer,
        }));
    }),
};

export const unusedPathParameter: ContractRule = {
  id: 'contract/unused-path-parameter',
  promise: 'Every parameter in the path has its place in the path template.',
  severity: 'error',
  source: SECTIONS.parameter,
  judge: ({ operations }) =>
    operations.flatMap(({ id, path, parameters }) => {
      const places = new Set(namesIn(path));
      return parameters
        .filter((one) => one.in === 'path' && !places.has(one.name))
        .map(({ name, pointer }) => ({
          code: 'unused',
          message: `${id} describes “${name}” as a parameter in the path, which has no place for it`,
          facts: { operation: id, parameter: name },
          pointer,
        }));
    }),
};
