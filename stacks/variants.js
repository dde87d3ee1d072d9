// In how many ways the same shop is asked.

/**
 * How the server decides about callers and unknown paths; it is started with it.
 * @typedef {'auth-first' | 'route-first' | 'per-route' | 'hides' | 'forbids' | 'page'} Mode
 * @typedef {'right' | 'prefix missing' | 'prefix doubled'} Base
 * @typedef {{ name: string, mode: Mode, base: Base }} Variant
 * @typedef {'good' | 'never issued' | 'expired' | 'missing'} Token
 * @typedef {'none' | 'route' | 'validate' | 'full'} Policy
 */

/** The path below which the shop is served. */
export const PREFIX = '/api';

/** @type {Readonly<Record<Base, string>>} */
export const BASE_PATHS = { right: PREFIX, 'prefix missing': '', 'prefix doubled': PREFIX + PREFIX };

/** @type {readonly Variant[]} */
export const VARIANTS = [
  { name: 'authenticates before it routes', mode: 'auth-first', base: 'right' },
  { name: 'routes before it authenticates', mode: 'route-first', base: 'right' },
  { name: 'authenticates per route', mode: 'per-route', base: 'right' },
  { name: 'hides by 404', mode: 'hides', base: 'right' },
  { name: '403 for unknown paths', mode: 'forbids', base: 'right' },
  { name: 'page for unknown paths', mode: 'page', base: 'right' },
  { name: 'base URL without its prefix', mode: 'route-first', base: 'prefix missing' },
  { name: 'base URL with its prefix twice', mode: 'auth-first', base: 'prefix doubled' },
];

/** What is sent for each token; the servers know them by these values. @type {Readonly<Record<Token, string | undefined>>} */
export const TOKENS = {
  good: 'good-token-for-tests',
  'never issued': 'never-issued-token-for-tests',
  expired: 'expired-token-for-tests',
  missing: undefined,
};

/** @type {readonly Policy[]} */
export const POLICIES = ['none', 'route', 'validate', 'full'];
