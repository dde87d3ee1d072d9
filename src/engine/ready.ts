import type { Operation } from '../contract/operation.js';
import type { Value } from '../probe/value.js';
import type { HttpRequest } from '../targets/reply.js';

/** A request that can be sent as it is. */
export interface Ready {
  operation: Operation;
  request: HttpRequest;
  /** Path and query, as they are sent and as they may be shown. */
  path: Value;
}
