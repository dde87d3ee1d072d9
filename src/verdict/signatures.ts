import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { readTypedDocument } from '../document/read.js';
import { compileWords } from '../exchange/plain-words.js';
import { isReasonPhrase } from '../exchange/status.js';
import { compileText, type TextPattern } from '../exchange/texts.js';
import { pointer } from '../json.js';
import { once } from '../once.js';
import { PACKAGE_ROOT, PREPARED } from '../package.js';
import { Problem, throwAll, together } from '../problem.js';
import { CAUSES, LAYERS } from './causes.js';
import { digestOf, readPrepared, type Prepared } from './prepared.js';

const closed = { additionalProperties: false };
const LayerName = Type.Union(LAYERS.map((layer) => Type.Literal(layer)));
const CauseName = Type.Union(
  (Object.keys(CAUSES) as (keyof typeof CAUSES)[]).map((cause) => Type.Literal(cause)),
);

const Texts = Type.Union([Type.String(), Type.Array(Type.String())]);
const Headers = Type.Record(Type.String(), Type.String());

const Rival = Type.Object(
  {
    cause: CauseName,
    distinguishedBy: Type.Optional(Type.String()),
    /** The former name of `distinguishedBy`, which files of users still have. */
    told: Type.Optional(Type.String()),
  },
  closed,
);

/** What one kind of refusal looks like, means, and how it is fixed. */
const Signature = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]+$' }),
    /** Whose words they are: `AWS API Gateway`. */
    stack: Type.String(),
    /** Statuses that it can have; must fit when given. `4xx` and `5xx` stand for all of their kind. */
    status: Type.Optional(Type.Array(Type.Union([Type.Integer(), Type.String({ pattern: '^[1-5]xx$' })]))),
    /** Whole messages that only it says, with `{name}` for what varies in them, and `…` for other words. */
    text: Type.Optional(Texts),
    /**
     * What a member of the body holds, as `path: value`, where only it has that there. Of a success nothing else is looked
     * at, and only where `status` names one.
     */
    values: Type.Optional(Texts),
    /** Messages that others say as well: they name nobody, and are `possible` at best. */
    common: Type.Optional(Texts),
    /**
     * Plain words of it, for `conform explain` where nothing else is known of what was pasted: `token|key … expired`. With
     * them an entry has no texts and no headers, and fits in no other way. Of several entries the first counts.
     */
    words: Type.Optional(Texts),
    /** Response headers that only it sends, and a regular expression for the value of each. */
    headers: Type.Optional(Headers),
    /** Response headers that are on every answer which passes through it, or which others send as well. */
    passes: Type.Optional(Headers),
    /** Kinds of body; must fit when given. */
    body: Type.Optional(
      Type.Array(
        Type.Union(['json', 'html', 'xml', 'text', 'empty', 'unreadable'].map((kind) => Type.Literal(kind))),
      ),
    ),
    /** Members that a JSON body has, `fault.detail` for one inside another; must be there when given. */
    members: Type.Optional(Type.Array(Type.String())),
    /** Error codes of failed connections. */
    failure: Type.Optional(Type.Array(Type.String())),
    /** What the request was like; must fit when given. */
    request: Type.Optional(
      Type.Object(
        {
          authorization: Type.Optional(Type.Boolean()),
          /** Whether it went to the token endpoint. */
          token: Type.Optional(Type.Boolean()),
        },
        closed,
      ),
    ),
    layer: LayerName,
    cause: CauseName,
    /**
     * Whether it is the same for several causes that nothing in it tells apart: then it is `possible` at best. `alone` where that
     * is so only as long as nothing was asked beside it, as in `conform explain`.
     */
    ambiguous: Type.Optional(Type.Union([Type.Boolean(), Type.Literal('alone')])),
    /** Other causes that give the same answer, and what tells them apart. */
    rivals: Type.Optional(Type.Array(Rival)),
    explanation: Type.String(),
    fix: Type.String(),
    /** What can be done where one answer is all that there is, as in `conform explain`; `fix` where not given. */
    fixAlone: Type.Optional(Type.String()),
    standing: Type.String(),
  },
  closed,
);
export type Signature = Static<typeof Signature>;

/**
 * What a client says of a failure, of an answer, or of its request: a part of a line, with `{name}` for what varies. It is a
 * failure where it has a code, of its own or in the place `{code}`; it describes an answer where it has a `{status}`.
 */
