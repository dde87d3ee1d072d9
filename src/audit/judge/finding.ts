import type { Placeholder } from './placeholders.js';

/** One way in which a call is not one of the contract: a code with facts. Sentences are made where a person reads them. */
export type Finding =
  /** No operation has the path. */
  | { code: 'unknown-path'; severity: 'error' }
  /** The path has these methods only. */
  | { code: 'unknown-method'; severity: 'error'; methods: string[] }
  /** It goes to a host of the API that is retired. */
  | { code: 'retired-host'; severity: 'error'; host: string; known: string }
  /** The same path on a host that is none of the API. */
  | { code: 'other-host'; severity: 'error'; host: string }
  /** A part of the path is no value. */
  | { code: 'placeholder-in-path'; severity: 'error'; value: Placeholder }
  | { code: 'placeholder-in-query'; severity: 'warning'; name: string; value: Placeholder }
  | { code: 'unknown-query-parameter'; severity: 'warning'; name: string; nearest?: string }
  | { code: 'missing-query-parameter'; severity: 'warning'; name: string }
  | { code: 'unknown-body-member'; severity: 'warning'; name: string }
  | { code: 'missing-body-member'; severity: 'warning'; name: string };
