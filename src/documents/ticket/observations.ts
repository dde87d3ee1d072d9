import { addToGroup } from '../../groups.js';
import type { Capability } from '../../record/run.js';
import type { Cause } from '../../verdict/causes.js';
import type { Code } from '../../verdict/sentences.js';
import { groupOf } from '../../tickets/group.js';
import { meaningOf } from './wording.js';

type Facts = Readonly<Record<string, string | number>>;
type Sentences = Partial<Record<Code, (facts: Facts) => string>>;

/** What the vendor has to know before anything else: what the answer says, and what it does not. */
export function mainObservations(operations: readonly Capability[]): string[] {
  return bySentence(operations, (operation) =>
    evidenceIn(operation).flatMap(({ code, facts }) => wordedBy(FIRST, code)?.(facts) ?? []),
  );
}

/** What else was seen that bears on the cause. */
export function otherObservations(operations: readonly Capability[]): string[] {
  return bySentence(operations, (operation) =>
    evidenceIn(operation).flatMap(({ code, facts, sentence }) => {
      // The exchange is shown as a whole.
      if (code === 'answer' || wordedBy(FIRST, code)) return [];
      return wordedBy(BESIDES, code)?.(facts) ?? sentence;
    }),
  );
}

/** What else it could have been, and the observation that excludes it. */
export function suspicionsOf(operations: readonly Capability[]): { suspected: string; excluded: string }[] {
  const groups = new Map<string, Map<string, Capability[]>>();
  for (const operation of operations)
    operation.ruledOut.forEach(({ cause, because }, index) => {
      const stated = operation.codes?.ruledOut[index];
      const suspected = suspicionOf(cause);
      const reasons = groups.get(suspected) ?? new Map<string, Capability[]>();
      groups.set(suspected, reasons);
      addToGroup(reasons, (stated && wordedBy(EXCLUDED, stated.code)?.(stated.facts)) ?? because, operation);
    });
  return [...groups].map(([suspected, reasons]) => ({
    suspected,
    // What was seen at some of them only says at which.
    excluded: [...reasons]
      .map(([reason, of]) =>
        new Set(of).size === operations.length ? reason : `${reason} (${groupOf([...new Set(of)])})`,
      )
      .join('; and because '),
  }));
}

/** The evidence of an operation; of one of a former version only its sentences are known. */
function evidenceIn({ evidence, codes }: Capability) {
  return evidence.map((sentence, index) => {
    const { code = '', facts = {} } = codes?.evidence[index] ?? {};
    return { code, facts, sentence };
  });
}

/** Each sentence once, in the order in which they come; what is not true of all operations says of which it is. */
export function bySentence(
  operations: readonly Capability[],
  sentencesOf: (operation: Capability) => readonly string[],
): string[] {
  const groups = new Map<string, Set<Capability>>();
  for (const operation of operations)
    for (const sentence of sentencesOf(operation)) {
      const group = groups.get(sentence) ?? new Set();
      groups.set(sentence, group.add(operation));
    }
  return [...groups].map(([sentence, group]) =>
    group.size === operations.length ? sentence : `${groupOf([...group])}: ${sentence}`,
  );
}

function wordedBy(sentences: Sentences, code: string): ((facts: Facts) => string) | undefined {
  return isOwn(sentences, code) ? sentences[code] : undefined;
}

function isOwn<T extends object>(object: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(object, key);
}

const fact = (facts: Facts, name: string): string => String(facts[name] ?? '');

const FIRST: Sentences = {
  'unknown-path-same': () =>
    'The host gives this very answer to every unknown path, too (we asked made-up ones). So its text does not show what is wrong: a path that was removed, one that is closed to us, and a wrong URL all look the same.',
  'unknown-path-other': (facts) =>
    `The host knows the path: a made-up path beside it gets another answer (${fact(facts, 'came')}).`,
  'known-good': (facts) =>
    `Our credentials work: the same token gets ${fact(facts, 'came')} from ${fact(facts, 'operation')}, which refuses requests without a token (${fact(facts, 'refused')}).`,
};

const BESIDES: Sentences = {
  'words-of': (facts) => `The text of the answer is known from ${fact(facts, 'stack')}.`,
  'layer-reached': (facts) =>
    LAYERS_REACHED[fact(facts, 'layer')] ??
    `The answer came from this layer: ${fact(facts, 'layer')}; so these let the request through: ${fact(facts, 'before')}.`,
  'unknown-path-unsteady': () =>
    'Two made-up paths are answered differently, so nothing can be compared with them.',
  'unknown-path-farther': () =>
    'The made-up paths that we compared it with are longer or shorter than this one.',
  'unknown-path-by-other-method': () =>
    'We asked made-up paths by a read only, since another method could have changed something: so the two answers cannot be compared.',
  'no-unknown-path': () => 'We could not ask a made-up path: any path could be one of the API.',
  'no-known-good': () => 'We saw no operation that works with this token and is refused without one.',
  'without-token': (facts) => `Without a token the answer is ${fact(facts, 'came')}.`,
  'all-alike': (facts) => `All ${fact(facts, 'of')} operations that we asked are answered in this way.`,
  'bad-token-used': () => 'We asked with a token that is invalid on purpose, so that nothing could change.',
};

const LAYERS_REACHED: Readonly<Record<string, string>> = {
  gateway:
    'The answer came from the API gateway, so the network and what is in front of the gateway (CDN, firewall) let the request through.',
  application:
    'The answer came from the application, so the network, the firewall, the gateway and the check of the token let the request through.',
  resource:
    'The answer came from the application, so the network, the firewall, the gateway and the check of the token let the request through.',
};

const EXCLUDED: Sentences = {
  'same-token-works': (facts) => `the same token works on ${fact(facts, 'operation')}`,
  'unknown-path-in-same-words': () => 'a made-up path gets the same refusal',
  'unknown-path-in-other-words': () => 'a made-up path gets another answer',
  'refused-otherwise-without-token': (facts) =>
    `without a token the answer is another one (${fact(facts, 'came')})`,
  'header-echoed': () =>
    'the answer repeats the SHA-256 hash of exactly the Authorization header that we sent',
};

/** A cause as what one would suspect first, as a clause. */
function suspicionOf(cause: string): string {
  return isOwn(SUSPICIONS, cause) ? (SUSPICIONS[cause] ?? meaningOf(cause)) : meaningOf(cause);
}

const SUSPICIONS: Partial<Record<Cause, string>> = {
  'route-missing': 'the host has no such path or method',
  'token-invalid': 'our token is unknown, expired, revoked, or meant for another environment',
  'token-missing': 'our token did not arrive',
  'token-malformed': 'our Authorization header arrived in a form that could not be read',
  'access-denied': 'the path exists, and a rule for our client refuses it in words of its own',
  'resource-missing': 'the path exists, and only the thing that we asked for does not',
};
