import { SAFE_METHODS } from '../contract/methods.js';
import { quoted, type Word } from '../exchange/shell.js';
import { HIDDEN, shownUrl } from '../exchange/shown-url.js';
import type { Cause } from '../verdict/causes.js';
import type { Verdict } from '../verdict/verdict.js';
import type { Held } from './held.js';
import type { PastedRequest } from './paste.js';

/** What would prove or rule out a reading: a command to be pasted, with places to be filled in, and what it shows. */
export interface Step {
  shows: string;
  command: string;
}

/** What is known of the request, as it may be written into a command. */
interface Place {
  url: string;
  host: string;
  operation: string | undefined;
  target: string | undefined;
}

type MakeStep = (place: Place) => Step | undefined;

const TOKEN: Word = [{ text: 'Authorization: Bearer ' }, { variable: 'TOKEN' }];

const STEPS = {
  withToken: ({ url }) => ({
    shows: 'the whole answer with a token that is surely new',
    command: curl([], url, [TOKEN]),
  }),
  withoutToken: ({ url }) => ({
    shows: 'whether the same comes without a token: then the token was not looked at',
    command: curl([], url, []),
  }),
  unknownPath: ({ url }) => ({
    shows:
      'what a path gets that nobody has: where it is the same, the route is missing and not the permission',
    command: curl([], `${originOf(url)}/‹a path that nobody has›`, [TOKEN]),
  }),
  claims: () => ({
    shows: 'what the token says of itself: exp (until when), aud and iss (for whom and by whom), scope',
    command: `printf %s "$TOKEN" | cut -d. -f2 | tr '_-' '/+' | base64 -d 2>/dev/null`,
  }),
  methods: ({ url }) => ({
    shows: 'which methods the path has (Allow)',
    command: curl(['-X', 'OPTIONS'], url, [TOKEN]),
  }),
  preflight: ({ url }) => ({
    shows: 'what the host answers to the preflight of the browser, and with which headers',
    command: curl(['-X', 'OPTIONS'], url, [
      [{ text: 'Origin: ‹origin of the page›' }],
      [{ text: 'Access-Control-Request-Method: ‹method›' }],
    ]),
  }),
  token: ({ url }) => ({
    shows: 'the whole answer of the token endpoint',
    command: `curl -i -u "$CLIENT_ID:$CLIENT_SECRET" -d grant_type=client_credentials ${quoted([{ text: url }])}`,
  }),
  plain: ({ url }) => ({
    shows: 'the whole answer, without following any redirect',
    command: curl([], url, [TOKEN]),
  }),
  verbose: ({ url }) => ({
    shows: 'how far the connection gets',
    command: `curl -v ${quoted([{ text: url }])}`,
  }),
  direct: ({ url }) => ({
    shows: 'whether it is otherwise without the proxy',
    command: `curl -v --noproxy '*' ${quoted([{ text: url }])}`,
  }),
  proxies: () => ({ shows: 'which proxy is set up here', command: 'env | grep -i proxy' }),
  names: ({ host }) => ({ shows: 'whether the name is known here', command: `nslookup ${host}` }),
  certificate: ({ host }) => ({
    shows: 'which certificates the host sends, and who has signed them',
    command: `openssl s_client -connect ${host}:443 -servername ${host} -showcerts </dev/null`,
  }),
  check: ({ operation, target }) => {
    if (operation === undefined) return undefined;
    const only = quoted([{ text: operation }]);
    return {
      shows: 'the same question asked with all its controls',
      command: `conform check ${target === undefined ? '' : `--target ${quoted([{ text: target }])} `}--only ${only}`,
    };
  },
  doctor: ({ target }) =>
    target === undefined
      ? undefined
      : {
          shows: 'what is wrong with the set-up',
          command: `conform doctor --target ${quoted([{ text: target }])}`,
        },
  auth: ({ target }) =>
    target === undefined
      ? undefined
      : {
          shows: 'which form of authentication is accepted',
          command: `conform auth --target ${quoted([{ text: target }])}`,
        },
} as const satisfies Record<string, MakeStep>;

type StepName = keyof typeof STEPS;

