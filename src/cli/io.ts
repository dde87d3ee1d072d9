import pc from 'picocolors';

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
  colours: ReturnType<typeof pc.createColors>;
}

/** The options that every command has. */
export interface CommonOptions {
  specDir: string;
  out: string;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  color: boolean;
}

export function createIo(options: Pick<CommonOptions, 'json' | 'quiet' | 'color'>): Io {
  const json = options.json ?? false;
  const quiet = options.quiet ?? false;
  const wanted = options.color && !process.env['NO_COLOR'];
  const terminal = process.stderr.isTTY;
  let shown = false;
  const clear = (): void => {
    if (shown) process.stderr.write('\r\u001b[2K');
    shown = false;
  };
  return {
    json,
    out: (line = '') => {
      clear();
      if (!json) process.stdout.write(`${line}\n`);
    },
    result: (value) => {
      if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    note: (line) => {
      clear();
      if (!quiet) process.stderr.write(`${line}\n`);
    },
    progress: (text) => {
      if (!terminal || quiet || json) return;
      clear();
      process.stderr.write(text);
      shown = text !== '';
    },
    colours: pc.createColors(wanted && process.stdout.isTTY && !json),
  };
}
