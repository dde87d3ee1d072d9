import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Type, type Static } from '@sinclair/typebox';
import { readTypedDocument } from '../document/read.js';
import { compileText, type TextPattern } from '../exchange/texts.js';
import { pointer } from '../json.js';
import { PACKAGE_ROOT } from '../package.js';
import { Problem, throwAll } from '../problem.js';
import { CAUSES, LAYERS } from './causes.js';

const closed = { additionalProperties: false };
const LayerName = Type.Union(LAYERS.map((layer) => Type.Literal(layer)));
const CauseName = Type.Union(
  (Object.keys(CAUSES) as (keyof typeof CAUSES)[]).map((cause) => Type.Literal(cause)),
);

/** What one kind of refusal looks like, means, and how it is put right. */
const Signature = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]+$' }),
    /** Whose words they are: `AWS API Gateway`. */
    stack: Type.String(),
    /** Statuses that it can have; must fit when given. `4xx` and `5xx` stand for all of their kind. */
    status: Type.Optional(Type.Array(Type.Union([Type.Integer(), Type.String({ pattern: '^[1-5]xx$' })]))),
    /** Known error texts, with `{name}` for what varies in them. */
    text: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
    /** Response headers and a regular expression for the value of each. */
    headers: Type.Optional(Type.Record(Type.String(), Type.String())),
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
    /** Other causes that give the same answer, and what tells them apart. */
    rivals: Type.Optional(Type.Array(Type.Object({ cause: CauseName, told: Type.String() }, closed))),
    explanation: Type.String(),
    fix: Type.String(),
    standing: Type.String(),
  },
  closed,
);
export type Signature = Static<typeof Signature>;

const SignaturesFile = Type.Object(
  {
    /** Names of members of error bodies, which may be kept. */
    names: Type.Optional(Type.Array(Type.String())),
    signatures: Type.Array(Signature),
  },
  closed,
);

/** All that is known of refusals. */
export interface Signatures {
  all: Signature[];
  /** Names of members of error bodies, which may be kept. */
  names: string[];
  /** The known error texts; the id of each is `<id of its signature>` or `<id>/<number>`. */
  texts: TextPattern[];
}

/**
 * Reads `signatures.yaml` of a spec folder. Most refusals are those of gateways that many vendors use: a folder
 * without that file is given the signatures that come with this package.
 * @throws Problem with file and line.
 */
export async function readSignatures(specDir: string): Promise<Signatures> {
  const own = join(specDir, 'signatures.yaml');
  const file = existsSync(own) ? own : join(PACKAGE_ROOT, 'spec', 'signatures.yaml');
  const source = await readTypedDocument(file, SignaturesFile);
  const { names = [], signatures } = source.value;
  throwAll(
    brokenPatterns(signatures).map(
      ({ place, why }) => new Problem(why, { place: { file, line: source.lineOf(place) } }),
    ),
  );
  const texts = signatures.flatMap(({ id, text, status }) =>
    textsOf(text).map((pattern, index) => ({
      id: index === 0 ? id : `${id}/${index + 1}`,
      text: pattern,
      status,
    })),
  );
  const ofMembers = signatures.flatMap(({ members = [] }) => members.flatMap((path) => path.split('.')));
  return { all: signatures, names: [...new Set([...names, ...ofMembers])], texts };
}

function textsOf(text: Signature['text']): string[] {
  return text === undefined ? [] : typeof text === 'string' ? [text] : text;
}

/** The regular expressions that are none, each with where it stands. */
function brokenPatterns(signatures: readonly Signature[]): { place: string; why: string }[] {
  const faults = (compile: () => unknown, ...steps: (string | number)[]) => {
    try {
      compile();
      return [];
    } catch (error) {
      const why = `cannot be compiled: ${error instanceof Error ? error.message : String(error)}`;
      return [{ place: pointer('signatures', ...steps), why }];
    }
  };
  return signatures.flatMap(({ text, headers = {} }, index) => [
    ...textsOf(text).flatMap((pattern) => faults(() => compileText(pattern), index, 'text')),
    ...Object.entries(headers).flatMap(([name, pattern]) =>
      faults(() => new RegExp(pattern, 'iu'), index, 'headers', name),
    ),
  ]);
}
