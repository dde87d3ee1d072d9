import { statusOfReason } from '../exchange/status.js';

/**
 * The status that the name of an error stands for, as programs write names: `Forbidden`, `NotFound`, `PERMISSION_DENIED`,
 * `permission-denied`, `AccessDeniedException`. Of the codes of gRPC it is the one that a gateway answers with
 * (google.rpc.Code).
 * @returns undefined where the name stands for none
 */
export function statusOfName(name: string): number | undefined {
  const words = wordsOf(name);
  return (
    statusOfWords(words) ?? CODES.get(words.join(' ')) ?? statusOfWords(withoutSuffix(words)) ?? ending(words)
  );
}

/**
 * The status that the class of an error is named after: `ForbiddenError`, `Net::HTTPUnauthorized`, `StripeRateLimitError`. It
 * is stricter than `statusOfName`: classes of the same names are thrown where no host was asked.
 * @param name without the module or package before it
 */
export function statusOfClass(name: string): number | undefined {
  const words = withoutSuffix(wordsOf(name));
  const [first = '', ...rest] = words;
  const own = statusOfWords(words) ?? (OF_CLIENTS.has(first) ? statusOfWords(rest) : undefined);
  if (own !== undefined) return own;
  // The name of the product is before these; what is not found is often no resource of a host.
  const status = [1, 2, 3]
    .map((count) => (words.length > count ? statusOfWords(words.slice(-count)) : undefined))
    .find((one) => one !== undefined);
  return status === 404 || status === 409 ? undefined : status;
}

/** Whether the name of a class says that it is an error. */
export function isNamedError(name: string): boolean {
  return SUFFIX.test(wordsOf(name).at(-1) ?? '');
}

const SUFFIX = /^(?:error|exception|failure|fault|err)$/;
const OF_CLIENTS: ReadonlySet<string> = new Set([
  'http',
  'api',
  'client',
  'rest',
  'request',
  'resource',
  'web',
]);

/** The words of a name in small letters. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2 ')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
}

function withoutSuffix(words: readonly string[]): string[] {
  const last = words.findLastIndex((word) => !SUFFIX.test(word));
  return words.slice(0, last + 1);
}

function statusOfWords(words: readonly string[]): number | undefined {
  const phrase = words.join(' ');
  return phrase === '' ? undefined : (statusOfReason(phrase) ?? NAMES.get(phrase));
}

/** The status that the last or the first words of the code of an API stand for: `NoSuchBucket`, `StackNotFound`. */
function ending(words: readonly string[]): number | undefined {
  const phrase = withoutSuffix(words).join(' ');
  return ENDINGS.find(([form]) => form.test(phrase))?.[1];
}

const ENDINGS: readonly [form: RegExp, status: number][] = [
  [/^no such \w+$|\bnot found$/, 404],
  [
    /\b(?:access denied|permission denied|request denied|not permitted)$|^(?:forbidden|authorization) \w+$/,
    403,
  ],
  [/\b(?:expired token|token expired|expired session|auth failure)$/, 401],
  [/\b(?:throttling|throttled|limit exceeded|rate exceeded)$/, 429],
];

/** What errors are called apart from the reason phrases of HTTP. */
const NAMES: ReadonlyMap<string, number> = new Map([
  ...every(
    401,
    'unauthenticated',
    'not authenticated',
    'authentication',
    'authentication failed',
    'not authorized',
  ),
  ...every(401, 'authentication required', 'invalid credentials', 'invalid token', 'expired token'),
  ...every(401, 'token expired', 'expired session', 'session expired', 'unauthorised', 'invalid api key'),
  ...every(
    403,
    'permission denied',
    'access denied',
    'forbidden access',
    'authorization',
    'authorization failed',
  ),
  ...every(403, 'insufficient permissions', 'insufficient permission', 'insufficient privileges'),
  ...every(403, 'insufficient scope', 'unauthorized operation', 'authorization permission mismatch'),
  ...every(429, 'rate limit', 'rate limited', 'rate limit exceeded', 'throttling', 'throttled', 'throttle'),
  ...every(429, 'resource exhausted', 'too many requests', 'quota exceeded', 'request limit exceeded'),
  ...every(500, 'internal server'),
]);

/** The codes of gRPC that mean less where they are alone, and those of registries of images. */
const CODES: ReadonlyMap<string, number> = new Map([
  ...every(400, 'invalid argument', 'failed precondition', 'out of range'),
  ...every(403, 'denied'),
  ...every(409, 'already exists', 'aborted'),
  ...every(500, 'internal', 'unknown', 'data loss', 'internal error'),
  ...every(501, 'unimplemented'),
  ...every(503, 'unavailable'),
  ...every(504, 'deadline exceeded'),
]);

function every(status: number, ...names: string[]): [string, number][] {
  return names.map((name) => [name, status]);
}
