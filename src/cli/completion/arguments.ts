import type { CommandWords, OptionWords, Values } from './words.js';

/** What can be typed as an argument of a command; the same in every shell. */
export interface Arguments {
  /** Names of commands, and words that its arguments can be. */
  words: readonly { name: string; description: string }[];
  files: boolean;
  folders: boolean;
}

export function argumentsOf({ commands, values }: CommandWords): Arguments {
  const words = values.flatMap((one) => (one.kind === 'words' ? one.words : []));
  return {
    words: [...commands, ...words.map((name) => ({ name, description: '' }))],
    files: values.some(({ kind }) => kind === 'files'),
    folders: values.some(({ kind }) => kind === 'folders'),
  };
}

/** The options of all commands after which a value is, as `conform check --target`, joined where they take the same. */
export function valuesByPlace(commands: readonly CommandWords[]): { places: string[]; values: Values }[] {
  const groups = new Map<string, { places: string[]; values: Values }>();
  for (const { path, options } of commands)
    for (const { names, values } of options) {
      if (values === undefined) continue;
      const key = JSON.stringify(values);
      const group = groups.get(key) ?? { places: [], values };
      group.places.push(...names.map((name) => `${path} ${name}`));
      groups.set(key, group);
    }
  return [...groups.values()];
}

/** The paths of all commands below the first, as patterns of a `case`. */
export function pathsBelow(commands: readonly CommandWords[]): string[] {
  return commands.slice(1).map(({ path }) => path);
}

/** Every name of some options, with what each does. */
export function namesOf(options: readonly OptionWords[]): { name: string; description: string }[] {
  return options.flatMap(({ names, description }) => names.map((name) => ({ name, description })));
}
