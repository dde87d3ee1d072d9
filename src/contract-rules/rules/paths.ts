import { pointer } from '../../json.js';
import type { ContractRule } from '../rule.js';
import { SECTIONS } from '../sections.js';

export const samePath: ContractRule = {
  id: 'contract/same-path',
  promise: 'No two paths differ only by the names of their parameters.',
  severity: 'error',
  source: SECTIONS.paths,
  judge: ({ operations }) => {
    const first = new Map<string, string>();
    const faults = new Map<string, { path: string; other: string }>();
    for (const { path } of operations) {
      const form = path.replaceAll(/\{[^{}]*\}/g, '{}');
      const other = first.get(form);
      if (other === undefined) first.set(form, path);
      else if (other !== path) faults.set(path, { path, other });
    }
    return [...faults.values()].map(({ path, other }) => ({
      code: 'same',
      message: `every URL of “${path}” is one of “${other}” too`,
      facts: { path, other },
      pointer: pointer('paths', path),
    }));
  },
};
