/**
 * What the packages of this repository that extend the program use of it. In the built program these are the very modules
 * that the command line runs, so that a `Problem` of a package is one for the command line too.
 */
export type { paths } from '../generated/client.js';
export { temporaryFolder } from './artefact/drafts.js';
export {
  PERCENTILES,
  type Answers,
  type BenchResult,
  type BreakingPoint,
  type Cause,
  type Cell,
  type ColdRow,
  type ConnectionUse,
  type EdgeRow,
  type EngineAbout,
  type Floor,
  type Interval,
  type Judgement,
  type Loop,
  type Mix,
  type Named,
  type OpenRow,
  type PercentileName,
  type Percentiles,
  type PlanRecord,
  type Row,
  type Size,
  type TimeParts,
  percent,
} from './bench/result.js';
export { readSql } from './bench/sql-file.js';
export type { OwnAnswer, Variant } from './bench/variants.js';
export { systemChance } from './chance.js';
export type { ApiClient } from './client/client.js';
export { systemClock, type Clock } from './clock.js';
export { isNestedTooDeep } from './document/depth.js';
export { readTyped } from './document/read.js';
export { readNamedText } from './document/text.js';
export { at, isArray, isObject, type JsonObject } from './json.js';
export { VERSION } from './package.js';
export type { ProblemCode } from './errors/catalogue.js';
export { asError, Problem, throwAll } from './problem.js';
export { isSuccess } from './targets/reply.js';
