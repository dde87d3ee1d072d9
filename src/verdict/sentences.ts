/**
 * What a verdict says, as codes with facts, and the one place where they become sentences. Nothing reads a sentence
 * again: who wants to know something goes by the code.
 */
interface FactsOf {
  // What was seen.
  answer: { method: string; url: string; at: string; status: string; came: string };
  pasted: { asked: string; came: string };
  'status-not-shown': Record<string, never>;
  'status-beside': { status: number };
  'status-in-body': { status: number };
  'status-in-words': { status: number };
  'status-against-body': { status: number; named: number };
  'refusal-in-success': { status: number };
  'page-in-success': { status: number };
  'header-of': { stack: string };
  'client-says': { client: string };
  'words-of-many': Record<string, never>;
  'plain-words': Record<string, never>;
  'words-of-several-causes': { stack: string };
  'words-with-other-status': { stack: string };
  'form-alone': Record<string, never>;
  'status-alone': Record<string, never>;
  'credentials-not-shown': Record<string, never>;
  'credentials-lost': Record<string, never>;
  'credentials-dropped': Record<string, never>;
  'leads-to': { to: string };
  'leads-from-credentials': Record<string, never>;
  'words-of': { stack: string };
  'layer-reached': { layer: string; before: string };
  'unknown-path-same': { came: string };
  'unknown-path-other': { came: string };
  'unknown-path-unsteady': Record<string, never>;
  'unknown-path-farther': Record<string, never>;
  'unknown-path-by-other-method': Record<string, never>;
  'no-unknown-path': Record<string, never>;
  'known-good': { operation: string; came: string; refused: string };
  'no-known-good': Record<string, never>;
  'known-bad-value-other': { operation: string; came: string };
  'known-bad-value-same': { operation: string };
  'without-token': { came: string };
  'other-spelling': { method: string; path: string; came: string };
  'other-method': { method: string; came: string };
  'other-host-routed': { host: string; came: string; unknown: string };
  'other-host-unrouted': { host: string; unknown: string };
  'other-base': { baseUrl: string; operation: string; came: string };
  'all-alike': { of: number };
  'host-alike': Record<string, never>;
  'token-endpoint-works': Record<string, never>;
  'header-changed': Record<string, never>;
  'bad-token-used': Record<string, never>;
  'bad-token-elsewhere': { came: string };
  'guard-before-method': { came: string };
  'method-before-guard': { came: string };
  listed: { operation: string };
  'weak-id': Record<string, never>;
  rival: { meaning: string; distinguishedBy: string };
  unsteady: { before: string };
  'rest-wanted': { rest: string };

  // What it means.
  works: Record<string, never>;
  'success-alone': { status: number };
  'success-in-body': Record<string, never>;
  'works-as-redirect': { status: number };
  deviates: { ways: number; first: string };
  'announced-success': { failure: string };
  signature: { signature: string; explanation: string };
  'no-signature': { status: string };
  'not-routed': { method: string; path: string; nearest: string };
  'not-routed-or-absent': { method: string; path: string };
  'not-routed-or-hidden': { method: string; path: string; nearest: string };
  'method-not-routed': { method: string; path: string; by: string };
  'caught-all': { method: string; path: string };
  'base-url-wrong': { baseUrl: string };
  'host-gone': Record<string, never>;
  'host-not-known': Record<string, never>;
  redirected: { to: string };
  'redirected-spelling': { method: string; path: string };
  'token-unproven': Record<string, never>;
  'token-refused': { meaning: string };
  'credentials-wanted': Record<string, never>;
  'token-refused-here': Record<string, never>;
  'permission-refused': Record<string, never>;
  'permission-refused-alike': Record<string, never>;
  'permission-refused-unasked': Record<string, never>;
  'permission-refused-to-all': Record<string, never>;
  'other-credentials': Record<string, never>;
  guarded: Record<string, never>;
  'guarded-path': Record<string, never>;
  'guard-hides-route': Record<string, never>;
  absent: Record<string, never>;
  'absent-or-hidden': Record<string, never>;
  'refused-input': { status: number };
  crashed: { status: number };
  'token-unsendable': { status: string };
  'token-not-found': { status: string };
  'no-token-member': { member: string };
  'token-member-unsendable': { member: string };

