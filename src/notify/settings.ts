import { Type, type Static } from '@sinclair/typebox';

const closed = { additionalProperties: false };

/** The name of an environment variable. */
const Variable = Type.String({ pattern: '^[A-Za-z_][A-Za-z0-9_]*$' });

/** Chooses the notifier on the command line; each name once. Without it, its kind is its name. */
const name = Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }));

/** An issue of a code host with the interface of GitHub: opened, commented on, and closed when all is over. */
const IssueSettings = Type.Object(
  {
    /** `owner/name`; without it the variable GITHUB_REPOSITORY says it. */
    repository: Type.Optional(Type.String({ pattern: '^[\\w.-]+/[\\w.-]+$' })),
    /** By which the issue is found again: it is in the text, where nobody sees it. */
    key: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9._-]{1,60}$' })),
    /** The variable that holds the token; without it GITHUB_TOKEN. */
    token: Type.Optional(Variable),
    /** Where the interface is; without it the variable GITHUB_API_URL, or GitHub itself. */
    api: Type.Optional(Type.String()),
  },
  closed,
);
export type IssueSettings = Static<typeof IssueSettings>;

/** A command of the user's choice: it gets the message as JSON on standard input. */
const CommandSettings = Type.Object(
  {
    /** The program and its arguments. No shell takes part. */
    run: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
    /** Variables of the process that it is given besides PATH and HOME. */
    variables: Type.Optional(Type.Array(Variable)),
    timeoutSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 600 })),
  },
  closed,
);
export type CommandSettings = Static<typeof CommandSettings>;

/** A JSON document that is sent to an address, signed. */
const HttpSettings = Type.Object(
  {
    url: Type.Optional(Type.String()),
    /** The variable that holds the address, where that is a secret itself. */
    urlFrom: Type.Optional(Variable),
    /** The variable that holds the secret that the message is signed with. */
    secret: Variable,
  },
  closed,
);
export type HttpSettings = Static<typeof HttpSettings>;

/** One entry of `notify`: exactly one kind. */
export const NotifierEntry = Type.Union([
  Type.Object({ name, issue: IssueSettings }, closed),
  Type.Object({ name, command: CommandSettings }, closed),
  Type.Object({ name, desktop: Type.Object({}, closed) }, closed),
  Type.Object({ name, http: HttpSettings }, closed),
]);
export type NotifierEntry = Static<typeof NotifierEntry>;

/** By which name a notifier is chosen and recorded. */
export function nameOf(entry: NotifierEntry): string {
  if (entry.name !== undefined) return entry.name;
  if ('issue' in entry) return 'issue';
  if ('command' in entry) return 'command';
  return 'http' in entry ? 'http' : 'desktop';
}
