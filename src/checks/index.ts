import type { Check } from './check.js';
import { filterFindsKnown } from './list/filter-finds-known.js';
import { filterHolds } from './list/filter-holds.js';
import { filterWorks } from './list/filter-works.js';
import { pagesEnd } from './list/pages-end.js';
import { pagesLose } from './list/pages-lose.js';
import { pagesRepeat } from './list/pages-repeat.js';
import { totalAgrees } from './list/total-agrees.js';
import { pageSize } from './list/page-size.js';
import { absentId } from './read/absent-id.js';

/** Every check, in the order in which they are run: the cheapest first. */
export const CHECKS: readonly Check[] = [absentId, pageSize, filterWorks, filterHolds, filterFindsKnown];
