import type { Contract } from '../../contract/contract.js';
import { wholeOf } from '../../contract/follow.js';
import { answeredSchemas } from '../../contract/member-names.js';
import type { Json, JsonObject } from '../../json.js';
import { check, failed, inconclusive, passed } from '../check.js';
import { count, nameOf } from '../fact.js';
import { scanJson } from '../json-scan.js';
import { jsonTextOf } from '../json-text.js';
import { withoutAsking } from '../without-asking.js';

export const numberPrecision = check({
  id: 'answer/number-precision',
  promise: 'A whole number that not every parser can hold is described as one.',
  source: {
    kind: 'practice',
    ref: 'RFC 8259, section 6: numbers beyond 2^53 - 1 are not read alike everywhere',
    url: 'https://www.rfc-editor.org/rfc/rfc8259#section-6',
  },
  since: '0.2.0',
  severity: 'warning',
  asks: { atMost: 0 },
  messages: {
    'too-large-for-doubles': ({ numbers, member }) =>
      `whole numbers beyond 2^53 - 1 came that a parser which uses doubles changes: ${numbers}${
        member === undefined ? '' : `, in “${member}”`
      }; the contract does not say that they can be so large`,
  },
  run: withoutAsking(({ own: { reply }, body, operation, host: { contract } }) => {
    const text = jsonTextOf(reply);
    if (typeof text !== 'string') return text;
    if (body === undefined) return inconclusive('its body is no JSON');
    const { changed } = scanJson(text);
    if (changed.length === 0) return passed;
    const declared = answeredSchemas(contract, operation);
    const undescribed = changed.filter(
      ({ member = '' }) => !(declared.get(member) ?? []).some((schema) => isDescribed(contract, schema)),
    );
    if (undescribed.length === 0) return passed;
    const named = undescribed.find(({ member }) => member !== undefined && declared.has(member))?.member;
    return failed('too-large-for-doubles', {
      numbers: count(undescribed.length),
      ...(named === undefined ? {} : { member: nameOf(named) }),
    });
  }),
});

/** Whether the contract says of a member, or of what it lists, how large its numbers can be. */
function isDescribed({ document }: Contract, schema: Json): boolean {
  return wholeOf(document, schema).some(
    (part) => saysHowLarge(part) || wholeOf(document, part['items']).some(saysHowLarge),
  );
}

function saysHowLarge({ format, maximum, description }: JsonObject): boolean {
  if (format !== undefined || (typeof maximum === 'number' && maximum > Number.MAX_SAFE_INTEGER)) return true;
  return typeof description === 'string' && /\b64[- ]?bits?\b|\bu?int64\b|\bbig ?int/i.test(description);
}
