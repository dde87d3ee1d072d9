// Reads the recipes of CONTRIBUTING.md: their steps, their commands, and what fails without a step.

/**
 * What is missed: the number of a step, what fails without it (the path of tests, or a command), and the title of the test
 * that fails, or what the command prints.
 * @typedef {{ step: number, fails: string, by: string }} Missed
 * A recipe: `steps` as their texts, from the first; `commands` as lines.
 * @typedef {{ kind: string, steps: string[], commands: string[], without: Missed[] }} Recipe
 */

/** The recipes of a text that have steps, by the last word of their heading. @param {string} text @returns {Recipe[]} */
export function recipesIn(text) {
  const [, part = ''] = /^## Recipes\n(.*?)(?=^## )/ms.exec(text) ?? [];
  return part
    .split(/^### /m)
    .slice(1)
    .map(recipeOf)
    .filter(({ steps }) => steps.length > 0);
}

/** @param {string} section @returns {Recipe} */
function recipeOf(section) {
  const [heading = ''] = section.split('\n');
  const kind = /^Add an? (\w+)/.exec(heading)?.[1] ?? heading;
  const steps = [...section.matchAll(/^\d+\. (.*(?:\n {3}.*)*)/gm)].map(([, step]) => step);
  const commands = [...section.matchAll(/^ {4}(n.*)$/gm)].map(([, line]) => line);
  const plain = section.replaceAll('\n', ' ');
  const without = [...plain.matchAll(/Without step (\d+), `([^`]+)` fails: “([^”]+)”/g)].map(
    ([, step, fails, by]) => ({ step: Number(step), fails, by }),
  );
  return { kind, steps, commands, without };
}

/** What is in backticks in a text. @param {string} text */
export function codesIn(text) {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code.replaceAll(/\s+/g, ' '));
}

/** Puts values in the place of their names in angle brackets. @param {string} text @param {Record<string, string>} values */
export function filled(text, values) {
  return text.replaceAll(/<([a-z]+)>/g, (whole, name) => values[name] ?? whole);
}
