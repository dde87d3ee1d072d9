import { baseUrl } from './base-url.js';
import { calibration } from './calibration.js';
import type { Control } from './control.js';
import { guardOrder } from './guard-order.js';
import { hostRoot } from './host-root.js';
import { knownBadValue } from './known-bad-value.js';
import { knownGood, knownGoodWithBadToken } from './known-good.js';
import { otherHost } from './other-host.js';
import { otherMethod } from './other-method.js';
import { otherSpelling } from './other-spelling.js';
import type { HostSubject, OperationSubject } from './subject.js';
import { unknownPath, unknownRoot } from './unknown-path.js';
import { withoutToken } from './without-token.js';

/** The controls that are asked once for a host. */
export const HOST_CONTROLS: readonly Control<HostSubject, unknown>[] = [
  unknownRoot,
  knownGood,
  knownGoodWithBadToken,
  knownBadValue,
  guardOrder,
  calibration,
  baseUrl,
  hostRoot,
];

/** The controls that are asked for every operation that is in question. */
export const OPERATION_CONTROLS: readonly Control<OperationSubject, unknown>[] = [
  unknownPath,
  withoutToken,
  otherMethod,
  otherHost,
  otherSpelling,
];