  // What to do.
  'fix-of-signature': { signature: string; fix: string };
  'add-signature': Record<string, never>;
  'use-spelling': { method: string; path: string };
  'look-up-path': Record<string, never>;
  'ask-why-other-host': { host: string };
  'look-up-method': { method: string };
  'ask-with-an-id-of-something': Record<string, never>;
  'ask-with-a-listed-id': Record<string, never>;
  'correct-base-url': { baseUrl: string };
  'find-the-host': Record<string, never>;
  'check-base-url': Record<string, never>;
  'get-one-to-work': Record<string, never>;
  'check-token': Record<string, never>;
  'set-credentials': Record<string, never>;
  'correct-security': Record<string, never>;
  'ask-for-access': Record<string, never>;
  'ask-how-authorised': Record<string, never>;
  'ask-further': Record<string, never>;
  'follow-redirect': Record<string, never>;
  'report-time': Record<string, never>;
  'correct-input': Record<string, never>;
  'ask-for-sendable-token': Record<string, never>;
  'correct-token-field': Record<string, never>;

  // What ruled a rival out.
  'same-token-works': { operation: string };
  'unknown-path-in-same-words': Record<string, never>;
  'unknown-path-in-other-words': Record<string, never>;
  'absent-in-other-words': { operation: string };
  'nothing-answers-otherwise': Record<string, never>;
  'routed-answers-bad-token-otherwise': Record<string, never>;
  'header-echoed': Record<string, never>;
  'refused-otherwise-without-token': { came: string };
}

export type Code = keyof FactsOf;

/** A code with its facts, and the sentence that they make. */
export interface Said {
  code: Code;
  facts: Readonly<Record<string, string | number>>;
  sentence: string;
}

/** Says something: the only way to a sentence of a verdict. */
export function say<C extends Code>(code: C, facts: FactsOf[C]): Said {
  return { code, facts, sentence: SENTENCES[code](facts) };
}

const name = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;
const beside = ({ nearest }: { nearest: string }): string => (nearest === '' ? '' : `; ${nearest} is`);

