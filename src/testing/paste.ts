import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './folder.js';

/** What happened to commands that were pasted into a shell. */
export interface Pasted {
  /** The arguments of each call of curl, in order. */
  calls: string[][];
  /** The files that are in the folder of the shell afterwards, with what they hold. */
  files: Record<string, string>;
  /** What the shell itself complained of. */
  complaints: string[];
}

/** A curl that asks nobody: it writes its arguments down, and answers as a token endpoint does. */
const CURL = `#!/bin/sh
{ for argument in "$@"; do printf '%s\\0' "$argument"; done; printf '\\n\\0'; } >> "$RECORD"
printf '%s' "$ANSWER"
`;

/**
 * Pastes lines into an interactive bash, where a line of the history can be taken for a part of a command.
 * @param variables what the reader has set; `ANSWER` is what curl prints
 */
export async function paste(
  lines: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Pasted> {
  await using folder = await temporaryFolder();
  const [tools, own, record] = ['tools', 'own', 'record'].map((name) => join(folder.path, name));
  await mkdir(tools ?? '');
  await mkdir(own ?? '');
  await writeFile(join(tools ?? '', 'curl'), CURL);
  await chmod(join(tools ?? '', 'curl'), 0o755);
  await writeFile(record ?? '', '');
  const complaints = await new Promise<string>((resolve, reject) => {
    const shell = execFile(
      'bash',
      ['--norc', '--noprofile', '-i'],
      {
        cwd: own,
        maxBuffer: 2 ** 26,
        env: {
          PATH: `${tools ?? ''}:${process.env['PATH'] ?? ''}`,
          PS1: '',
          PS2: '',
          ...{ HOME: '/home/somebody', RECORD: record, LC_ALL: 'C.UTF-8' },
          ...variables,
        },
      },
      (error, _out, err) => {
        if (error && typeof error.code !== 'number') reject(new Error('bash was not run', { cause: error }));
        else resolve(err);
      },
    );
    shell.stdin?.end([...lines, 'true', ''].join('\n'));
  });
  const calls = (await readFile(record ?? '', 'utf8'))
    .split('\n\0')
    .map((call) => call.split('\0').slice(0, -1));
  const files = await Promise.all(
    (await readdir(own ?? '')).map(
      async (name) => [name, await readFile(join(own ?? '', name), 'utf8')] as const,
    ),
  );
  return {
    calls: calls.slice(0, -1),
    files: Object.fromEntries(files),
    // An interactive bash repeats what is pasted where it has no terminal.
    complaints: complaints.split('\n').filter((line) => /^bash: (?!cannot set|no job)/.test(line)),
  };
}
