import { Command, InvalidArgumentError } from '@commander-js/extra-typings';

/** A command with the options that every command has. */
export function command(name: string) {
  return new Command(name)
    .option('--spec-dir <dir>', 'folder with the contract and what is known of the hosts', 'spec')
    .option('--out <dir>', 'folder for runs and reports', 'reports')
    .option('--json', 'the result on standard output as one JSON document')
    .option('--quiet', 'no remarks and no progress on standard error')
    .option('--no-color', 'no colours (as with NO_COLOR in the environment)')
    .allowExcessArguments(false)
    .showHelpAfterError('(conform <command> --help tells what there is)');
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
