/** The cache of callers: for the commands that fill it and ask it, and for suites. */
export { Client } from 'pg';
export { CALLER_KINDS, type Candidate } from './caller.js';
export { onDatabase } from './engine/on-database.js';
export type { Engine } from './engine/engine.js';
export { openOwnSchema } from './engine/own-server.js';
export { askApi, fillCache } from './fallback.js';
export { createLookup, type CallerAnswer, type CallerLookup } from './lookup.js';
export { normalisePhone } from './phone.js';
export { readBundle } from './sync/bundle.js';
export { createPaging, PAGE_SIZE } from './sync/paging.js';
export { createRequests } from './sync/requests.js';
export { readStaff } from './sync/staff.js';
export { sync } from './sync/sync.js';
