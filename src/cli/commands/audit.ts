import { collect, command } from '../options.js';
import type { Start } from '../host.js';

export function auditCommand(start: Start) {
  return command('audit')
    .summary('hold a consumer’s calls against the contract')
    .description(
      'Checks each call of a consumer against the contract: its host, method, path, and the names of its ' +
        'query and body. Where the contract has no such call, it names the nearest operation. Reads HAR files, curl command ' +
        'lines, access logs, JSON logs and spans, .http files, Postman collections, and lines of METHOD URL, each by ' +
        'what it holds; and code, in which it finds requests by file and line. Asks nothing of any network.',
    )
    .argument('[file...]', 'files with calls; - for standard input')
    .option(
      '--source <dir>',
      'a folder of code: Python, TypeScript, JavaScript, SQL, shell (repeatable)',
      collect,
    )
    .option(
      '--base-url <url>',
      'a further address of the API, such as a proxy or a mock (repeatable)',
      collect,
    )
    .option('--strict', 'warnings count for the exit code, too')
    .option('--details', 'every finding with every place')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  conform audit calls.har\n' +
        '  conform audit requests.http collection.json access.log\n' +
        '  pbpaste | conform audit -\n' +
        '  conform audit --source src --strict\n' +
        '\nErrors are calls that the contract does not have: path, method, host, or a path that holds no value (undefined).\n' +
        'Warnings are names of queries and bodies that it does not have, or requires.\n' +
        '\nExit codes: 0 the contract has every call, 1 it lacks one, 2 wrong usage, or a file that cannot be read, 3 no\n' +
        'call of this API was found.',
    )
    .action((files, options) =>
      start(async (host) => {
        const { auditCalls } = await import('../actions/audit.js');
        return auditCalls(files, options, host);
      }),
    );
}
