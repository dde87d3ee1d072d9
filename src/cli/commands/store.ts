import { Command } from '@commander-js/extra-typings';
import { command, keepingCommand, positive, STORE } from '../options.js';
import type { Start } from '../host.js';
import { helpCommand } from './help.js';

export function storeCommand(start: Start) {
  return new Command('store')
    .summary('the PostgreSQL that keeps runs in the place of files: make it, fill it, empty it')
    .addHelpText(
      'after',
      `
Examples:
  conform store migrate --store postgres://conform@db/fleet
  conform store import reports --store postgres://conform@db/fleet --agency rosewood

The password comes from PGPASSWORD, or CONFORM_STORE holds the whole URL.

Exit codes: 2 wrong usage; conform store COMMAND --help has those of each command.`,
    )
    .addCommand(migrateCommand(start))
    .addCommand(importCommand(start))
    .addCommand(exportCommand(start))
    .addCommand(pruneCommand(start))
    .addCommand(reindexCommand(start))
    .addCommand(helpCommand('  conform store help import'));
}

function migrateCommand(start: Start) {
  return command('migrate')
    .summary('make the tables of a store, or bring them to this version')
    .description(
      'Makes the schema “conform” in the database, or brings it to the version of this program, in one transaction. ' +
        'Run it after each update, as a user who may create tables.',
    )
    .option('--store <url>', STORE)
    .addHelpText(
      'after',
      `
Examples:
  conform store migrate --store postgres://owner@db/fleet

Exit codes: 0 it is of this version, 2 wrong usage, or a newer conform has made it, 3 the database cannot be used.`,
    )
    .action((options) =>
      start(async (host) => {
        const { storeMigrate } = await import('../actions/store.js');
        return storeMigrate(options, host);
      }),
    );
}

function importCommand(start: Start) {
  return keepingCommand('import')
    .summary('copy the records of a folder into the store')
    .description(
      'Copies runs, tickets, nights, overrides, measurements and expectations of a folder that conform has written.',
    )
    .argument('<dir>', 'the folder: the value of --out')
    .option('--replace', 'replace records that are there with another text')
    .addHelpText(
      'after',
      `
Examples:
  conform store import reports --agency rosewood

Exit codes: 0 all is in the store, 1 some are there with another text and were left, 2 wrong usage, 3 the database
cannot be used.`,
    )
    .action((dir, options) =>
      start(async (host) => {
        const { storeImport } = await import('../actions/store.js');
        return storeImport(dir, options, host);
      }),
    );
}

function exportCommand(start: Start) {
  return keepingCommand('export')
    .summary('copy the records of the store into a folder')
    .description(
      'Writes every record of an agency to the file that it would be without a store. Expectations go to expected/ of ' +
        'the folder.',
    )
    .argument('<dir>', 'the folder; commands read it with --out')
    .option('--replace', 'replace files that are there with another text')
    .addHelpText(
      'after',
      `
Examples:
  conform store export backup/rosewood --agency rosewood

Exit codes: 0 all is in the folder, 1 some are there with another text and were left, 2 wrong usage, 3 the database
cannot be used.`,
    )
    .action((dir, options) =>
      start(async (host) => {
        const { storeExport } = await import('../actions/store.js');
        return storeExport(dir, options, host);
      }),
    );
}

function pruneCommand(start: Start) {
  return keepingCommand('prune')
    .summary('remove the runs and nights of an agency that are older than so many days')
    .description(
      'Removes runs, nights and measurements that are older than so many days. The newest run of each target stays, and ' +
        'so do tickets, overrides and expectations.',
    )
    .requiredOption('--days <number>', 'how many days are kept', positive)
    .option('--plan', 'only say what would be removed')
    .addHelpText(
      'after',
      `
Examples:
  conform store prune --days 120 --plan
  conform store prune --days 120 --agency rosewood

Exit codes: 0 removed, 2 wrong usage, 3 the database cannot be used.`,
    )
    .action((options) =>
      start(async (host) => {
        const { storePrune } = await import('../actions/store.js');
        return storePrune(options, host);
      }),
    );
}

function reindexCommand(start: Start) {
  return keepingCommand('reindex')
    .summary('derive the index of an agency’s records from their texts again')
    .description(
      'The tables run, cause and night are an index of the records. This derives them again, after an update that ' +
        'reads runs otherwise, or after somebody has changed a record by SQL.',
    )
    .addHelpText(
      'after',
      `
Examples:
  conform store reindex --agency rosewood

Exit codes: 0 derived, 2 wrong usage, 3 the database cannot be used.`,
    )
    .action((options) =>
      start(async (host) => {
        const { storeReindex } = await import('../actions/store.js');
        return storeReindex(options, host);
      }),
    );
}