/** By cause, what would prove it or rule it out, the telling one first. */
const BY_CAUSE: Partial<Record<Cause, readonly StepName[]>> = {
  'dns-failure': ['names', 'doctor'],
  'connection-refused': ['verbose', 'doctor'],
  'connection-reset': ['verbose'],
  'connection-timeout': ['verbose', 'proxies', 'doctor'],
  'tls-name': ['certificate'],
  'tls-expired': ['certificate'],
  'tls-untrusted': ['certificate', 'proxies'],
  'tls-failure': ['certificate', 'verbose'],
  'response-timeout': ['verbose'],
  'response-malformed': ['verbose'],
  'proxy-unreachable': ['proxies', 'direct'],
  'proxy-refused': ['proxies', 'direct'],
  'network-blocked': ['direct', 'certificate'],
  'client-certificate-refused': ['certificate'],
  'edge-blocked': ['withToken', 'check'],
  'edge-error': ['plain'],
  'host-gone': ['plain', 'names'],
  redirected: ['plain'],
  'base-url-wrong': ['unknownPath', 'doctor'],
  'token-missing': ['withToken', 'withoutToken', 'auth'],
  'token-malformed': ['withToken', 'auth'],
  'token-invalid': ['claims', 'withoutToken', 'auth'],
  'token-expired': ['claims', 'withToken'],
  'proof-refused': ['claims', 'withToken'],
  'scope-missing': ['claims', 'check'],
  'client-refused': ['token', 'auth'],
  'oauth-request-invalid': ['token', 'auth'],
  'sign-in-pending': ['token'],
  'route-missing': ['unknownPath', 'check'],
  'method-missing': ['methods', 'check'],
  'access-denied': ['unknownPath', 'withoutToken', 'check'],
  'gateway-refused': ['unknownPath', 'withoutToken', 'check'],
  'permission-denied': ['withoutToken', 'claims', 'check'],
  'product-missing': ['unknownPath', 'check'],
  'resource-missing': ['unknownPath', 'check'],
  'origin-refused': ['preflight', 'plain'],
  'page-instead': ['plain', 'unknownPath'],
};

/** Where nothing of its own is known for a cause. */
const OTHERWISE: readonly StepName[] = ['plain', 'check'];

/** What would prove a verdict: commands with places to be filled in, and nothing of what was pasted but plain words. */
export function nextSteps(
  verdict: Verdict,
  request: PastedRequest,
  held: Held | undefined,
  words?: ReadonlySet<string>,
): Step[] {
  const place = placeOf(request, held, words);
  const names = (verdict.cause && BY_CAUSE[verdict.cause]) ?? OTHERWISE;
  const steps = names.flatMap((name) => STEPS[name](place) ?? []);
  if (request.method === undefined || SAFE_METHODS.has(request.method)) return steps;
  return steps.map(({ shows, command }) => ({
    shows: /^curl -i (?!-X|-u)/.test(command) ? `${shows}; asked by GET, so that nothing is changed` : shows,
    command,
  }));
}

function placeOf(
  { url }: PastedRequest,
  held: Held | undefined,
  words: ReadonlySet<string> | undefined,
): Place {
  const shown = url === undefined ? '' : shownUrl(url, { words });
  const path = shown.replace(/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/?#]*/i, '');
  const origin = shown.slice(0, shown.length - path.length);
  const written = origin.includes(HIDDEN) ? origin.replace(/\/\/.*/, '//‹host›') : origin;
  const whole = written === '' ? 'https://‹host›' : written.startsWith('//') ? `https:${written}` : written;
  const [, host = '‹host›'] = /^[a-z]+:\/\/([\w.-]+)/i.exec(whole) ?? [];
  return {
    url: whole + filledIn(path === '' && origin === '' ? '/‹path›' : path),
    host,
    operation: (held?.operation ?? held?.nearest)?.id,
    target: held?.target,
  };
}

/** A path and a query with a place for each value that is not shown. */
function filledIn(path: string): string {
  return path
    .replace(/([?&])([^=&]+)=…/g, (_, before: string, name: string) => `${before}${name}=‹${name}›`)
    .replaceAll(HIDDEN, '‹id›');
}

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0] ?? url;
}

function curl(options: readonly string[], url: string, headers: readonly Word[]): string {
  const given = headers.flatMap((header) => ['-H', quoted(header)]);
  return ['curl -i', ...options, ...given, quoted([{ text: url }])].join(' ');
}
