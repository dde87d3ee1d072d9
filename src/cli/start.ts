import type { Host } from './host.js';

/** Runs what a command does, with the host that it runs on, and keeps the exit code. */
export type Start = (action: (host: Host) => Promise<number>) => Promise<void>;
