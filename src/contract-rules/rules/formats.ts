import { isKnownFormat } from '../../contract/schema/formats.js';
import { pointer } from '../../json.js';
import type { ContractRule } from '../rule.js';
import { SECTIONS } from '../sections.js';

/** Formats that OpenAPI's registry lists and no validator here checks: they are not misspelled. */
const REGISTERED = new Set([
  ...['base64url', 'date-time-local', 'decimal128', 'double-int', 'http-date', 'idn-email', 'idn-hostname'],
  ...['int8', 'int16', 'iri', 'iri-reference', 'sf-binary', 'sf-boolean', 'sf-decimal', 'sf-integer'],
  ...['sf-string', 'sf-token', 'time-local', 'uint8', 'uint16', 'uint32', 'uint64', 'unixtime'],
]);

export const unknownFormat: ContractRule = {
  id: 'contract/unknown-format',
  promise: 'Every format is one that is known: no value is checked against another.',
  severity: 'warning',
  source: SECTIONS.format,
  judge: ({ typed }) => {
    const found = new Map<string, { count: number; pointer: string }>();
    for (const { value, pointer: here } of typed) {
      const { format } = value;
      if (typeof format !== 'string' || isKnownFormat(format) || REGISTERED.has(format)) continue;
      const entry = found.get(format);
      if (entry) entry.count += 1;
      else found.set(format, { count: 1, pointer: here + pointer('format') });
    }
    // One sentence for each format: it is as unknown everywhere.
    return [...found].map(([format, { count, pointer: here }]) => ({
      code: 'unknown',
      message: `the format “${format}” is not known${count > 1 ? ` (used ${count} times)` : ''}`,
      facts: { format, count },
      pointer: here,
    }));
  },
};
