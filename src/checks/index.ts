import type { Check } from './check.js';
import { pageSize } from './list/page-size.js';
import { absentId } from './read/absent-id.js';
import { listEqualsRead } from './read/list-equals-read.js';

/** Every check, in the order in which they are run: the cheapest first. */
export const CHECKS: readonly Check[] = [absentId, pageSize, listEqualsRead];
