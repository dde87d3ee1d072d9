import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';

/** A command with the options that every command has. */
export function command(name: string) {
  return new Command(name)
    .option('--spec-dir <dir>', 'folder with the contract and what is known of the hosts', 'spec')
    .option('--out <dir>', 'folder for runs and reports', 'reports')
    .option(
      '--plugin <module>',
      'a file, folder or package with checks, formats or reporters of your own (may be repeated)',
      collect,
    )
    .option('--json', 'the result on standard output as one JSON document')
    .option('--quiet', 'no remarks and no progress on standard error')
    .option('--no-color', 'no colours (as with NO_COLOR in the environment)')
    .allowExcessArguments(false);
}

/** A command that reads or writes runs: it has the options that say where these are kept as well. */
export function keepingCommand(name: string) {
  return command(name)
    .option('--store <url>', STORE)
    .option('--agency <name>', 'whose they are in the store (default: "default")');
}

export const STORE =
  'a PostgreSQL that keeps runs, tickets, nights and expectations in the place of files; no password in it (or CONFORM_STORE)';

/** How far operations that change something are asked. */
export function writes(description: string) {
  return new Option('--writes <policy>', description).choices(['none', 'route', 'validate', 'full'] as const);
}

/** For options that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}

export function port(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0 && number <= 65535) return number;
  throw new InvalidArgumentError('A port is a number from 0 to 65535.');
}

/** `2/5`: the second of five shards. */
export function shard(value: string): { index: number; of: number } {
  const match = /^(\d+)\/(\d+)$/.exec(value);
  const index = Number(match?.[1]);
  const of = Number(match?.[2]);
  if (index >= 1 && of >= index) return { index, of };
  throw new InvalidArgumentError('A shard is written I/N, for example 2/5.');
}

/** `90`, `90s`, `10m`: a time in milliseconds. */
export function duration(value: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(value);
  const factor = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[match?.[2] ?? 's'];
  if (match && factor !== undefined) return Number(match[1]) * factor;
  throw new InvalidArgumentError('A time is written like 90s, 10m or 1h.');
}

/** `2/3`: two of three. */
export function share(value: string): { seen: number; of: number } {
  const match = /^(\d+)\/(\d+)$/.exec(value);
  const seen = Number(match?.[1]);
  const of = Number(match?.[2]);
  if (seen >= 1 && of >= seen) return { seen, of };
  throw new InvalidArgumentError('Write it N/M, for example 2/3.');
}

/** `sandbox,production`: the names of two targets. */
export function twoTargets(value: string): readonly [string, string] {
  const [one = '', other = '', ...more] = value.split(',').map((name) => name.trim());
  if (one !== '' && other !== '' && one !== other && more.length === 0) return [one, other];
  throw new InvalidArgumentError('Write two targets like sandbox,production.');
}

/** A moment as ISO 8601; a date alone means its midnight, UTC. */
export function instant(value: string): Date {
  const date = new Date(value);
  if (/^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError('A moment is written like 2026-02-26 or 2026-02-26T06:00:00Z.');
}

export function positive(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('Give a whole number from 1.');
}

/** A status of HTTP (RFC 9110, section 15). */
export function httpStatus(value: string): number {
  if (/^[1-5]\d\d$/.test(value)) return Number(value);
  throw new InvalidArgumentError('A status is a number from 100 to 599.');
}

/** A method of HTTP, in capital letters. */
export function httpMethod(value: string): string {
  if (/^[A-Za-z]{3,20}$/.test(value)) return value.toUpperCase();
  throw new InvalidArgumentError('A method is a word like GET.');
}

/** A whole URL of HTTP, or a path. */
export function httpUrl(value: string): string {
  const isWhole = /^https?:\/\//i.test(value) && URL.canParse(value);
  if (isWhole || /^\/(?!\/)\S*$/.test(value)) return value;
  throw new InvalidArgumentError('Write a whole URL like https://host/v1/things, or a path like /v1/things.');
}
