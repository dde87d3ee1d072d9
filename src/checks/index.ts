import { charset } from './answer/charset.js';
import { errorShape } from './answer/error-shape.js';
import { internalsShown } from './answer/internals-shown.js';
import { jsonStrict } from './answer/json-strict.js';
import { linksLead } from './answer/links-lead.js';
import { numberPrecision } from './answer/number-precision.js';
import { problemStatus } from './answer/problem-status.js';
import { statusFitsRequest } from './answer/status-fits-request.js';
import { successCarriesError } from './answer/success-carries-error.js';
import { challenge } from './auth/challenge.js';
import type { Check } from './check.js';
import { pageSize } from './list/page-size.js';
import { absentId } from './read/absent-id.js';

/** Every check, in the order in which they are run: the cheapest first. */
export const CHECKS: readonly Check[] = [
  charset,
  jsonStrict,
  numberPrecision,
  statusFitsRequest,
  successCarriesError,
  absentId,
  errorShape,
  problemStatus,
  internalsShown,
  challenge,
  linksLead,
  pageSize,
];
