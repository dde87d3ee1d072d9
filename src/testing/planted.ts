import fc from 'fast-check';

/** What nobody may find again: something of a person, or a secret, as it is planted into answers. */
export interface Planted {
  /** The value itself: a name, a phone number, a birth date, a note, a token. */
  value: string;
  /** The value as it is in the answer: raw, or as JSON, URLs, HTML, Base64 or hexadecimal write it. */
  written: string;
}

const syllables = ['zor', 'quab', 'vex', 'mli', 'dru', 'yph', 'kaz', 'wubb', 'jint', 'phlo'];
const word = fc
  .array(fc.constantFrom(...syllables), { minLength: 3, maxLength: 5 })
  .map((parts) => parts.join(''));
const capitalised = word.map((text) => text.charAt(0).toUpperCase() + text.slice(1));
const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 1, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(''));

const name = fc.tuple(capitalised, capitalised).map((parts) => parts.join(' '));
const phone = fc
  .tuple(fc.constantFrom('303', '212', '718'), fc.integer({ min: 0, max: 99 }))
  .map(([area, last]) => ({ area, last: `01${String(last).padStart(2, '0')}` }))
  .chain(({ area, last }) =>
    fc.constantFrom(
      `${area}555${last}`,
      `${area}-555-${last}`,
      `(${area}) 555-${last}`,
      `+1${area}555${last}`,
    ),
  );
const birthDate = fc
  .tuple(
    fc.integer({ min: 1921, max: 1999 }),
    fc.integer({ min: 10, max: 12 }),
    fc.integer({ min: 10, max: 28 }),
  )
  .chain(([year, month, day]) =>
    fc.constantFrom(
      `${year}-${month}-${day}`,
      `${month}/${day}/${year}`,
      `${year}${month}${day}`,
      `Mon, ${day} Nov ${year} 00:00:00 GMT`,
    ),
  );
const note = fc.tuple(word, word, word).map((words) => `takes ${words.join(' & ')} <at night> "daily"`);
const token = fc.tuple(word, digits(12), word).map((parts) => parts.join(''));

const WRITINGS: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => value.replaceAll(' ', ''),
  (value) => value.replaceAll(' ', '.'),
  (value) => value.replaceAll(' ', '-').toLowerCase(),
  (value) => JSON.stringify(value).slice(1, -1),
  (value) => encodeURIComponent(value),
  (value) => value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  (value) => Buffer.from(value).toString('base64'),
  (value) => Buffer.from(value).toString('base64url'),
  (value) => Buffer.from(value).toString('hex'),
];

/** A value of a person or a secret, and one way to write it. */
export const planted: fc.Arbitrary<Planted> = fc
  .tuple(fc.oneof(name, phone, birthDate, note, token), fc.constantFrom(...WRITINGS))
  .map(([value, write]) => ({ value, written: write(value) }));

/** Header names that are kept when their values are known to be harmless, and some that never are. */
export const HEADER_NAMES = [
  ...['server', 'x-powered-by', 'content-type', 'x-amzn-errortype', 'www-authenticate', 'x-cache', 'allow'],
  ...[
    'retry-after',
    'age',
    'x-cache-hits',
    'date',
    'last-modified',
    'expires',
    'ratelimit',
    'x-ratelimit-reset',
  ],
  ...[
    'x-request-id',
    'request-id',
    'x-amzn-requestid',
    'x-amzn-trace-id',
    'apigw-requestid',
    'cf-ray',
    'x-amz-cf-id',
  ],
  ...[
    'x-correlation-id',
    'x-served-by',
    'x-varnish',
    'x-iinfo',
    'x-replica-standing',
    'cf-mitigated',
    'x-amz-cf-pop',
  ],
  ...[
    'x-envoy-upstream-service-time',
    'location',
    'set-cookie',
    'cache-control',
    'vary',
    'strict-transport-security',
    'x-content-type-options',
    'access-control-allow-origin',
    'access-control-allow-credentials',
    'x-aspnet-version',
    'deprecation',
    'sunset',
    'warning',
    'link',
    'etag',
    'x-patient',
    'content-language',
  ],
] as const;

