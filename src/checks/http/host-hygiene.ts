import { NotApplicable } from '../../drive/drive.js';
import { header, type Answer } from '../../targets/reply.js';
import { check, passed, type Broken } from '../check.js';
import { nameOf } from '../fact.js';
import { withoutAsking } from '../without-asking.js';

type Code = 'no-hsts' | 'no-nosniff' | 'version-shown' | 'cookie-not-secure' | 'cookie-for-scripts';

export const hostHygiene = check({
  id: 'http/host-hygiene',
  promise:
    'A host has its answers read over TLS only and as what they are, and does not help who attacks it.',
  source: {
    kind: 'practice',
    ref: 'RFC 6797, section 7.1; RFC 6265, section 8.3; OWASP REST Security Cheat Sheet',
    url: 'https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html',
  },
  since: '0.2.0',
  severity: 'warning',
  scope: 'host',
  asks: { atMost: 0 },
  messages: {
    'no-hsts': () =>
      'its answers over TLS have no header Strict-Transport-Security with a max-age, so a browser may ask without TLS the next time',
    'no-nosniff': () =>
      'its answers have no header X-Content-Type-Options: nosniff, so a browser may take JSON for a page',
    'version-shown': ({ headers }) => `it names the version of what it runs on, in ${headers}`,
    'cookie-not-secure': () => 'it sets a cookie over TLS without Secure, so it is sent without TLS as well',
    'cookie-for-scripts': () => 'it sets a cookie without HttpOnly, so every script of a page can read it',
  },
  run: withoutAsking(({ own: { reply }, probe }) => {
    const { protocol, hostname } = new URL(probe.request.url);
    const isTls = protocol === 'https:';
    const broken: Broken<Code>[] = [];
    // Of a host without a name browsers remember nothing (RFC 6797, section 8.1.1).
    if (isTls && isNamed(hostname) && !isOnlyTls(reply)) broken.push({ code: 'no-hsts', facts: {} });
    if (isTls && reply.body.length > 0 && !isTakenAsItIs(reply))
      broken.push({ code: 'no-nosniff', facts: {} });
    const banners = BANNERS.filter((name) => hasVersion(reply, name.toLowerCase()));
    if (banners.length > 0)
      broken.push({ code: 'version-shown', facts: { headers: nameOf(banners.join(', ')) } });
    const cookies = cookiesOf(reply);
    if (isTls && cookies.some(({ attributes }) => !attributes.has('secure')))
      broken.push({ code: 'cookie-not-secure', facts: {} });
    if (cookies.some(({ attributes }) => !attributes.has('httponly')))
      broken.push({ code: 'cookie-for-scripts', facts: {} });
    if (broken.length > 0) return { kind: 'failed', broken };
    return isTls ? passed : new NotApplicable('it is asked without TLS, which most of it is about');
  }),
});

function isNamed(hostname: string): boolean {
  // As URLs write it: an IPv4 address in digits and dots, an IPv6 address in brackets.
  return !/^(?:[\d.]+|\[.*\])$/.test(hostname) && !/(^|\.)localhost\.?$/.test(hostname);
}

function isOnlyTls(reply: Answer): boolean {
  return /(^|;)\s*max-age\s*=\s*"?\d*[1-9]/i.test(header(reply, 'strict-transport-security') ?? '');
}

function isTakenAsItIs(reply: Answer): boolean {
  return /(^|,)\s*nosniff\s*(,|$)/i.test(header(reply, 'x-content-type-options') ?? '');
}

const BANNERS = ['Server', 'X-Powered-By', 'X-AspNet-Version', 'X-AspNetMvc-Version', 'X-Generator'];

function hasVersion(reply: Answer, name: string): boolean {
  const text = header(reply, name) ?? '';
  return /\d+\.\d+/.test(text) && !ALWAYS_THE_SAME.test(text.trim());
}

/** They have said the same for many years, whatever runs there. */
const ALWAYS_THE_SAME = /^(awselb\/2\.0|Microsoft-HTTPAPI\/2\.0)$/i;

interface Cookie {
  /** Names of attributes, in lower case. */
  attributes: ReadonlySet<string>;
}

/** The cookies that an answer sets and that could say who asks. */
function cookiesOf({ headers }: Answer): Cookie[] {
  return headers
    .filter(([name]) => name === 'set-cookie')
    .flatMap(([, text]) => {
      const [pair = '', ...rest] = text.split(';');
      const [name = '', value = ''] = pair.split('=');
      const attributes = rest.map((one) => (one.split('=')[0] ?? '').trim().toLowerCase());
      const isRemoved = value.trim() === '' || /max-age=\s*(0|-\d+)\s*(;|$)/i.test(rest.join(';'));
      return isRemoved || SAYS_NOTHING.test(name.trim()) ? [] : [{ attributes: new Set(attributes) }];
    });
}

/** Scripts have to read a token against forged requests; and a balancer remembers a machine, not a caller. */
const SAYS_NOTHING =
  /csrf|xsrf|^(AWSALB|AWSALBCORS|AWSALBTG|AWSALBTGCORS|AWSELB|AWSELBCORS|ARRAffinity|ARRAffinitySameSite|ApplicationGatewayAffinity|ApplicationGatewayAffinityCORS|SERVERID|ROUTEID|BIGipServer.*|TS[\da-f]{6,}.*|NSC_.*|visid_incap_.*|incap_ses_.*|nlbi_.*|__cf_bm|__cflb|_cfuvid|ak_bmsc|bm_.*|_abck)$/i;
