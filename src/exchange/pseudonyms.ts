/**
 * Stands in for ids of real things, the same name for the same id throughout a run, so that a request and its
 * answer can still be read together.
 */
export interface Pseudonyms {
  /** `patient_id` and a value give for example `patient-1`. */
  of: (kind: string, value: string) => string;
}

export function createPseudonyms(): Pseudonyms {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  return {
    of: (kind, value) => {
      const stem = kind.replace(/_?id$/i, '') || 'id';
      const key = `${stem}\n${value}`;
      const known = names.get(key);
      if (known !== undefined) return known;
      const count = (counts.get(stem) ?? 0) + 1;
      counts.set(stem, count);
      const name = `${stem}-${count}`;
      names.set(key, name);
      return name;
    },
  };
}

/** Whether a text has the form of a pseudonym: texts that only look like one are taken for one, too. */
export function isPseudonym(text: string): boolean {
  return /^[A-Za-z][\w.-]*-[1-9]\d*$/.test(text);
}
