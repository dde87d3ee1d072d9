import type { Json } from '../../json.js';
import type { Random } from '../egress/random.js';
import type { Form } from './form.js';

/** One input that was drawn: a tree, how it is written, and what is done with it. */
export interface Drawn {
  tree: Json;
  form: Form;
  /** What is other about it than about a real input. */
  by: readonly string[];
  /** Where it is below the project; undefined where a server answers with it. */
  file: string | undefined;
  /** Commands of conform without `--spec-dir` and `--out`. */
  commands: readonly (readonly string[])[];
}

/** Real inputs of one kind, and what is around them. */
export interface Bench {
  /** The files of the project before each input, by their paths. */
  files: ReadonlyMap<string, string | Buffer>;
  draw: (random: Random) => Drawn;
  /** The bytes of a tree that was drawn, also of a smaller one. */
  bytes: (tree: Json, form: Form) => Buffer;
}

/** The folders of a project. */
export const SPEC = 'spec';
export const OUT = 'out';

/** A secret that the program knows, and values of an invented person: no output may hold one. */
export const SECRET = 'client-secret-for-tests-quabvexmli';
export const PERSON = 'wubbjint30355501426phlo';
