import { noToken } from './auth/no-token.js';
import type { Check } from './check.js';
import { accept } from './http/accept.js';
import { conditionalGet } from './http/conditional-get.js';
import { headLikeGet } from './http/head-like-get.js';
import { pageSize } from './list/page-size.js';
import { absentId } from './read/absent-id.js';
import { idEcho } from './read/id-echo.js';
import { listEqualsRead } from './read/list-equals-read.js';
import { unknownParameter } from './read/unknown-parameter.js';

/** Every check, in the order in which they are run: the cheapest first. */
export const CHECKS: readonly Check[] = [
  idEcho,
  absentId,
  pageSize,
  unknownParameter,
  noToken,
  headLikeGet,
  listEqualsRead,
  conditionalGet,
  accept,
];