const ClientText = Type.Object(
  {
    /** Who says so: `curl`, `Python requests`. */
    client: Type.String(),
    says: Type.Optional(Texts),
    /**
     * Plain words of a failure, in the form of `compileWords`, for what is in no form that is known: of several entries the
     * first counts, and it is `possible` at best.
     */
    words: Type.Optional(Texts),
    /** Whether it counts only in a line that speaks of a request or an error. */
    vague: Type.Optional(Type.Boolean()),
    /** An error code of Node or undici, or one that a signature names as its `failure`. */
    code: Type.Optional(Type.String()),
    phase: Type.Optional(
      Type.Union([
        ...[Type.Literal('connect'), Type.Literal('send')],
        ...[Type.Literal('headers'), Type.Literal('aborted')],
      ]),
    ),
    standing: Type.String(),
  },
  closed,
);
export type ClientText = Static<typeof ClientText>;

/** Plain words, in the form of `compileWords`, by which sentences that refuse something are distinguished from others. */
const SentencesPart = Type.Object(
  {
    /** Those of a refusal, wherever they are in a sentence. */
    refuse: Type.Optional(Texts),
    /** Those of a refusal only where they are all that is said, as codes are. */
    alone: Type.Optional(Texts),
    /** Those of a sentence in which somebody is written that something was refused, as in a mail of a vendor. */
    notice: Type.Optional(Texts),
    /** Those of a sentence that is none, whatever else is in it. */
    other: Type.Optional(Texts),
    /** Those of a line about another protocol, a database or files, where errors have the same names. */
    elsewhere: Type.Optional(Texts),
  },
  closed,
);

export const SignaturesFile = Type.Object(
  {
    /** Names of members of error bodies, which may be kept. */
    names: Type.Optional(Type.Array(Type.String())),
    signatures: Type.Optional(Type.Array(Signature)),
    clients: Type.Optional(Type.Array(ClientText)),
    sentences: Type.Optional(SentencesPart),
  },
  closed,
);

/** All that is known of refusals. */
export interface Signatures {
  /** Those of the spec folder first: of two that fit equally well, the first is taken. */
  all: Signature[];
  /** Names of members of error bodies, which may be kept. */
  names: string[];
  /** The known error texts; the id of each is `<id of its signature>` or `<id>/<number>`. */
  texts: TextPattern[];
  /** What clients say. Of two that are in one trace, the one that comes first counts. */
  clients: ClientText[];
  /** By which words sentences that refuse something are known. */
  sentences: SentenceWords;
}

/** Plain words, each in the form of `compileWords`. */
export type SentenceWords = Record<'refuse' | 'notice' | 'alone' | 'other' | 'elsewhere', string[]>;

export const NO_SENTENCES: SentenceWords = { refuse: [], notice: [], alone: [], other: [], elsewhere: [] };

/** Where the signatures of this package are: one file for each family of servers. */
const OF_PACKAGE = join(PACKAGE_ROOT, 'signatures');

/**
 * Reads the signatures of this package, which are those of gateways and frameworks that many vendors use, and
 * `signatures.yaml` of a spec folder, if it is there: it adds to them, and replaces those that have the same id.
 * @throws Problem with file and line.
 */
export async function readSignatures(specDir: string): Promise<Signatures> {
  const own = join(specDir, 'signatures.yaml');
  const [ownLayer, ofThisPackage] = await Promise.all([
    existsSync(own) ? readLayer([own]) : [],
    packageLayer(),
  ]);
  const ofOwn = ownLayer.flatMap(({ signatures = [] }) => signatures);
  const replaced = new Set(ofOwn.map(({ id }) => id));
  const ofPackage = ofThisPackage.flatMap(({ signatures = [] }) => signatures);
  const all = [...ofOwn, ...ofPackage.filter(({ id }) => !replaced.has(id))];
  const names = [...ofThisPackage, ...ownLayer].flatMap((file) => file.names ?? []);
  const ofMembers = all.flatMap(({ members = [] }) => members.flatMap((path) => path.split('.')));
  const files = [...ownLayer, ...ofThisPackage];
  const wordsOf = (kind: keyof SentenceWords) => files.flatMap(({ sentences }) => textsOf(sentences?.[kind]));
  return {
    all,
    names: [...new Set([...names, ...ofMembers])],
    texts: all.flatMap(patternsOf),
    clients: files.flatMap((file) => file.clients ?? []),
    sentences: {
      ...{ refuse: wordsOf('refuse'), notice: wordsOf('notice'), alone: wordsOf('alone') },
      ...{ other: wordsOf('other'), elsewhere: wordsOf('elsewhere') },
    },
  };
}

type Layer = Static<typeof SignaturesFile>[];

/** The file of `PREPARED` that holds the signatures of this package. */
export const SIGNATURES_PREPARED = 'signatures.json';

/** The files of this package stay the same while a process lives, and take longer to read than all else before a check asks. */
const packageLayer = once(readPackageLayer);

async function readPackageLayer(): Promise<Layer> {
  const files = await filesOfPackage();
  const prepared =
    PREPARED === undefined
      ? undefined
      : await readPrepared<Layer>(join(PREPARED, SIGNATURES_PREPARED), files);
  return prepared ?? (await readLayer(files));
}

