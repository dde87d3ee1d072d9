// A page for each command, from its definition in the built program.
import { commandLine } from '../dist/src/cli/program.js';

/** The pages of all commands: their titles and texts by their names, such as `commands/check.md`. */
export function commandPages() {
  const program = commandLine(() => Promise.resolve());
  const commands = program.commands.filter((command) => command.name() !== 'help');
  const common = commonOf(commands);
  const pages = commands.map((command) => ({
    name: `commands/${command.name()}.md`,
    title: command.name(),
    text: pageOf(command, common),
  }));
  const rows = commands.map(
    (command) => `| [\`${command.name()}\`](./${command.name()}.md) | ${cell(command.summary())} |`,
  );
  const index = [
    '# Commands',
    ...['', program.description(), ''],
    ...['| command | what it does |', '| --- | --- |', ...rows],
    ...afterwards(program, (text) => ['', `## ${text}`]),
  ].join('\n');
  return [{ name: 'commands/index.md', title: 'All commands', text: index }, ...pages];
}

function pageOf(command, common, depth = 1) {
  const help = command.createHelp();
  const argumentsOf = help.visibleArguments(command);
  const options = help.visibleOptions(command).filter(({ long }) => long !== '--help');
  const own = options.filter(({ flags }) => !common.has(flags));
  const row = (option) =>
    `| \`${option.flags.replaceAll('|', '\\|')}\` | ${cell(help.optionDescription(option))} |`;
  const table = (name, rows) =>
    rows.length === 0 ? [] : ['', `| ${name} | meaning |`, '| --- | --- |', ...rows];
  const heading = (text) => ['', `${'#'.repeat(depth + 1)} ${text}`];
  return [
    `${'#'.repeat(depth)} conform ${pathOf(command)}`,
    ...['', command.description(), ''],
    ...['```sh', help.commandUsage(command), '```'],
    ...table(
      'argument',
      argumentsOf.map(
        (argument) => `| \`${argument.name()}\` | ${cell(help.argumentDescription(argument))} |`,
      ),
    ),
    ...(own.length === 0 ? [] : heading('Options')),
    ...table('option', own.map(row)),
    ...afterwards(command, heading),
    ...heading('Options of every command'),
    ...table('option', options.filter((option) => !own.includes(option)).map(row)),
    ...command.commands
      .filter((below) => below.name() !== 'help')
      .flatMap((below) => ['', pageOf(below, common, depth + 1)]),
  ].join('\n');
}

/** The options that all commands have, by their flags. */
function commonOf(commands) {
  const [first, ...others] = commands.map((command) => new Set(command.options.map(({ flags }) => flags)));
  return new Set([...first].filter((flags) => others.every((options) => options.has(flags))));
}

function pathOf(command) {
  return command.parent?.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

/** What the help of a command has behind its options: examples, exit codes, remarks. */
function afterwards(command, heading) {
  let printed = '';
  command.configureOutput({ writeOut: (text) => (printed += text) });
  command.outputHelp();
  const text = printed.slice(command.helpInformation().length);
  return text
    .trim()
    .split(/\n\n+/)
    .flatMap((paragraph) => {
      if (paragraph.startsWith('Examples:\n')) {
        const lines = paragraph.split('\n').slice(1);
        return [
          ...heading('Examples'),
          '',
          '```sh',
          ...lines.map((line) => line.replace(/^ {2}/, '')),
          '```',
        ];
      }
      const exits = /^Exit codes: ([\s\S]*)$/.exec(paragraph)?.[1];
      return exits === undefined ? ['', escape(paragraph)] : [...heading('Exit codes'), '', escape(exits)];
    });
}

/** A text as a cell of a table. */
function cell(text) {
  return escape(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** A text of the program as Markdown that shows it as it is. */
function escape(text) {
  return text.replaceAll(/[\\*_[\]`]/g, (letter) => `\\${letter}`);
}
