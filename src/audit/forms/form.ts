import type { Json } from '../../json.js';
import type { Reading } from '../call.js';

/** A text that holds calls in some form. */
export interface Source {
  /** What it is called where a place in it is named. */
  file: string;
  text: string;
  /** Its value, where it is JSON as a whole. */
  json: Json | undefined;
}

/** A form that a whole text has. */
export interface DocumentForm {
  /** As it is called in messages. */
  name: string;
  /** What the text holds, or undefined where it has another form. Never throws. */
  read: (source: Source) => Reading | undefined;
}

/**
 * A form of single lines. Those of several forms can be in one text, and what cannot be read loses itself only.
 */
export interface LineForm {
  name: string;
  /**
   * What begins at a line, and how many lines it takes; undefined where it has another form. Never throws.
   * @param index of the line, from 0
   */
  take: (text: Lines, index: number) => (Reading & { lines: number }) | undefined;
}

/** A text by its lines. */
export interface Lines {
  file: string;
  lines: readonly string[];
  /** What variables of a shell were set to on earlier lines. */
  variables: Map<string, string>;
}
