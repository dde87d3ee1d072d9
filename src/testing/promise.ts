/** What a check of a test promises, besides its name and in which ways that can be broken. */
export const PROMISE = {
  promise: 'It is kept.',
  source: { kind: 'contract', ref: 'a contract' },
  since: '0.2.0',
  severity: 'error',
} as const;
