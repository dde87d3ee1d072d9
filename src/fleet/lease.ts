/** How long a worker holds a night without being heard of, in milliseconds; by the clock of the database. */
export const LEASE_MS = 15_000;
/** How often a worker is heard of. */
export const HEARTBEAT_MS = 2_000;
/** Whoever was not heard for so long sends nothing until it is heard again: it may be held to be dead soon. */
export const UNSURE_MS = 2 * HEARTBEAT_MS + 1_000;
/** After so many workers that died of it, a night is given to no other. */
export const MOST_ATTEMPTS = 10;

/** What a worker knows of its own connection: ticks of the moments in which the database was last heard of, and lost. */
export interface Heard {
  /** When the last heartbeat that was answered was sent; undefined before the first. */
  at: number | undefined;
  /** Since when heartbeats are answered without a gap that a lease would not outlast. */
  since: number;
}

/** What is known after a heartbeat that was sent at these ticks has been answered. */
export function heardAt({ at, since }: Heard, sent: number): Heard {
  const wasCutOff = at === undefined || sent - at > UNSURE_MS;
  return { at: sent, since: wasCutOff ? sent : since };
}

/** Whether a worker may send requests: its leases are valid for a while to come. */
export function mayAsk({ at }: Heard, ticks: number): boolean {
  return at !== undefined && ticks - at <= UNSURE_MS;
}

/**
 * Whether a worker may hold others to be dead. After the database was lost for all, nobody was heard of: whoever was cut off
 * lets the others have the time of a lease to be heard again.
 */
export function maySweep(heard: Heard, ticks: number): boolean {
  return mayAsk(heard, ticks) && ticks - heard.since >= LEASE_MS;
}
