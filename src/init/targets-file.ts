import type { Contract } from '../contract/contract.js';
import type { CredentialForm } from '../targets/credential-entry.js';
import { UNKNOWN } from './addresses.js';
import type { Found } from './found.js';
import type { Settled } from './settle.js';
import { credentialOf, schemesIn, type AuthOption } from './auth-options.js';
import { commentedOut, commentText, flowText, yamlText } from './yaml-text.js';

/** Where nothing is documented: no host minds it, and a run still ends. */
const CAREFUL = 5;

/** `targets.yaml`: the mock, and the live host with comments that say what to change. No secret is in it. */
export function targetsText(contract: Contract, found: Found, settled: Settled): string {
  const live = liveLines(found, settled);
  const other = found.addresses.filter(({ url }) => url !== settled.live?.baseUrl);
  return [
    `# Where ${commentText(contract.title)} can be asked, and how. Written by conform init from the contract; yours from now on.`,
    '# No secret is here: credentials are named by environment variables, which a file .env can hold.',
    '# A line with “#” and no space behind it is ready to be used: take the “#” away.',
    'targets:',
    ...mockLines(contract),
    '',
    ...(settled.live
      ? live
      : [
          '  # The contract names no address. Put it here, and take the “#” of these lines away.',
          ...commentedOut(live),
        ]),
    ...(other.length === 0
      ? []
      : [
          '',
          '  # Other addresses that the contract names. Each would be a target like the one above, under its own name:',
          ...other.slice(0, MOST_OTHERS).map(({ url, kind }) => `  #   ${kind}: ${commentText(url, 200)}`),
        ]),
    '',
  ].join('\n');
}

const MOST_OTHERS = 20;

function mockLines({ operations, document, title }: Contract): string[] {
  const forms = schemesIn({ operations }).flatMap((scheme) => credentialOf(scheme, document, title) ?? []);
  const variables = [
    ...(forms.some((form) => 'apiKey' in form || 'basic' in form) ? ['MOCK_KEY: mock-key-for-tests'] : []),
    ...(forms.some((form) => 'basic' in form) ? ['MOCK_PASSWORD: mock-password-for-tests'] : []),
  ];
  return [
    '  # Answers from the contract’s own examples, on this machine: no account, no network. It shows whether the contract',
    '  # agrees with itself, and nothing of the live host.',
    '  mock:',
    '    about: answers from the contract’s own examples',
    '    standing: documented',
    '    serve: mock',
    ...(forms.length === 0
      ? []
      : ['    credentials: # invented: the mock looks only whether there are any', ...forms.map(inventedOf)]),
    ...(variables.length === 0 ? [] : [`    environment: { ${variables.join(', ')} }`]),
    '    writes: { default: full, most: full }',
  ];
}

/** What stands in for a credential where nobody looks at it. */
function inventedOf(form: CredentialForm): string {
  const { scheme = '' } = form;
  const named = (kind: string) => `      - { scheme: ${flowText(scheme)}, ${kind} }`;
  if ('apiKey' in form)
    return named(`apiKey: { in: ${form.apiKey.in}, name: ${flowText(form.apiKey.name)}, value: MOCK_KEY }`);
  if ('basic' in form) return named('basic: { user: MOCK_KEY, password: MOCK_PASSWORD }');
  return named('header: { value: Bearer mock-token-for-tests }');
}

function liveLines({ rate, otherServers }: Found, { live, way }: Settled): string[] {
  const baseUrl = live?.baseUrl ?? UNKNOWN.url;
  const kind = live?.name ?? UNKNOWN.kind;
  const shown = rate === undefined ? CAREFUL : Math.max(Math.floor(rate.perSecond * 1000) / 1000, 0.001);
  return [
    `  # Taken for ${kind} by its address alone: rename it where that is wrong. conform calls it by this name.`,
    `  ${kind}:`,
    '    about: the address that the contract names # what it is, and whose data it holds',
    '    standing: documented, not asked yet # how sure you are: documented, observed on a date, assumed',
    `    baseUrl: ${yamlText(baseUrl)}`,
    ...serverLines(otherServers),
    ...credentialLines(way),
    rate === undefined
      ? `    requestsPerSecond: ${shown} # the contract states no rate: put the documented one here`
      : `    requestsPerSecond: ${shown} # the contract says: ${rate.words}`,
    '    # How far operations that change something are asked: none, route (with an invalid token, so that nothing',
    '    # happens), validate (with a body that the contract forbids), full (for real, and removed again). `most` is the',
    '    # furthest that --writes can ask for. Keep production at none or route; give full to a sandbox alone.',
    '    writes: { default: none, most: none }',
    '    # Other callers, for checks of who may do what: who may only read, another tenant, a token that has expired.',
    ...commentedOut(['    identities:', '      reader: [{ bearer: { token: READER_TOKEN } }]']),
  ];
}

function serverLines(servers: Found['otherServers']): string[] {
  if (servers.length === 0) return [];
  return [
    '    # Operations that are on other hosts. Nothing is asked there, and no credential goes there, until you say so:',
    ...commentedOut([
      '    servers:',
      ...servers.slice(0, MOST_OTHERS).map(({ url, operations }) => {
        const name = yamlText(url);
        return `      ${name}: ${name} # operations: ${operations}`;
      }),
    ]),
  ];
}

function credentialLines(way: AuthOption | undefined): string[] {
  if (!way) {
    return [
      '    # No credential, until you name one. Other kinds: oauth, apiKey, basic, login, header.',
      ...commentedOut(['    credentials:', '      - bearer: { token: API_TOKEN }']),
    ];
  }
  return [
    '    # What is in capitals is the NAME of an environment variable, never what it holds.',
    '    credentials:',
    ...way.credentials.flatMap(credentialText),
    ...(way.instead === undefined
      ? []
      : [
          '      # Instead of a token, where the vendor gives you a client id and a secret (client credentials):',
          ...commentedOut(credentialText(way.instead)),
        ]),
  ];
}

function credentialText(form: CredentialForm): string[] {
  const [first = '', ...rest] = kindLines(form);
  if (form.scheme === undefined) return [`      - ${first}`, ...rest];
  return [`      - scheme: ${yamlText(form.scheme)}`, `        ${first}`, ...rest];
}

/** The kind of a credential: its first line without an indent, and what follows as it stands. */
function kindLines(form: CredentialForm): string[] {
  if ('oauth' in form) {
    const { url, clientId, clientSecret } = form.oauth;
    return [
      'oauth:',
      `          url: ${yamlText(url)}`,
      `          clientId: ${clientId}`,
      `          clientSecret: ${clientSecret}`,
      ...commentedOut([
        '          body: json # where the token endpoint takes no form',
        '          clientAuthentication: basic # where it wants the secret in a header',
        '          scope: read # scopes, parted by spaces',
      ]),
    ];
  }
  if ('bearer' in form) return [`bearer: { token: ${form.bearer.token} }`];
  if ('basic' in form) return [`basic: { user: ${form.basic.user}, password: ${form.basic.password} }`];
  if ('apiKey' in form) {
    const { in: place, name, value } = form.apiKey;
    const whole = place === 'header' && name.toLowerCase() === 'authorization';
    const hint = whole ? ' # the whole value: Bearer and the token, for example' : '';
    return [`apiKey: { in: ${place}, name: ${flowText(name)}, value: ${value} }${hint}`];
  }
  return [];
}
