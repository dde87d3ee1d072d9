import { Command, InvalidArgumentError } from '@commander-js/extra-typings';
import { demandPart } from '../installed.js';
import { command } from '../options.js';
import type { Start } from '../host.js';
import { helpCommand } from './help.js';

const DATABASE = 'the database of the cache (default: DATABASE_URL in the environment or a .env file)';

export function cacheCommand(start: Start) {
  return new Command('cache')
    .summary('the caller-ID cache: fill it, ask it, print its schema')
    .addHelpText(
      'after',
      `
Examples:
  conform cache schema | psql "$DATABASE_URL"
  conform cache sync --target sandbox
  conform cache lookup '+1 555 555 0123'

Exit codes: 2 wrong usage; conform cache COMMAND --help has those of each command.`,
    )
    .addCommand(syncCommand(start))
    .addCommand(lookupCommand(start))
    .addCommand(schemaCommand(start))
    .addCommand(helpCommand('  conform cache help sync'));
}

function syncCommand(start: Start) {
  return command('sync')
    .summary('fill the cache from the API')
    .description(
      'Fetches caregivers, clients and their families from the API, and staff from a file, and replaces what ' +
        'the cache holds: at one moment, or not at all. Run again after an interruption, it goes on where it was.',
    )
    .option('--database-url <url>', DATABASE)
    .option('--target <name>', 'the target of targets.yaml to ask', 'production')
    .option('--base-url <url>', 'ask another address instead of the target’s own, for a test')
    .option('--staff <file>', 'the office’s own people: YAML or JSON with name, phone, role')
    .option('--min-share <n>', 'refuse when less than this share of the known people came', share, 0.5)
    .addHelpText(
      'after',
      `
Examples:
  conform cache sync
  conform cache sync --target sandbox --staff office.yaml

Exit codes: 0 filled, 1 too little came and the cache is as it was, 2 wrong usage, 3 no answer possible.`,
    )
    .action((options) =>
      start(async (host) => {
        demandPart('cache', 'conform cache sync');
        const { cacheSync } = await import('../actions/cache-sync.js');
        return cacheSync(options, host);
      }),
    );
}

function lookupCommand(start: Start) {
  return command('lookup')
    .summary('say who has a phone number')
    .argument('<phone>', 'as people or networks write it')
    .option('--database-url <url>', DATABASE)
    .option('--fallback', 'ask the API when the cache knows nobody, and fill the cache from what it says')
    .option('--target <name>', 'the target of targets.yaml that the fallback asks', 'production')
    .option('--base-url <url>', 'ask another address instead of the target’s own, for a test')
    .addHelpText(
      'after',
      `
Examples:
  conform cache lookup '+1 555 555 0123'
  conform cache lookup 555-555-0123 --fallback

Exit codes: 0 somebody is known, 1 nobody is, 2 wrong usage, or not a phone number, 3 no answer possible.`,
    )
    .action((phone, options) =>
      start(async (host) => {
        demandPart('cache', 'conform cache lookup');
        const { cacheLookup } = await import('../actions/cache-lookup.js');
        return cacheLookup(phone, options, host);
      }),
    );
}

function schemaCommand(start: Start) {
  return command('schema')
    .summary('print the schema of the cache, and the migration from what was found')
    .addHelpText(
      'after',
      `
Examples:
  conform cache schema > cache.sql
  conform cache schema --json

Exit codes: 0 printed, 2 wrong usage.`,
    )
    .action((options) =>
      start(async (host) => {
        const { cacheSchema } = await import('../actions/cache-schema.js');
        return cacheSchema(options, host);
      }),
    );
}

function share(value: string): number {
  const number = Number(value);
  if (number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('A share is a number from 0 to 1.');
}
