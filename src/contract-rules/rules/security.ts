import { isObject, pointer } from '../../json.js';
import { isSilentAboutSecurity } from '../../contract/security.js';
import type { ContractRule } from '../rule.js';
import { SECTIONS } from '../sections.js';

export const undescribedSecurityScheme: ContractRule = {
  id: 'contract/undescribed-security-scheme',
  promise: 'Every security scheme that is asked for is described.',
  severity: 'error',
  source: SECTIONS.securityRequirement,
  judge: ({ operations, securitySchemes }) => {
    const known = new Set(Object.keys(securitySchemes));
    return operations.flatMap(({ id, security, securityPointer }) =>
      (security ?? []).flatMap((alternative, index) =>
        Object.keys(isObject(alternative) ? alternative : {})
          .filter((name) => !known.has(name))
          .map((name) => ({
            code: known.size === 0 ? 'no-schemes' : 'unknown-scheme',
            message:
              `${id} asks for “${name}”, and the contract describes ` +
              (known.size === 0 ? 'no security scheme at all' : 'no security scheme of that name'),
            facts: { operation: id, scheme: name },
            pointer: securityPointer + pointer(index, name),
          })),
      ),
    );
  },
};

export const silentAboutSecurity: ContractRule = {
  id: 'contract/silent-about-security',
  promise: 'The contract says who may ask, if only by an empty list.',
  severity: 'warning',
  source: SECTIONS.document,
  judge: ({ document, securitySchemes }) => {
    if (!isSilentAboutSecurity(document)) return [];
    const schemes = Object.keys(securitySchemes);
    const message =
      schemes.length === 0
        ? 'nothing in the contract says who may ask: neither a security scheme nor “security: []”'
        : `the contract describes ${schemes
            .slice(0, 5)
            .map((name) => `“${name}”`)
            .join(
              ', ',
            )}${schemes.length > 5 ? ', …' : ''} and asks for none: neither for all operations nor for one`;
    return [
      { code: schemes.length === 0 ? 'silent' : 'never-asked', message, facts: { schemes }, pointer: '' },
    ];
  },
};
