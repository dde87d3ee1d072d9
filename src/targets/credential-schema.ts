import { Type, type Static } from '@sinclair/typebox';
import { literals } from '../document/literals.js';
import { Problem } from '../problem.js';
import { entryOf, type CredentialEntry, type CredentialForm } from './credential-entry.js';

const closed = { additionalProperties: false };
const text = Type.String({ minLength: 1 });
const place = { header: Type.Optional(text), headerName: Type.Optional(text) };
const PLACES = ['header', 'query', 'cookie'] as const;

/** One entry of `credentials`; that it holds exactly one kind is looked at afterwards, for the sake of the message. */
const CredentialItem = Type.Object(
  {
    scheme: Type.Optional(text),
    oauth: Type.Optional(
      Type.Object(
        {
          ...{ url: text, clientId: text, clientSecret: text, ...place },
          body: Type.Optional(literals(['json', 'form'])),
          clientAuthentication: Type.Optional(literals(['body', 'basic'])),
          scope: Type.Optional(text),
          audience: Type.Optional(text),
          tokenField: Type.Optional(text),
          lifetimeField: Type.Optional(text),
        },
        closed,
      ),
    ),
    bearer: Type.Optional(Type.Object({ token: text, ...place }, closed)),
    apiKey: Type.Optional(Type.Object({ in: literals(PLACES), name: text, value: text }, closed)),
    basic: Type.Optional(Type.Object({ user: text, password: text }, closed)),
    login: Type.Optional(
      Type.Object(
        {
          ...{ path: text, tokenAt: text, ...place },
          method: Type.Optional(literals(['POST', 'PUT'])),
          body: Type.Optional(literals(['json', 'form'])),
          fields: Type.Record(Type.String(), Type.Union([Type.String(), Type.Object({ env: text }, closed)])),
          lifetimeSeconds: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
        },
        closed,
      ),
    ),
    header: Type.Optional(Type.Object({ name: Type.Optional(text), value: text }, closed)),
  },
  closed,
);
type CredentialItem = Static<typeof CredentialItem>;

export const CredentialItems = Type.Array(CredentialItem);

export const Identities = Type.Object(
  {
    reader: Type.Optional(CredentialItems),
    other: Type.Optional(CredentialItems),
    expired: Type.Optional(CredentialItems),
  },
  closed,
);

/**
 * The entries of a list, with every default filled in.
 * @param complain given what is wrong, and the steps to it within the list
 */
export function entriesOf(
  items: readonly CredentialItem[],
  complain: (what: string, ...steps: (string | number)[]) => Problem,
): { entries: CredentialEntry[]; faults: Problem[] } {
  const entries: CredentialEntry[] = [];
  const faults: Problem[] = [];
  for (const [index, item] of items.entries()) {
    const [form, ...more] = formsIn(item);
    if (!form || more.length > 0) {
      faults.push(
        complain('a credential is of exactly one kind: oauth, bearer, apiKey, basic, login or header', index),
      );
      continue;
    }
    const entry = entryOf(form);
    for (const what of wrongWith(entry)) faults.push(complain(what, index));
    entries.push(entry);
  }
  return { entries, faults };
}

function formsIn({ scheme, ...kinds }: CredentialItem): CredentialForm[] {
  const { oauth, bearer, apiKey, basic, login, header } = kinds;
  const named = scheme === undefined ? {} : { scheme };
  return [
    ...(oauth ? [{ ...named, oauth }] : []),
    ...(bearer ? [{ ...named, bearer }] : []),
    ...(apiKey ? [{ ...named, apiKey }] : []),
    ...(basic ? [{ ...named, basic }] : []),
    ...(login ? [{ ...named, login }] : []),
    ...(header ? [{ ...named, header }] : []),
  ];
}

/** `token` of RFC 9110, section 5.6.2: what the name of a header or of a cookie is made of. */
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** What is in the value of a header: no control characters, and nothing beyond ISO 8859-1. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

function wrongWith(entry: CredentialEntry): string[] {
  const wrong: string[] = [];
  const hold = (fine: boolean, what: string) => {
    if (!fine) wrong.push(what);
  };
  if ('headerName' in entry) {
    hold(
      entry.header.includes('{token}'),
      'the header of a token must hold “{token}” where the token stands',
    );
    hold(VALUE.test(entry.header), 'the header of a token has characters that no header can hold');
    hold(NAME.test(entry.headerName), `“${entry.headerName}” cannot be the name of a header`);
  }
  if (entry.kind === 'fixed-header') {
    hold(NAME.test(entry.name), `“${entry.name}” cannot be the name of a header`);
    hold(VALUE.test(entry.value), 'the value of a header has characters that no header can hold');
  }
  if (entry.kind === 'api-key' && entry.in !== 'query') {
    hold(NAME.test(entry.name), `“${entry.name}” cannot be the name of a ${entry.in}`);
  }
  if (entry.kind === 'login') {
    hold(/^(?:\/|https?:\/\/)/.test(entry.path), 'the path of a login starts with “/”, or is a whole URL');
    hold(entry.tokenAt.startsWith('/'), '“tokenAt” is a JSON Pointer: it starts with “/”');
  }
  return wrong;
}
