/** So many characters are changed: the last one alone may say nothing, where it is the end of Base64. */
const CHANGED = 4;

/**
 * A secret that is not the right one but looks like it: of the same length and the same characters, with others at its
 * end.
 * @returns undefined where its end has nothing that could be changed
 */
export function wrongSecret(secret: string): string | undefined {
  const characters = Array.from(secret);
  const at = characters.flatMap((one, index) => (/[A-Za-z\d]/.test(one) ? [index] : [])).slice(-CHANGED);
  for (const index of at) characters[index] = another(characters[index] ?? '', secret);
  const wrong = characters.join('');
  return at.length < CHANGED || wrong === secret ? undefined : wrong;
}

/** Another character of the same kind: the next one that the secret has, or the next one of all. */
function another(one: string, secret: string): string {
  const kind = [DIGITS, LOWER, UPPER].find((all) => all.includes(one)) ?? one;
  const used = Array.from(kind).filter((other) => secret.includes(other));
  const all = used.length > 1 ? used : Array.from(kind);
  return all[(all.indexOf(one) + 1) % all.length] ?? one;
}

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
