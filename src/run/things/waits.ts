/** How long what a host lags behind is waited for, look after look: three seconds in all. */
export const WAITS_MS: readonly number[] = [300, 600, 900, 1200];
