import { chunksOf, jsonContent, type Content } from '../artefact/content.js';
import { inertText } from '../artefact/inert.js';
import type { Host } from './host.js';
import type { Colours } from './terminal.js';
import { wrapped } from './wrapped.js';

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Io {
  json: boolean;
  /** A line of the result. Not written with --json. */
  out: (line?: string) => void;
  /** The result as one JSON document. Written only with --json. */
  result: (value: unknown) => void;
  /** A remark on standard error. Not written with --quiet. */
  note: (line: string) => void;
  /** Progress on standard error, in place; only on a terminal. */
  progress: (text: string) => void;
  colours: Colours;
  /** How many characters of a line there is room for. */
  width: number;
  /** A text in lines that there is room for, each indented; all but the first by `hanging`, where it is given. */
  wrapped: (text: string, indent: number, hanging?: number) => string;
}

/** The options that every command has. */
export interface CommonOptions {
  specDir: string;
  out: string;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  color: boolean;
}

export function createIo(
  options: Pick<CommonOptions, 'json' | 'quiet' | 'color'>,
  { stdout, stderr, env, marks }: Pick<Host, 'stdout' | 'stderr' | 'env' | 'marks'>,
): Io {
  const json = options.json ?? false;
  const quiet = options.quiet ?? false;
  const wanted = options.color && !env['NO_COLOR'];
  const terminal = stderr.isTTY;
  const width = widthOf(stdout.columns ?? Number(env['COLUMNS']));
  let shown = false;
  const clear = (): void => {
    if (shown) stderr.clearLine();
    shown = false;
  };
  return {
    json,
    out: (line = '') => {
      clear();
      if (!json) stdout.write(`${line}\n`);
    },
    result: (value) => {
      if (json) stdout.write(jsonText(value));
    },
    note: (line) => {
      clear();
      if (!quiet) stderr.write(`${line}\n`);
    },
    progress: (text) => {
      if (!terminal || quiet || json) return;
      clear();
      stderr.write(text);
      shown = text !== '';
    },
    colours: marks.colours(wanted && stdout.isTTY && !json),
    width,
    wrapped: (text, indent, hanging) => wrapped(text, indent, width, hanging),
  };
}

/** The width of a terminal, within what can still be read; that of a build log where none is known. */
function widthOf(columns: number): number {
  return columns > 0 ? Math.min(Math.max(columns, 40), 140) : 80;
}

/** A value as JSON that stays the same value on a terminal and in the log of a build server. */
function jsonText(value: unknown): Content {
  return function* () {
    for (const chunk of chunksOf(jsonContent(value)))
      yield inertText(chunk, '.json').replaceAll('##', '#\\u0023');
  };
}
