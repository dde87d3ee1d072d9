/** What the catalogue says of one kind of fault. Texts are sentences for a person; Markdown shows them as they are. */
export interface ErrorEntry {
  /** A short sentence without its full stop. */
  title: string;
  /** What happened. */
  what: string;
  /** Why it happens, as far as the program can know it. */
  why: string;
  /** What to do about it. */
  fix: string;
  /** 2: wrong usage or configuration; 3: no verdict possible; 70: an internal error. */
  exitCode: 2 | 3 | 70;
  example: ErrorExample;
}

export interface ErrorExample {
  /** What has to be so for the command to fail like this. Where it is left out, the command fails like this everywhere. */
  given?: string;
  run: string;
  /** All that the command prints on standard error. */
  prints: string;
}

/** The entries of one group by their codes. All are of faults that a person can correct. */
export type ProblemEntries = Record<`CONFORM_E_${string}`, ErrorEntry & { exitCode: 2 | 3 }>;
