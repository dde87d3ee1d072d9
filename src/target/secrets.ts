/**
 * Everything that this process knows and nobody else may learn: client secrets, tokens, Authorization values.
 * Whatever is about to be written is searched for each of them first.
 */
export class Secrets {
  readonly #values = new Set<string>();

  /** Very short values are left out: they would be found everywhere, and prove nothing. */
  add(value: string): void {
    if (value.length >= SHORTEST) this.#values.add(value);
  }

  /** Whether any secret stands in a text: raw, or as JSON, HTML, URLs, Base64 or hexadecimal write it. */
  foundIn(text: string): boolean {
    for (const secret of this.#values) {
      for (const form of formsOf(secret)) if (text.includes(form)) return true;
    }
    return false;
  }
}

const SHORTEST = 6;

function formsOf(secret: string): Set<string> {
  const bytes = Buffer.from(secret, 'utf8');
  const html = secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return new Set([
    secret,
    JSON.stringify(secret).slice(1, -1),
    html,
    html.replaceAll("'", '&#x27;').replaceAll('`', '&#x60;').replaceAll('=', '&#x3D;'),
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    bytes.toString('hex'),
    ...base64Forms(bytes),
  ]);
}

/** How Base64 writes the secret when it stands inside a longer text, at each of the three alignments. */
function base64Forms(bytes: Buffer): string[] {
  const whole = [bytes.toString('base64'), bytes.toString('base64url')];
  const inside = [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The outer characters also depend on what stands beside the secret.
    const core = encoded.slice(shift === 0 ? 0 : 4, -4);
    return core.length >= SHORTEST + 2 ? [core, core.replaceAll('+', '-').replaceAll('/', '_')] : [];
  });
  return [...whole, ...inside];
}
