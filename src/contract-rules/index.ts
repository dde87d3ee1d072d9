import type { ContractRule } from './rule.js';
import { conflictingParameters } from './rules/conflicting-parameters.js';
import { endlessSchema } from './rules/endless.js';
import { unknownFormat } from './rules/formats.js';
import { duplicateOperationId, missingOperationId } from './rules/operation-ids.js';
import { defaultBreaksSchema, enumBreaksType, exampleBreaksSchema } from './rules/own-values.js';
import { undeclaredPathParameter, unusedPathParameter } from './rules/path-parameters.js';
import { samePath } from './rules/paths.js';
import { invalidPattern } from './rules/patterns.js';
import { readWithBody } from './rules/reading-bodies.js';
import { REPAIRED } from './rules/repaired.js';
import { unknownRequired } from './rules/required.js';
import { noSuccess, successWithoutSchema, undocumentedRefusal } from './rules/responses.js';
import { safeMark } from './rules/safe-marks.js';
import { silentAboutSecurity, undescribedSecurityScheme } from './rules/security.js';
import { serverWithoutHost } from './rules/servers.js';
import { structure } from './rules/structure.js';

/** Every rule that a contract is judged by, in the order in which findings are listed. */
export const CONTRACT_RULES: readonly ContractRule[] = [
  structure,
  ...REPAIRED,
  samePath,
  undeclaredPathParameter,
  unusedPathParameter,
  conflictingParameters,
  duplicateOperationId,
  missingOperationId,
  undescribedSecurityScheme,
  silentAboutSecurity,
  undocumentedRefusal,
  noSuccess,
  successWithoutSchema,
  readWithBody,
  endlessSchema,
  enumBreaksType,
  invalidPattern,
  unknownRequired,
  unknownFormat,
  defaultBreaksSchema,
  exampleBreaksSchema,
  serverWithoutHost,
  safeMark,
];
