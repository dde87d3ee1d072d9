import { ANSWER_CHECKS } from './answer-checks.js';
import type { Check, Promised } from './check.js';
import type { LifeCheck } from './life.js';
import { charset } from './answer/charset.js';
import { clock } from './answer/clock.js';
import { dateOrder } from './answer/date-order.js';
import { endAnnounced } from './answer/end-announced.js';
import { internalsShown } from './answer/internals-shown.js';
import { jsonStrict } from './answer/json-strict.js';
import { linksLead } from './answer/links-lead.js';
import { numberPrecision } from './answer/number-precision.js';
import { problemStatus } from './answer/problem-status.js';
import { redirect } from './answer/redirect.js';
import { sharedCache } from './answer/shared-cache.js';
import { statusFitsRequest } from './answer/status-fits-request.js';
import { statusOwesHeader } from './answer/status-owes-header.js';
import { successCarriesError } from './answer/success-carries-error.js';
import { challenge } from './auth/challenge.js';
import { existenceLeak } from './auth/existence-leak.js';
import { expiredToken } from './auth/expired-token.js';
import { noToken } from './auth/no-token.js';
import { otherTenant } from './auth/other-tenant.js';
import { scopeHolds } from './auth/scope-holds.js';
import { tokenEndpoint } from './auth/token-endpoint.js';
import { tokenPlace } from './auth/token-place.js';
import { accept } from './http/accept.js';
import { conditionalGet } from './http/conditional-get.js';
import { cors } from './http/cors.js';
import { gzipSame } from './http/gzip-same.js';
import { headLikeGet } from './http/head-like-get.js';
import { hiddenRoute } from './http/hidden-route.js';
import { hostHygiene } from './http/host-hygiene.js';
import { latency } from './http/latency.js';
import { mediaTypeRefused } from './http/media-type-refused.js';
import { nonsensePath } from './http/nonsense-path.js';
import { optionsAllow } from './http/options-allow.js';
import { rateAndBurst } from './http/rate-and-burst.js';
import { wrongMethod } from './http/wrong-method.js';
import { forbiddenMember } from './input/forbidden-member.js';
import { largestBody } from './input/largest-body.js';
import { validAccepted as validBodyAccepted } from './input/valid-accepted.js';
import { boundHolds } from './list/bound-holds.js';
import { defaultSize } from './list/default-size.js';
import { filterFindsKnown } from './list/filter-finds-known.js';
import { filterHolds } from './list/filter-holds.js';
import { filterNarrows } from './list/filter-narrows.js';
import { filterUnion } from './list/filter-union.js';
import { filterWorks } from './list/filter-works.js';
import { pageOrigin } from './list/page-origin.js';
import { pageSize } from './list/page-size.js';
import { pagesEnd } from './list/pages-end.js';
import { pagesLose } from './list/pages-lose.js';
import { pagesRepeat } from './list/pages-repeat.js';
import { projection } from './list/projection.js';
import { searchAgrees } from './list/search-agrees.js';
import { selfTruthful } from './list/self-truthful.js';
import { sortHolds } from './list/sort-holds.js';
import { strictHandling } from './list/strict-handling.js';
import { totalAgrees } from './list/total-agrees.js';
import { valueForms } from './list/value-forms.js';
import { absentId } from './read/absent-id.js';
import { boundary } from './read/boundary.js';
import { claimTrue } from './read/claim-true.js';
import { countsAgree } from './read/counts-agree.js';
import { foreignParent } from './read/foreign-parent.js';
import { idEcho } from './read/id-echo.js';
import { largeId } from './read/large-id.js';
import { listEqualsRead } from './read/list-equals-read.js';
import { readIsPure } from './read/read-is-pure.js';
import { reciprocal } from './read/reciprocal.js';
import { referenceResolves } from './read/reference-resolves.js';
import { requiredParameter } from './read/required-parameter.js';
import { unknownParameter } from './read/unknown-parameter.js';
import { validAccepted } from './read/valid-accepted.js';
import { changedAsSent } from './state/changed-as-sent.js';
import { createdAsSent } from './state/created-as-sent.js';
import { createdThere } from './state/created-there.js';
import { deletedGone } from './state/deleted-gone.js';
import { duplicateCreate } from './state/duplicate-create.js';
import { failedWriteIsNone } from './state/failed-write-is-none.js';
import { idempotencyKey } from './state/idempotency-key.js';
import { locationLeads } from './state/location-leads.js';
import { othersUntouched } from './state/others-untouched.js';
import { repeatedPut } from './state/put-again.js';
import { putReplaces } from './state/put-replaces.js';
import { readOnlyMember } from './state/read-only-member.js';
import { versions } from './state/versions.js';

/** What reads are held to where it is chosen, in the order in which they are run: the cheapest first. */
export const CHECKS: readonly Check[] = [
  charset,
  jsonStrict,
  numberPrecision,
  statusFitsRequest,
  successCarriesError,
  sharedCache,
  clock,
  dateOrder,
  endAnnounced,
  hostHygiene,
  absentId,
  problemStatus,
  internalsShown,
  challenge,
  cors,
  redirect,
  expiredToken,
  tokenPlace,
  nonsensePath,
  hiddenRoute,
  latency,
  linksLead,
  pageSize,
  idEcho,
  foreignParent,
  unknownParameter,
  noToken,
  otherTenant,
  existenceLeak,
  requiredParameter,
  headLikeGet,
  optionsAllow,
  wrongMethod,
  // It also looks at what the others have heard.
  statusOwesHeader,
  listEqualsRead,
  readIsPure,
  referenceResolves,
  reciprocal,
  countsAgree,
  largeId,
  conditionalGet,
  accept,
  gzipSame,
  claimTrue,
  validAccepted,
  boundary,
  defaultSize,
  filterWorks,
  filterHolds,
  filterFindsKnown,
  filterUnion,
  filterNarrows,
  boundHolds,
  projection,
  valueForms,
  strictHandling,
  selfTruthful,
  sortHolds,
  pageOrigin,
  pagesRepeat,
  pagesLose,
  pagesEnd,
  totalAgrees,
  searchAgrees,
];

/** Every check of tokens, of who may write, and of how much may be asked. */
export const ACCESS_CHECKS: readonly Promised[] = [tokenEndpoint, scopeHolds, rateAndBurst];

/** Every check of what is created and removed again. */
export const LIFE_CHECKS: readonly LifeCheck[] = [
  createdThere,
  locationLeads,
  createdAsSent,
  changedAsSent,
  othersUntouched,
  repeatedPut,
  putReplaces,
  readOnlyMember,
  versions,
  duplicateCreate,
  idempotencyKey,
  failedWriteIsNone,
  forbiddenMember,
  mediaTypeRefused,
  largestBody,
  validBodyAccepted,
  deletedGone,
];

/** Every promise of every kind: what lists, documents and reports speak of. */
export const PROMISES: readonly Promised[] = [...ANSWER_CHECKS, ...CHECKS, ...ACCESS_CHECKS, ...LIFE_CHECKS];
