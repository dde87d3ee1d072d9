/** What a check is called that a former version knew under another name. */
interface Renamed {
  id: string;
  /** Where it has become several: those of some of its codes, and of the sentences of findings that have no code. */
  of?: Readonly<Record<string, string>>;
}

/** Run files, expectations and tickets of former versions are read through this. */
const FORMER: ReadonlyMap<string, Renamed> = new Map<string, Renamed>([
  ['documented-status', { id: 'answer/documented-status' }],
  ['content-type', { id: 'answer/content-type' }],
  ['required-headers', { id: 'answer/response-headers' }],
  ['header-values', { id: 'answer/response-headers' }],
  [
    'body',
    {
      id: 'answer/body-schema',
      of: {
        empty: 'answer/body-present',
        'the body is empty, the contract promises one': 'answer/body-present',
      },
    },
  ],
  ['refuses-forbidden-body', { id: 'input/forbidden-body' }],
  ['refuses-bad-credentials', { id: 'auth/bad-credentials' }],
]);

/**
 * What the check of a finding is called today.
 * @param said the code of the finding, or its sentence where it has none
 */
export function presentName(check: string, said: string | undefined): string {
  const renamed = FORMER.get(check);
  if (!renamed) return check;
  return (said !== undefined && renamed.of?.[said]) || renamed.id;
}

/** A finding with the name that its check has today. */
export function withPresentName<Named extends { check: string; code?: string; message: string }>(
  finding: Named,
): Named {
  return { ...finding, check: presentName(finding.check, finding.code ?? finding.message) };
}

/** What is between the parts of the key of a finding: check, code, place, names. */
export const BETWEEN = ' · ';

/** The key of a finding with the name that its check has today. */
export function presentKey(key: string): string {
  const [check = '', said, ...rest] = key.split(BETWEEN);
  return [presentName(check, said), ...(said === undefined ? [] : [said]), ...rest].join(BETWEEN);
}
