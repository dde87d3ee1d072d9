/** Words of titles that name no vendor, and words of schemes that say only that they are schemes. */
const OF_TITLES = new Set([
  ...['api', 'apis', 'rest', 'openapi', 'swagger', 'http', 'web', 'public', 'specification'],
  ...['a', 'an', 'and', 'for', 'in', 'of', 'on', 'the', 'to'],
]);
const OF_SCHEMES = new Set([
  'auth',
  'authentication',
  'authorization',
  'security',
  'scheme',
  'http',
  'default',
]);

const MOST_WORDS = 2;

/**
 * The names of the environment variables that hold one credential: the vendor by the title, the scheme, and what each
 * value is, such as `LIBRARY_PARTNER_TOKEN`. With the vendor in it no variable of another one is taken.
 * @param title of the contract
 * @param scheme its name in the contract
 * @param values what is held, such as `CLIENT_ID` and `CLIENT_SECRET`
 */
export function variableNames(title: string, scheme: string, values: readonly string[]): string[] {
  // A vendor who writes its name like ThisOne is known by one word.
  const vendor = wordsOf(title.toLowerCase())
    .filter((word) => !OF_TITLES.has(word) && !/^v?\d+$/.test(word))
    .slice(0, MOST_WORDS);
  const before = vendor.length > 0 ? vendor : ['api'];
  const own = wordsOf(scheme).filter((word) => !OF_SCHEMES.has(word) && !before.includes(word));
  return values.map((value) => {
    const last = wordsOf(value);
    const middle = own.filter((word) => !last.includes(word));
    return [...before, ...middle, ...last].join('_').toUpperCase().replace(/^\d/, '_$&').slice(0, LONGEST);
  });
}

const LONGEST = 80;

/** The words of a name, in whatever case they are written: `clientID`, `client-id`. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

/** What the name of a variable can be. Anything else could be a secret that somebody pasted. */
export function isVariableName(text: string): boolean {
  return /^[A-Z_][A-Z\d_]{0,99}$/.test(text);
}