/** Values in which something planted hides behind what is harmless there. */
const DISGUISES: readonly ((written: string) => string)[] = [
  (written) => written,
  (written) => `nginx/${written}`,
  (written) => `nginx (${written})`,
  (written) => `Express ${written}`,
  (written) => `application/json; charset=${written}`,
  (written) => `application/${written}+json`,
  (written) => `${written}Exception`,
  (written) => `ForbiddenException:http://${written}/`,
  (written) =>
    `Bearer realm="${written}", error="invalid_token", error_description="The access token expired for ${written}"`,
  (written) => `Root=1-${written}-abcdef0123456789abcdef01`,
  (written) => `observed ${written}`,
  (written) => `abcdef0123456789${written}`,
  (written) => `/v1/people/${written}/?q=${written}`,
  (written) => `GET, ${written}`,
  (written) => `${written}=1; Path=/${written}; Secure; Domain=${written}; ${written}`,
  (written) => `no-store, max-age=${written}`,
  (written) => `max-age=31536000; ${written}`,
  (written) => `https://${written}`,
  (written) => `299 ${written} "deprecated by ${written}"`,
  (written) => `@${written}`,
];

/** Error texts that are known, with something planted where they vary or beside them. */
const SENTENCES: readonly ((written: string) => string)[] = [
  (written) => written,
  (written) => `No patient matches ${written}.`,
  (written) => `Signature expired: ${written} is now earlier than ${written}`,
  (written) => `Cannot GET /v1/people/${written}`,
  (written) =>
    `User: ${written} is not authorized to perform: execute-api:Invoke on resource: arn:${written}`,
  (written) => `Access denied | ${written} used Cloudflare to restrict access`,
  (written) =>
    `The requested URL was rejected. Please consult with your administrator. Your support ID is: ${written}`,
  (written) => `Invalid key=value pair (missing equal-sign) in Authorization header: 'Bearer ${written}'.`,
  (written) => `Missing required request parameters: [${written}]`,
];

const sentence = (written: string) => fc.constantFrom(...SENTENCES).map((make) => make(written));

/** A body that holds something planted: as a value, as a name, in a text, in a page, in a broken document. */
function body(written: string): fc.Arbitrary<string> {
  const json = fc.letrec((tie) => ({
    leaf: fc.oneof(
      sentence(written),
      fc.constant(written),
      fc.constant(3035550123),
      fc.constant({ [written]: written }),
    ),
    node: fc.oneof(
      { depthSize: 'small' },
      tie('leaf'),
      fc.array(tie('node'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom('message', 'detail', 'error', 'name', 'entry', 'people', written),
        tie('node'),
        {
          minKeys: 1,
          maxKeys: 4,
        },
      ),
    ),
  })).node;
  return fc.oneof(
    json.map((value) => JSON.stringify(value)),
    sentence(written).map(
      (text) => `<!doctype html><html><head><title>${text}</title></head><body>${text}</body></html>`,
    ),
    sentence(written).map((text) => `<?xml version="1.0"?><Error><Message>${text}</Message></Error>`),
    sentence(written),
    sentence(written).map((text) => `{"message": "${text}`),
  );
}

export interface HostileAnswer {
  planted: Planted;
  status: number;
  headers: [name: string, value: string][];
  body: string;
}

/** An answer that has something planted in headers and body. */
export const hostileAnswer: fc.Arbitrary<HostileAnswer> = planted.chain((one) =>
  fc.record({
    planted: fc.constant(one),
    status: fc.constantFrom(200, 201, 301, 400, 401, 403, 404, 409, 410, 422, 429, 500, 502, 503),
    headers: fc.array(
      fc.tuple(
        fc.constantFrom(...HEADER_NAMES),
        fc.constantFrom(...DISGUISES).map((disguise) => disguise(one.written)),
      ),
      { maxLength: 8 },
    ),
    body: body(one.written),
  }),
);

/** In which forms something planted is in a text; none is the only good answer. */
export function tracesOf({ value, written }: Planted, text: string): string[] {
  const forms = [
    ...WRITINGS.map((write) => write(value)),
    written,
    ...value.split(' ').filter((part) => part.length >= 8 && /^[\w-]+$/.test(part)),
  ];
  const lower = text.toLowerCase();
  return [...new Set(forms)].filter((form) => form.length >= 8 && lower.includes(form.toLowerCase()));
}
