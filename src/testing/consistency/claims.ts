/**
 * What one output says of a run, as facts that can be held against those of another: `label GET /things/` is `works`,
 * `feature till Sell` is `not proven`, `verdict` is `green`.
 */
export type Claims = ReadonlyMap<string, readonly string[]>;

/** Collects what an output says; it may say two things of one subject, and so contradict itself. */
export function createClaims() {
  const claims = new Map<string, string[]>();
  const claim = (subject: string, value: string | number | boolean): void => {
    const known = claims.get(subject) ?? [];
    claims.set(subject, known.includes(String(value)) ? known : [...known, String(value)]);
  };
  return {
    claims,
    claim,
    /** What an operation is called, and what follows from that for those who say less. */
    label: (operation: string, label: string): void => {
      claim(`label ${operation}`, label);
      claim(`works ${operation}`, label === 'works');
      claim(`provoked ${operation}`, label === 'expected refusal');
      if (label !== 'skipped') claim(`usable ${operation}`, !FAILING.has(label));
    },
    counts: (counts: ReadonlyMap<string, number>): void => {
      for (const label of LABELS) claim(`number of ${label}`, counts.get(label) ?? 0);
    },
  };
}

const FAILING = new Set([
  ...['rejects', 'denied', 'unrouted', 'absent', 'gone', 'broken', 'throttled', 'unreachable'],
]);

const LABELS = ['works', 'deviates', 'expected refusal', 'let in', ...FAILING, 'skipped'];

/** Where outputs say different things of one subject: the subject, and who says what. */
export function contradictions(outputs: ReadonlyMap<string, Claims>): string[] {
  const stated = new Map<string, Map<string, string[]>>();
  for (const [output, claims] of outputs) {
    for (const [subject, all] of claims) {
      const values = stated.get(subject) ?? new Map<string, string[]>();
      for (const value of all) values.set(value, [...(values.get(value) ?? []), output]);
      stated.set(subject, values);
    }
  }
  return [...stated]
    .filter(([, values]) => values.size > 1)
    .map(
      ([subject, values]) =>
        `${subject}: ${[...values].map(([value, by]) => `${value} (${by.join(', ')})`).join(', ')}`,
    );
}

/** The kinds of subjects that an output speaks of, each once: that it is silent of one is seen by them. */
export function kindsOf(claims: Claims): string[] {
  return [...new Set([...claims.keys()].map((subject) => subject.split(' ')[0] ?? ''))].sort();
}
