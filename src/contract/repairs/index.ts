import { missingReferences } from './missing-references.js';
import { missingTypes } from './missing-types.js';
import { operationIds } from './operation-ids.js';
import { pathParameters } from './path-parameters.js';
import type { Repairer } from './repair.js';
import { swaggerAddress } from './swagger-address.js';
import { unknownFormats } from './unknown-formats.js';

/** In this order: references first, since everything else looks behind them. */
export const REPAIRERS: readonly Repairer[] = [
  missingReferences,
  operationIds,
  pathParameters,
  missingTypes,
  unknownFormats,
  swaggerAddress,
];
