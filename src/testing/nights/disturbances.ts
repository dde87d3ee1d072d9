import { churn } from './churn.js';
import { daylight } from './daylight.js';
import type { Disturbance } from './disturbance.js';
import { flaky } from './flaky.js';
import { lag } from './lag.js';
import { skew } from './skew.js';

/** Everything that disturbs nights, each by itself. */
export const DISTURBANCES: readonly Disturbance[] = [daylight, skew, lag, churn, flaky];