const SENTENCES: { [C in Code]: (facts: FactsOf[C]) => string } = {
  answer: ({ method, url, at, came }) => `${method} ${url} at ${at}: ${came}.`,
  pasted: ({ asked, came }) => `${asked === '' ? 'What came' : asked}: ${came}.`,
  'status-not-shown': () => 'The status is not shown.',
  'status-beside': ({ status }) => `The status ${status} was given next to it.`,
  'status-in-body': ({ status }) => `The status is not shown; the body itself names ${status}.`,
  'status-in-words': ({ status }) =>
    `The status is not shown; the words are the HTTP reason phrase of ${status}.`,
  'status-against-body': ({ status, named }) => `It came with status ${status}; its body names ${named}.`,
  'refusal-in-success': ({ status }) =>
    `It came with a success status (${status}), but its body reports a failure.`,
  'page-in-success': ({ status }) => `It came with a success status (${status}), but is a page for people.`,
  'header-of': ({ stack }) => `It has a header that only ${stack} sends.`,
  'client-says': ({ client }) => `It is what ${client} says; no answer was seen.`,
  'words-of-many': () => 'Many products use these words. They do not show who answered, or exactly why.',
  'plain-words': () =>
    'Its texts are not known. It is judged by ordinary words in them, which other hosts use with another meaning.',
  'words-of-several-causes': ({ stack }) =>
    `The words are those of ${stack}, which uses them for several causes.`,
  'words-with-other-status': ({ stack }) =>
    `The words are those of ${stack}, which is known to use them with another status only.`,
  'form-alone': () => 'Its words are not known; it is judged by its status and the form of its body.',
  'status-alone': () => 'It is judged by its status alone.',
  'credentials-not-shown': () => 'Whether credentials were sent is not shown.',
  'credentials-lost': () =>
    'Credentials were sent, but the host says that none arrived: a redirect or a proxy may have dropped them, or it looks for them in another place.',
  'credentials-dropped': () =>
    'It came after a redirect. Clients drop the credentials when a redirect leads to another host, some also when it leads to another scheme. Send the request to the last address directly.',
  'leads-to': ({ to }) => `It leads ${to}.`,
  'leads-from-credentials': () =>
    'Clients drop the credentials when they follow a redirect to another host, some also to another scheme. The next request is then refused because they are missing.',
  'words-of': ({ stack }) => `The words are those of ${stack}.`,
  'layer-reached': ({ layer, before }) =>
    `It was the ${layer} that answered, so ${before} let the request through.`,
  'unknown-path-same': ({ came }) =>
    `A made-up path next to it, which nobody can have routed, gets the same answer (${came}).`,
  'unknown-path-other': ({ came }) =>
    `A made-up path next to it, which nobody can have routed, is answered differently (${came}), so this one is routed.`,
  'unknown-path-unsteady': () =>
    'Two paths that nobody can have routed are answered differently, so nothing can be compared with them.',
  'unknown-path-farther': () =>
    'Every path of the same length may be one of an operation; what it was compared with is longer or shorter.',
  'unknown-path-by-other-method': () =>
    'The unknown path could not be asked by this method without risk, so it was compared with a read.',
  'no-unknown-path': () => 'No path was left to ask that certainly nobody has routed.',
  'known-good': ({ operation, came, refused }) =>
    `${operation} works with the same token (${came}), and is refused without one (${refused}).`,
  'no-known-good': () => 'No operation was seen that works with this token and is refused without one.',
  'known-bad-value-other': ({ operation, came }) =>
    `${operation}, which works, answers differently for an id that does not exist (${came}).`,
  'known-bad-value-same': ({ operation }) =>
    `${operation}, which works, gives the same answer for an id that does not exist as for an unknown path.`,
  'without-token': ({ came }) => `Without a token it answers ${came}.`,
  'other-spelling': ({ method, path, came }) => `${method} ${path} is routed (${came}).`,
  'other-method': ({ method, came }) =>
    `${method} on the same path is answered differently from an unknown path (${came}).`,
  'other-host-routed': ({ host, came, unknown }) =>
    `On ${host} it is routed: asked without a token it answers ${came}, and an unknown path ${unknown}.`,
  'other-host-unrouted': ({ host, unknown }) =>
    `On ${host} it is not routed either: an unknown path gets the same answer there (${unknown}).`,
  'other-base': ({ baseUrl, operation, came }) => `Below ${baseUrl}, ${operation} is answered ${came}.`,
  'all-alike': ({ of }) => `So do all ${of} operations that were asked.`,
  'host-alike': () => 'The address of the host alone is answered in the same way.',
  'token-endpoint-works': () => 'The token endpoint of the same host works.',
  'header-changed': () =>
    'The gateway echoed the hash of another Authorization header than the one that was sent, although it hashes a header of our own as expected: something between us changes the header.',
  'bad-token-used': () =>
    'It was asked with a token that is invalid on purpose, so that nothing could change.',
  'bad-token-elsewhere': ({ came }) =>
    `A routed operation, asked with the same invalid token, is answered differently (${came}).`,
  'guard-before-method': ({ came }) =>
    `A method that the contract does not have is refused in the same way (${came}), so the refusal says nothing of the method.`,
  'method-before-guard': ({ came }) =>
    `A method that the contract does not have is not refused for the invalid token (${came}): the host looks for the method first, and refuses the token only where it is there.`,
  listed: ({ operation }) => `${operation} works, and lists such things.`,
  'weak-id': () => 'The id in its path was not seen in a list of this run, so there may be no such thing.',
  rival: ({ meaning, distinguishedBy }) => `Not ruled out: ${meaning}; ${distinguishedBy}.`,
  'rest-wanted': ({ rest }) =>
    `It asks clients to wait ${/^\d+$/.test(rest) ? `${rest} s` : `until ${rest}`}.`,
  unsteady: ({ before }) => `Unsteady: before this answer it gave ${before}.`,

  works: () => 'It does what the contract says.',
  'success-alone': ({ status }) =>
    `Nothing is refused here: ${status} is the status of a success. Whether the answer matches the contract was not checked.`,
  'success-in-body': () =>
    'Nothing is refused here: the body itself says so. Its status is not shown. Whether it matches the contract was not checked.',
  'works-as-redirect': ({ status }) =>
    `It answers with the redirect (${status}) that the contract describes.`,
  deviates: ({ ways, first }) =>
    `It succeeds, but breaks the contract in ${ways === 1 ? 'one way' : `${ways} ways`}: ${first}.`,
  'announced-success': ({ failure }) => `A success was announced, but ${failure}.`,
  signature: ({ explanation }) => explanation,
  'no-signature': ({ status }) =>
    `No known signature matches this answer${status === '' ? '' : ` (status ${status})`}.`,
  'not-routed': (facts) =>
    `Not routed for this caller: ${name(facts)}${beside(facts)}. The refusal is the one that every unknown path gets; it says nothing about credentials or permissions.`,
  'not-routed-or-absent': (facts) =>
    `${name(facts)} gets the answer of an unknown path. But this host may give the same answer for an id that does not exist, so it may still be routed.`,
  'not-routed-or-hidden': (facts) =>
    `Not routed for this caller: ${name(facts)}${beside(facts)}. It gets the answer of an unknown path. A host may also give that answer for what a caller must not see.`,
  'method-not-routed': ({ method, path, by }) =>
    `The path ${path} is routed, ${method} on it is not (for this caller)${by === '' ? '' : `: ${by} is answered differently`}.`,
  'caught-all': (facts) =>
    `Not routed: ${name(facts)} gets the answer that this host gives to every request, with a success status.`,
  'base-url-wrong': ({ baseUrl }) =>
    `The base URL is wrong: every path below it gets the answer of an unknown path, and below ${baseUrl} there are operations.`,
  'host-gone': () => 'The whole host answers as retired: every request gets the same answer.',
  'host-not-known': () =>
    'Every path below this base URL gets the answer of an unknown path. The base URL may be wrong, or the host retired.',
  redirected: ({ to }) => `It answers with a redirect that the contract does not describe, ${to}.`,
  'redirected-spelling': (facts) =>
    `Not routed as it is written: ${name(facts)} redirects to another spelling of itself (slash or letter case).`,
  'token-unproven': () =>
    'No operation that requires credentials works with this token on this host, so the refusal says nothing about this operation.',
  'token-refused': ({ meaning }) => `The credentials are refused: ${meaning}.`,
  'credentials-wanted': () =>
    'The contract asks for no credentials here, but the host does. The request was sent without any.',
  'token-refused-here': () =>
    'The token is refused here, although it works elsewhere: this operation is not open to it.',
  'permission-refused': () =>
    'It is routed, and the caller is known: without a token it is refused differently. This caller may not do this.',
  'permission-refused-alike': () =>
    'It is routed, and refuses this caller, whose token works elsewhere. A request without a token is refused in the same way.',
  'permission-refused-unasked': () => 'It is routed, and refuses this caller, whose token works elsewhere.',
  'permission-refused-to-all': () =>
    'It is routed, and refuses requests without credentials, although the contract requires none.',
  'other-credentials': () =>
    'The route exists, but seems to take another kind of credentials than a bearer token.',
  guarded: () =>
    'Routed, and guarded by the token check. Whether it works with a valid token was not tested.',
  'guarded-path': () =>
    'The path is guarded by the token check. Whether this method is routed on it, and works with a valid token, cannot be seen.',
  'guard-hides-route': () =>
    'This host refuses an invalid token before it looks at the route, so nothing is known of this operation.',
  absent: () => 'The route works; there is no resource with this id.',
  'absent-or-hidden': () =>
    'It is answered differently from an unknown path: there is nothing there, or nothing that this caller may see.',
  'refused-input': ({ status }) =>
    `It is routed, the caller was let in, and the input was refused (${status}).`,
  crashed: ({ status }) => `It is routed, the caller was let in, and the server failed (${status}).`,
  'token-unsendable': ({ status }) =>
    `The token endpoint answered ${status} and gave a token, but one that cannot be sent: no header can hold its characters.`,
  'token-not-found': ({ status }) =>
    `The token endpoint answered ${status}, but the answer has no token at the place that targets.yaml names.`,
  'no-token-member': ({ member }) => `The token answer has no member “${member}”.`,
  'token-member-unsendable': ({ member }) =>
    `The token answer has a member “${member}”, but no header can hold its characters.`,

  'fix-of-signature': ({ fix }) => fix,
  'add-signature': () => 'Look at the exchange by hand, and add what it means to spec/signatures.yaml.',
  'use-spelling': (facts) => `Use ${name(facts)}.`,
  'look-up-path': () =>
    'Check the exact path and method in the vendor’s documentation. If it worked before, ask the vendor what changed.',
  'ask-why-other-host': ({ host }) => `Ask the vendor why ${host} has it and this host does not.`,
  'look-up-method': ({ method }) =>
    `Use another method, or ask the vendor whether ${method} should be supported there.`,
  'ask-with-an-id-of-something': () =>
    'To distinguish the two, ask with the id of something that exists: give one in samples.yaml, or use --writes full where the target allows it.',
  'ask-with-a-listed-id': () => 'Ask for an id that a listing of the same run has shown.',
  'correct-base-url': ({ baseUrl }) => `Set the base URL of the target to ${baseUrl}.`,
  'find-the-host': () => 'Find out where the API has moved, and correct the base URL.',
  'check-base-url': () => 'Check the base URL first: its host, and each part of its path (conform doctor).',
  'get-one-to-work': () =>
    'Get one operation to work first: check the token, the host and the header form (conform auth).',
  'check-token': () =>
    'Check the credentials: the environment that they are for, and whether they have expired (conform auth).',
  'set-credentials': () => 'Name the credentials of the target in targets.yaml, and set their variables.',
  'correct-security': () => 'Correct the contract: let it name the credentials that this operation requires.',
  'ask-for-access': () =>
    'Ask the vendor to allow this operation for the client id, and name the operation that works.',
  'ask-how-authorised': () => 'Ask the vendor how this operation is authorised.',
  'ask-further': () => 'To know more, ask with --writes validate, or on the sandbox with --writes full.',
  'follow-redirect': () =>
    'Look where it leads, and correct the path or the base URL, or describe the redirect in the contract.',
  'report-time': () => 'Report it to the vendor with the time of the request.',
  'correct-input': () =>
    'Correct the input: see what the answer says of it, and the samples that it was made from.',
  'ask-for-sendable-token': () =>
    'Ask whoever runs the token endpoint for a token of visible ASCII characters (RFC 6750, section 2.1).',
  'correct-token-field': () =>
    'Look at the shape of the answer, and correct tokenField (or tokenAt) in targets.yaml.',

  'same-token-works': ({ operation }) => `the same token works on ${operation} in the same run`,
  'unknown-path-in-same-words': () => 'a path that does not exist at all is refused in the same words',
  'unknown-path-in-other-words': () => 'an unknown path is refused in other words',
  'absent-in-other-words': ({ operation }) => `${operation} answers an id that does not exist in other words`,
  'nothing-answers-otherwise': () => 'no path at all is answered differently',
  'routed-answers-bad-token-otherwise': () => 'a routed operation answers this token differently',
  'header-echoed': () => 'the gateway echoed the SHA-256 of exactly the Authorization header that was sent',
  'refused-otherwise-without-token': ({ came }) => `without a token it is refused differently (${came})`,
};
