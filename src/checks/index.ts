import type { Check } from './check.js';
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

/** Every check, in the order in which they are run: the cheapest first. */
export const CHECKS: readonly Check[] = [
  absentId,
  pageSize,
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
