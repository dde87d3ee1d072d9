/**
 * The members of a text that is nothing but names and values: form-encoded (`ACK=Failure&CODE=10002`, also between `|` or `;`), or
 * one in each line (`error: …`, `status = …`). Undefined where anything else is in it. Takes time in proportion to its length.
 */
export function pairsIn(text: string): [name: string, value: string][] | undefined {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST_READ) return undefined;
  const parts = trimmed.includes('\n') ? trimmed.split('\n') : splitLine(trimmed);
  const pairs: [string, string][] = [];
  for (const part of parts.map((one) => one.trim())) {
    if (part === '') continue;
    const [, name, , sign, value = ''] = PAIR.exec(part) ?? [];
    if (name === undefined) return undefined;
    pairs.push([name, sign === '=' ? decoded(value) : value]);
  }
  return pairs.length === 0 ? undefined : pairs;
}

const LONGEST_READ = 16 * 1024;
/** What is JSON behind a colon is a line of a log; what has slashes there is an address. */
const PAIR = /^([a-z][\w.[\]-]{0,60})\s?(?:(:)(?!\s?[/\\{["])|(=))\s?(.{0,2000})$/i;

function splitLine(line: string): string[] {
  const isSplitBy = (sign: string) =>
    line.includes(sign) && line.split(sign).every((part) => part === '' || part.includes('='));
  const sign = ['&', '|', ';'].find(isSplitBy);
  return sign === undefined ? [line] : line.split(sign);
}

/** A value as forms encode it (URL Standard, section 5.1); as it is where it is not encoded so. */
function decoded(value: string): string {
  const plain = value.replace(/^"(.*)"$/, '$1').replaceAll('+', ' ');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