/**
 * What the build writes to `SIGNATURES_PREPARED`.
 * @throws Problem with file and line.
 */
export async function prepareSignatures(): Promise<Prepared<Layer>> {
  const files = await filesOfPackage();
  return { digest: await digestOf(files), value: await readLayer(files) };
}

async function filesOfPackage(): Promise<string[]> {
  const names = await readdir(OF_PACKAGE);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(OF_PACKAGE, name));
}

async function readLayer(files: readonly string[]): Promise<Layer> {
  return together(
    files.map(async (file) => {
      const source = await readTypedDocument(file, SignaturesFile);
      throwAll(
        faultsOf(source.value).map(
          ({ place, why }) =>
            new Problem('CONFORM_E_SETTING_INVALID', why, { place: { file, line: source.lineOf(place) } }),
        ),
      );
      return source.value;
    }),
  );
}

/** The texts of a signature, those that others say as well last. */
function patternsOf({ id, text, values, common, status, ambiguous = false }: Signature): TextPattern[] {
  const own = textsOf(text).map((pattern) => ({ text: pattern, common: isReasonPhrase(pattern) }));
  const held = textsOf(values).map((pattern) => ({
    text: pattern,
    common: ambiguous === true,
    isValue: true,
  }));
  const shared = textsOf(common).map((pattern) => ({ text: pattern, common: true }));
  return [...own, ...held, ...shared].map((pattern, index) => ({
    ...pattern,
    id: index === 0 ? id : `${id}/${index + 1}`,
    status,
  }));
}

export function textsOf(texts: Signature['text']): string[] {
  return texts === undefined ? [] : typeof texts === 'string' ? [texts] : texts;
}

/** What is wrong with signatures beyond their form, each with where it is. */
function faultsOf({ signatures = [], clients = [], sentences = {} }: Layer[0]): Fault[] {
  const first = new Map<string, number>();
  const twice = signatures.flatMap(({ id }, index) => {
    if (!first.has(id)) first.set(id, index);
    return first.get(id) === index
      ? []
      : [{ place: pointer('signatures', index, 'id'), why: `there are two signatures “${id}”` }];
  });
  const undistinguished = signatures.flatMap(({ rivals = [] }, index) =>
    rivals.flatMap(({ distinguishedBy, told }, at) =>
      (distinguishedBy ?? told) === undefined
        ? [
            {
              place: pointer('signatures', index, 'rivals', at),
              why: 'a rival says by distinguishedBy what distinguishes it',
            },
          ]
        : [],
    ),
  );
  return [...twice, ...undistinguished, ...brokenPatterns(signatures), ...brokenWords(clients, sentences)];
}

interface Fault {
  /** A JSON pointer in the file. */
  place: string;
  why: string;
}

/** What is wrong with something that has to compile. */
function faultsIn(compile: () => unknown, ...steps: (string | number)[]): Fault[] {
  try {
    compile();
    return [];
  } catch (error) {
    const why = `cannot be compiled: ${error instanceof Error ? error.message : String(error)}`;
    return [{ place: pointer(...steps), why }];
  }
}

/** The patterns of signatures that are none, each with where it is. */
function brokenPatterns(signatures: readonly Signature[]): Fault[] {
  return signatures.flatMap((signature, index) => [
    ...(['text', 'values', 'common'] as const).flatMap((member) =>
      textsOf(signature[member]).flatMap((pattern) =>
        faultsIn(() => compileText(pattern), 'signatures', index, member),
      ),
    ),
    ...textsOf(signature.words).flatMap((words) =>
      faultsIn(() => compileWords(words), 'signatures', index, 'words'),
    ),
    ...(['headers', 'passes'] as const).flatMap((member) =>
      Object.entries(signature[member] ?? {}).flatMap(([name, pattern]) =>
        faultsIn(() => new RegExp(pattern, 'iu'), 'signatures', index, member, name),
      ),
    ),
  ]);
}

/** The plain words of clients and of sentences that are none, each with where it is. */
function brokenWords(
  clients: readonly ClientText[],
  sentences: Partial<Record<keyof SentenceWords, Static<typeof Texts>>>,
): Fault[] {
  return [
    ...clients.flatMap(({ words }, index) =>
      textsOf(words).flatMap((one) => faultsIn(() => compileWords(one), 'clients', index, 'words')),
    ),
    ...Object.entries(sentences).flatMap(([kind, texts]) =>
      textsOf(texts).flatMap((one, index) =>
        faultsIn(() => compileWords(one), 'sentences', kind, ...(typeof texts === 'string' ? [] : [index])),
      ),
    ),
  ];
}
