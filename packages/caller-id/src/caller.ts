/** What somebody is to the agency, in the order in which people with one number are preferred. */
export const CALLER_KINDS = ['staff', 'practitioner', 'patient', 'family'] as const;
export type CallerKind = (typeof CALLER_KINDS)[number];

export function isCallerKind(value: unknown): value is CallerKind {
  return CALLER_KINDS.some((kind) => kind === value);
}

/** A person with the numbers that reach them, as the API or a file has them. */
export interface Person {
  kind: CallerKind;
  id: string;
  name: string;
  /** For staff the role, for family the relationship. */
  status: string | null;
  city: string | null;
  active: boolean;
  /** E.164 digits without the plus sign, each once. */
  numbers: string[];
}

/** One person that a lookup found. */
export interface Candidate {
  kind: CallerKind;
  id: string;
  name: string;
  status: string | null;
  city: string | null;
  /** False for somebody who has left: known, but not to be greeted as current. */
  active: boolean;
  syncedAt: Date;
  /** Not confirmed by a sync for longer than {@link STALE_AFTER_MS}. */
  stale: boolean;
}

/** A nightly sync, and an hour of grace. */
export const STALE_AFTER_MS = 25 * 3_600_000;
