import type { Contract } from '../contract/contract.js';
import { walkSchemas } from '../contract/walk.js';
import type { Redaction } from '../exchange/record.js';
import { createTextKeeper } from '../exchange/texts.js';
import { isObject } from '../json.js';
import { onceFor } from '../once.js';
import type { Secrets } from '../targets/secrets.js';
import type { Signatures } from '../verdict/signatures.js';

/** To prepare the patterns takes long: it is done once for all runs of a process that have the same signatures. */
const keeperOf = onceFor(({ texts }: Signatures) => createTextKeeper(texts));

/** What may be kept of answers: the error texts that signatures know, the names that they and a contract know. */
export function redactionFor(signatures: Signatures, secrets: Secrets, contract?: Contract): Redaction {
  const names = new Set(signatures.names);
  if (contract) {
    walkSchemas(contract.document, ({ properties }) => {
      if (isObject(properties)) for (const name of Object.keys(properties)) names.add(name);
    });
  }
  return {
    texts: keeperOf(signatures),
    isKnownName: (name) => names.has(name),
    isSecret: (text) => secrets.foundIn(text),
  };
}
