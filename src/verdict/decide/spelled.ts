import type { Controls } from '../question.js';
import { say, type Said } from '../sentences.js';

/** What another spelling of a path says of it. */
export interface Spelled {
  /** Method and path of one that is routed; empty where there is none. */
  nearest: string;
  /** What is to be done where it is usable: then the path was only misspelled, and the mistake is ours. */
  fix: Said | undefined;
}

/** What the search of other spellings has found. */
export function spelledIn({ otherSpelling }: Controls): Spelled {
  if (!otherSpelling) return { nearest: '', fix: undefined };
  const { method, path, isUsable } = otherSpelling;
  return { nearest: `${method} ${path}`, fix: isUsable ? say('use-spelling', { method, path }) : undefined };
}
