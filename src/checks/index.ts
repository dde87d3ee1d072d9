import type { Check, Promised } from './check.js';
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
import { existenceLeak } from './auth/existence-leak.js';
import { expiredToken } from './auth/expired-token.js';
import { noToken } from './auth/no-token.js';
import { otherTenant } from './auth/other-tenant.js';
import { scopeHolds } from './auth/scope-holds.js';
import { tokenEndpoint } from './auth/token-endpoint.js';
import { accept } from './http/accept.js';
import { conditionalGet } from './http/conditional-get.js';
import { gzipSame } from './http/gzip-same.js';
import { headLikeGet } from './http/head-like-get.js';
import { optionsAllow } from './http/options-allow.js';
import { defaultSize } from './list/default-size.js';
import { filterFindsKnown } from './list/filter-finds-known.js';
import { filterHolds } from './list/filter-holds.js';
import { filterWorks } from './list/filter-works.js';
import { pageSize } from './list/page-size.js';
import { pagesEnd } from './list/pages-end.js';
import { pagesLose } from './list/pages-lose.js';
import { pagesRepeat } from './list/pages-repeat.js';
import { selfTruthful } from './list/self-truthful.js';
import { sortHolds } from './list/sort-holds.js';
import { totalAgrees } from './list/total-agrees.js';
import { absentId } from './read/absent-id.js';
import { idEcho } from './read/id-echo.js';
import { listEqualsRead } from './read/list-equals-read.js';
import { requiredParameter } from './read/required-parameter.js';
import { unknownParameter } from './read/unknown-parameter.js';
import { validAccepted } from './read/valid-accepted.js';

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
  expiredToken,
  linksLead,
  pageSize,
  idEcho,
  unknownParameter,
  noToken,
  otherTenant,
  existenceLeak,
  requiredParameter,
  headLikeGet,
  optionsAllow,
  listEqualsRead,
  conditionalGet,
  accept,
  gzipSame,
  validAccepted,
  defaultSize,
  filterWorks,
  filterHolds,
  filterFindsKnown,
  selfTruthful,
  sortHolds,
  pagesRepeat,
  pagesLose,
  pagesEnd,
  totalAgrees,
];

/** What a host is held to besides its reads. */
export const HOST_CHECKS: readonly Promised[] = [tokenEndpoint, scopeHolds];

/** All that can be chosen. */
export const PROMISES: readonly Promised[] = [...CHECKS, ...HOST_CHECKS];
